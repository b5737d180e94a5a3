using System.Globalization;
using System.Text.Json;
using AlertHub.Templates.Times;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Templates.Times;

public sealed class Layouts
{
    public static TheoryData<string[]> Formats { get; } = [.. Repository.Cases("time-formats.txt")];

    public static TheoryData<string[]> Parses { get; } = [.. Repository.Cases("time-parses.txt")];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_time_is_written_as_Go_writes_it(string[] row)
    {
        var zone = GoZone.Find(row[0])!;
        var time = new GoTime(Number(row[1]), (int)Number(row[2]), zone);

        Assert.Equal(Text(row[4]), TimeLayout.Format(time, Text(row[3])));
    }

    [Theory]
    [MemberData(nameof(Parses))]
    public void A_time_is_read_as_Go_reads_it(string[] row)
    {
        var time = TimeReader.Read(Text(row[0]), Text(row[1]), GoZone.Utc, out var objection);

        Assert.Equal(Text(row[2]), time?.ToString() ?? "");
        Assert.Equal(time is null, objection is not null);
    }

    [Fact]
    public void What_was_written_is_read_back() =>
        Properties.ForAll(
            Gen.Choose(int.MinValue, int.MaxValue)
                .SelectMany(seconds =>
                    Gen.Choose(0, 999_999_999).Select(nanoseconds => (Seconds: seconds * 7L, Nanoseconds: nanoseconds))
                ),
            moment =>
            {
                const string layout = "Mon Jan _2 15:04:05.999999999 2006 -0700";
                var time = new GoTime(moment.Seconds, moment.Nanoseconds, GoZone.Utc);

                var read = TimeReader.Read(layout, TimeLayout.Format(time, layout), GoZone.Utc, out _);

                Assert.Equal(time, read);
            }
        );

    [Fact]
    public void No_layout_and_no_text_is_too_strange() =>
        Properties.ForAll(
            Gen.Zip(Odd, Odd),
            pair =>
            {
                _ = TimeLayout.Format(GoTime.Zero, pair.Item1);
                _ = TimeReader.Read(pair.Item1, pair.Item2, GoZone.Utc, out _);
            },
            tests: 2_000
        );

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("W. Europe Standard Time")]
    public void A_zone_that_is_not_in_the_database_is_none(string name) => Assert.Null(GoZone.Find(name));

    private static FsCheck.Gen<string> Odd { get; } =
        Gen.Elements(
                "2006",
                "01",
                "_2",
                "__2",
                "002",
                "15",
                "3",
                "PM",
                "MST",
                "Z07:00",
                "-0700",
                ".000",
                ",999",
                " ",
                "Jan",
                "Monday",
                "20",
                "26",
                "Z",
                "+",
                "-",
                ":",
                "1",
                "99999999999",
                "GMT+3",
                "+99",
                "UTC",
                "é",
                "am",
                "\ud83d"
            )
            .ListOf()
            .Select(parts => string.Concat(parts.Take(9)));

    private static string Text(string column) => JsonSerializer.Deserialize<JsonElement>(column).GetString()!;

    private static long Number(string column) => long.Parse(column, CultureInfo.InvariantCulture);
}
