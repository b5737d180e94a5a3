using System.Globalization;
using AlertHub.Tests.Support;
using AlertHub.Text;
using Cronos;
using FsCheck.Fluent;
using SecurityGroupGuard.Policies;

namespace AlertHub.Tests.SecurityGroups.Policies;

/// <summary>When windows are open, at the two changes of the clocks of Europe/Berlin in 2026 above all.</summary>
public sealed class Windows
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("guard-windows.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_window_is_open_from_what_its_clock_shows_on_for_as_long_as_it_says(string[] row)
    {
        var window = PolicyText
            .Read(
                $"{{mode: observe, windows: [{{name: a, cron: \"{row[0]}\", time_zone: {row[1]}, duration: {row[2]}}}]}}"
            )
            .Windows[0];

        var until = window.OpenUntil(DateTimeOffset.Parse(row[3], CultureInfo.InvariantCulture));

        Assert.Equal(
            row[4],
            until?.ToString("'until' yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "closed"
        );
    }

    [Fact]
    public void A_window_is_open_when_it_has_opened_less_than_its_length_ago() =>
        Properties.ForAll(
            from cron in Gen.Elements("30 2 * * *", "0 */3 * * *", "0 22 * * SAT", "15 0 1 * *", "0 2,3 25,29 3,10 *")
            from zone in Gen.Elements("UTC", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe")
            from hours in Gen.Choose(1, 40)
            from minute in Gen.Choose(0, 366 * 24 * 60)
            select (cron, zone, hours, minute),
            given =>
            {
                var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(given.minute);
                var window = new Window
                {
                    Name = "a",
                    Cron = CronExpression.Parse(given.cron),
                    Duration = TimeSpan.FromHours(given.hours),
                    TimeZone = AlertHub.Muting.Location.Parse(given.zone, out _)!,
                };
                var opened = window.Cron.GetOccurrences(
                    at.AddDays(-3),
                    at,
                    window.TimeZone.Zone,
                    fromInclusive: true,
                    toInclusive: true
                );

                Assert.Equal(opened.Any(start => at < start + window.Duration), window.OpenUntil(at) is not null);
            },
            tests: 500
        );

    [Fact]
    public void There_is_no_time_at_which_it_cannot_be_said_whether_a_window_is_open()
    {
        var window = new Window
        {
            Name = "a",
            Cron = CronExpression.Daily,
            Duration = PrometheusDuration.Parse("31d", out _)!.Value,
        };

        Assert.Null(Record.Exception(() => window.OpenUntil(DateTimeOffset.MaxValue)));
        Assert.Null(Record.Exception(() => window.OpenUntil(DateTimeOffset.MinValue)));
        Assert.NotNull(window.OpenUntil(DateTimeOffset.MinValue.AddDays(40)));
    }
}
