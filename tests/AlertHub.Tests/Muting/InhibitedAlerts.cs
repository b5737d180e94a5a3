using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Muting;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Muting;

public sealed class InhibitedAlerts
{
    private static readonly DateTimeOffset Now = Some.Now;
    private static readonly InhibitRule Rule = Read("s=1 > t=1, e");

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("inhibition.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void An_alert_is_muted_by_what_fires_above_it(string[] row)
    {
        // A table's columns are parted by bars; a rule may hold one.
        string[] columns = row.Length == 4 ? row : [$"{row[0]}|{row[1]}", .. row[2..]];
        var sources = columns[1]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(text => Source(LabelsOf(text)))
            .ToArray();
        var inhibition = Inhibition.Compile([Read(columns[0])]).With(sources, Now);

        Assert.Equal(
            columns[3],
            string.Join(' ', Names(sources, inhibition.Mute(LabelsOf(columns[2]), Now)).Order(StringComparer.Ordinal))
        );
    }

    /// <summary>Alertmanager keeps one source for each set of shared values, and none when that one has ended.</summary>
    [Fact]
    public void When_one_of_several_sources_ends_the_others_go_on_muting()
    {
        var (a, b) = (Source(LabelsOf("s=1 e=x n=a")), Source(LabelsOf("s=1 e=x n=b")));
        var target = LabelsOf("t=1 e=x");
        foreach (var (first, second) in ((TrackedAlert, TrackedAlert)[])[(a, b), (b, a)])
        {
            var inhibition = Inhibition.Compile([Rule]).With([a, b], Now).With(Ended(first), Now);

            Assert.Equal([second.Fingerprint], inhibition.Mute(target, Now).Select(i => i.Source));
            Assert.Empty(inhibition.Without(second).Mute(target, Now));
        }
    }

    [Fact]
    public void A_source_whose_end_passes_mutes_no_more()
    {
        var source = Source(LabelsOf("s=1 n=a"));
        source = source with { Alert = source.Alert with { EndsAt = Now.AddMinutes(1) } };
        var inhibition = Inhibition.Compile([Rule]).With(source, Now);

        Assert.Single(inhibition.Mute(LabelsOf("t=1"), Now));
        Assert.Empty(inhibition.Mute(LabelsOf("t=1"), Now.AddMinutes(1)));
        Assert.Single(inhibition.Firing(Now).Mute(LabelsOf("t=1"), Now));
        Assert.Empty(inhibition.Firing(Now.AddMinutes(1)).Mute(LabelsOf("t=1"), Now));
    }

    [Fact]
    public void All_three_ways_to_write_matchers_count()
    {
        var rule = new InhibitRule
        {
            SourceMatch = Some.Matchers("s=\"1\""),
            SourceMatchRe = Some.Matchers("r=~\"1\""),
            SourceMatchers = Some.Matchers("m!=\"1\""),
            TargetMatch = Some.Matchers("t=\"1\""),
            TargetMatchRe = Some.Matchers("u=~\"1\""),
            TargetMatchers = Some.Matchers("v!=\"1\""),
        };
        var inhibition = Inhibition.Compile([rule]);

        Assert.True(inhibition.IsSource(LabelsOf("s=1 r=1")));
        Assert.False(inhibition.IsSource(LabelsOf("s=1")));
        Assert.False(inhibition.IsSource(LabelsOf("s=1 r=1 m=1")));
        Assert.True(inhibition.Rules[0].IsTarget(LabelsOf("t=1 u=1")));
        Assert.False(inhibition.Rules[0].IsTarget(LabelsOf("t=1 u=1 v=1")));
    }

    [Fact]
    public void Every_source_is_found_whatever_came_and_went_before() =>
        Properties.ForAll(
            from changes in Gen.Zip(Alerts, Gen.Elements(true, false)).ListOf()
            from target in Alerts
            select (changes, target),
            all =>
            {
                InhibitRule[] rules = [Rule, Read("s=1 > s=~1|2"), Read("e=x > t=1, s")];
                var inhibition = Inhibition.Compile(rules);
                var firing = new Dictionary<Labels, TrackedAlert>();
                foreach (var (labels, fires) in all.changes)
                {
                    var alert = fires ? Source(labels) : Ended(Source(labels));
                    inhibition = inhibition.With(alert, Now);
                    firing[labels] = alert;
                }

                var expected =
                    from rule in inhibition.Rules
                    where rule.IsTarget(all.target)
                    from alert in firing.Values
                    where alert.IsFiring(Now) && rule.IsSource(alert.Labels)
                    where rule.Equal.All(name => alert.Labels[name] == all.target[name])
                    where !(rule.IsSource(all.target) && rule.IsTarget(alert.Labels))
                    orderby rule.Position, alert.Fingerprint
                    select (alert.Fingerprint, rule);

                Assert.Equal(expected, inhibition.Mute(all.target, Now).Select(i => (i.Source, i.Rule)));
            },
            tests: 500
        );

    private static FsCheck.Gen<Labels> Alerts { get; } =
        from s in Gen.Elements("", "1", "2")
        from t in Gen.Elements("", "1")
        from e in Gen.Elements("", "x", "y")
        from n in Gen.Elements("a", "b")
        select Some.Labels(("s", s), ("t", t), ("e", e), ("n", n)).WithoutEmpty();

    private static IEnumerable<string> Names(TrackedAlert[] alerts, IReadOnlyList<Inhibitor> inhibitors) =>
        inhibitors.Select(i => alerts.First(alert => alert.Fingerprint == i.Source).Labels["n"]!);

    private static InhibitRule Read(string text)
    {
        var sides = text.Split([" > ", ", "], StringSplitOptions.None);
        return new()
        {
            SourceMatchers = Some.Matchers(Quoted(sides[0])),
            TargetMatchers = Some.Matchers(Quoted(sides[1])),
            Equal = sides.Length > 2 ? sides[2].Split(' ') : [],
        };

        static string Quoted(string matcher)
        {
            var end = matcher.LastIndexOfAny(['=', '~']) + 1;
            return $"{matcher[..end]}\"{matcher[end..]}\"";
        }
    }

    private static Labels LabelsOf(string text) =>
        Some.Labels(text.Split(' ').Select(label => label.Split('=')).Select(parts => (parts[0], parts[1])));

    private static TrackedAlert Source(Labels labels) =>
        new()
        {
            Alert = new() { Labels = labels, StartsAt = Now.AddHours(-1) },
            UpdatedAt = Now,
        };

    private static TrackedAlert Ended(TrackedAlert alert) => alert with { Alert = alert.Alert with { EndsAt = Now } };
}
