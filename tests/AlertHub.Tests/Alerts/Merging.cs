using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Alerts;

public sealed class Merging
{
    private static readonly DateTimeOffset Now = At(30);

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("merges.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void Versions_of_an_alert_become_one(string[] row)
    {
        var (known, posted, merged) = (Read(row[0]), Read(row[1]), Read(row[2]));

        Assert.Equal(merged, TrackedAlert.Merge(known, posted, Now));

        // Whichever was known first.
        Assert.Equal(merged, TrackedAlert.Merge(posted, known, Now));
    }

    [Fact]
    public void The_newer_version_says_what_to_tell_a_person()
    {
        var older = Read("0..40t @10");
        var newer = Read("0..50t @20") with
        {
            Alert = Read("0..50").Alert with { Annotations = Some.Labels(("a", "b")) },
        };

        Assert.Equal("b", TrackedAlert.Merge(older, newer, Now).Alert.Annotations["a"]);
        Assert.Equal("b", TrackedAlert.Merge(newer, older, Now).Alert.Annotations["a"]);
    }

    [Fact]
    public void It_does_not_matter_which_of_two_versions_came_first_or_that_one_comes_twice() =>
        Properties.ForAll(
            Gen.Zip(Versions, Versions).Where(both => both.Item1.UpdatedAt != both.Item2.UpdatedAt),
            both =>
            {
                var (a, b) = both;
                var merged = TrackedAlert.Merge(a, b, Now);

                Assert.Equal(merged, TrackedAlert.Merge(b, a, Now));
                Assert.Equal(a, TrackedAlert.Merge(a, a, Now));
            },
            tests: 1000
        );

    /// <summary>A producer sends an alert again and again, each time to last a little longer, and then that it has ended.</summary>
    [Fact]
    public void However_the_messages_about_an_alert_are_shuffled_and_doubled_the_last_one_counts() =>
        Properties.ForAll(
            from sends in Gen.Choose(1, 6)
            from ends in Gen.Elements(true, false)
            from order in Gen.Shuffle(Enumerable.Range(0, sends).Concat(Enumerable.Range(0, sends)).ToArray())
            select (sends, ends, order),
            all =>
            {
                var (sends, ends, order) = all;
                TrackedAlert[] messages =
                [
                    .. Enumerable
                        .Range(0, sends)
                        .Select(i =>
                            Read(
                                i == sends - 1 && ends
                                    ? Invariant($"0..{i + 1} @{i + 1}")
                                    : Invariant($"0..{i + 40}t @{i + 1}")
                            )
                        ),
                ];

                var known = order.Select(i => messages[i]).Aggregate((a, b) => TrackedAlert.Merge(a, b, Now));

                Assert.Equal(messages[^1], known);
            }
        );

    private static FsCheck.Gen<TrackedAlert> Versions { get; } =
        from start in Gen.Choose(0, 12)
        from length in Gen.Choose(0, 12)
        from updated in Gen.Choose(0, 6)
        from timeout in Gen.Elements("", "t")
        select Read(Invariant($"{start * 5}..{(start + length) * 5}{timeout} @{updated}"));

    private static TrackedAlert Read(string text)
    {
        var parts = text.Split("..");
        var rest = parts[1].Split('@', StringSplitOptions.TrimEntries);
        return new()
        {
            Alert = new()
            {
                Labels = Some.Labels(("alertname", "A")),
                StartsAt = At(Number(parts[0])),
                EndsAt = rest[0].Length == 0 ? null : At(Number(rest[0].TrimEnd('t'))),
            },
            UpdatedAt = At(rest.Length > 1 ? Number(rest[1]) : 0),
            IsTimeout = rest[0].Length == 0 || rest[0].EndsWith('t'),
        };
    }

    private static DateTimeOffset At(int minute) => GroupScene.Start.AddMinutes(minute);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
