using AlertHub.Alerts;
using AlertHub.Muting;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Muting;

public sealed class SilencedAlerts
{
    private static readonly DateTimeOffset Now = Some.Now;

    private static readonly string[] Matchers =
    [
        "a=\"1\"",
        "a=\"2\"",
        "a=\"\"",
        "a!=\"1\"",
        "a=~\"1|2\"",
        "a!~\"1\"",
        "b=\"1\"",
        "b=\"long value\"",
        "b=~\".+\"",
        "c=\"1\"",
    ];

    [Fact]
    public void All_that_mute_an_alert_are_found_as_if_each_were_asked() =>
        Properties.ForAll(
            Gen.Zip(Silence.ListOf(), Alerts).Select(both => (both.Item1, both.Item2)),
            both =>
            {
                var (list, alert) = both;
                var silences = Silences.Of(list);
                var last = list.GroupBy(s => s.Id).Select(same => same.Last()).ToArray();

                Assert.Equal(
                    last.Where(s => s.State(Now) == SilenceState.Active && s.Matches(alert))
                        .Select(s => s.Id)
                        .Order(StringComparer.Ordinal),
                    silences.Mute(alert, Now)
                );
                Assert.Equal(last.Length, silences.All.Count());
                Assert.Empty(list.Aggregate(silences, (all, s) => all.Without(s.Id)).All);
            },
            tests: 1000
        );

    [Fact]
    public void Among_thousands_an_alert_is_compared_with_few()
    {
        var silences = Silences.Of(
            Enumerable.Range(0, 5000).Select(i => Make($"s{i}", $"{{alertname=\"Disk\",instance=\"host-{i}\"}}", 0, 60))
        );

        Assert.Equal(
            ["s4711"],
            silences.Mute(Some.Labels(("alertname", "Disk"), ("instance", "host-4711"), ("x", "y")), Now)
        );
        Assert.Empty(silences.Mute(Some.Labels(("alertname", "Cpu"), ("instance", "host-4711")), Now));
    }

    private static FsCheck.Gen<Silence> Silence { get; } =
        from id in Gen.Choose(0, 9)
        from matchers in Gen.Elements(Matchers).ListOf()
        from start in Gen.Choose(-2, 2)
        from length in Gen.Choose(0, 3)
        select Make($"{id}", $"{{{string.Join(',', matchers.Take(3))}}}", start, length);

    private static FsCheck.Gen<Labels> Alerts { get; } =
        from a in Gen.Elements("", "1", "2", "3")
        from b in Gen.Elements("", "1", "long value")
        from c in Gen.Elements("", "1")
        select Some.Labels(("a", a), ("b", b), ("c", c)).WithoutEmpty();

    private static Silence Make(string id, string matchers, int start, int length) =>
        new()
        {
            Id = id,
            Matchers = Some.Matchers(matchers),
            StartsAt = Now.AddMinutes(start),
            EndsAt = Now.AddMinutes(start + length),
            UpdatedAt = Now,
        };
}
