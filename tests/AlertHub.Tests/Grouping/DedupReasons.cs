using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

public sealed class DedupReasons
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("dedup.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void It_is_told_for_a_reason_or_not_at_all(string[] row)
    {
        var reason = Dedup.Reason(
            Announcement(row[0]),
            Set(row[1]),
            Set(row[2]),
            sendResolved: row[3] == "yes",
            TimeSpan.FromHours(1),
            Some.Now
        );

        Assert.Equal(row[4], reason.Text());
    }

    private static Announcement? Announcement(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var parts = text.Split('/', '@');
        return new()
        {
            Integration = new("webhook", 0),
            Firing = Set(parts[0]),
            Resolved = Set(parts[1]),
            Open = Set(parts[2]),
            Timestamp = Some.Now.AddMinutes(-int.Parse(parts[3], CultureInfo.InvariantCulture)),
        };
    }

    private static FingerprintSet Set(string names) =>
        FingerprintSet.Of(
            names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => GroupScene.Labels(name).Fingerprint)
        );
}
