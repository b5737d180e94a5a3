using AlertHub.Muting;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Muting;

public sealed class TimeIntervalPieces
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("time-interval-pieces.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_piece_is_read_and_printed_or_objected_to(string[] row)
    {
        var printed = Read(row[0], row[1], out var objection);

        if (row[2].StartsWith('!'))
        {
            Assert.Null(printed);
            Assert.Contains(row[2][1..].Trim(), objection, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(objection);
            Assert.Equal(row[2], printed);
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_was_printed_is_read_as_the_same(string[] row)
    {
        if (Read(row[0], row[1], out _) is { } printed)
        {
            Assert.Equal(printed, Read(row[0], printed, out _));
        }
    }

    [Fact]
    public void Any_text_is_read_or_objected_to() =>
        Properties.ForAll(
            Properties.Text,
            text =>
                Assert.All(
                    ["start_time", "end_time", "weekdays", "days_of_month", "months", "years", "location"],
                    part => Assert.NotEqual(Read(part, text, out var objection) is null, objection is null)
                )
        );

    [Fact]
    public void Locations_of_one_name_are_equal() =>
        Assert.Equal(Location.Parse("Europe/Zurich", out _), Location.Parse("Europe/Zurich", out _));

    [Fact]
    public void No_location_is_UTC() => Assert.Equal(Location.Utc, Location.Parse("", out _));

    private static string? Read(string part, string text, out string? objection) =>
        part switch
        {
            "start_time" => TimeOfDay.Parse(text, out objection) is { } start
            && TimeRange.Create(start, At("24:00"), out objection) is { } range
                ? range.Start.ToString()
                : null,
            "end_time" => TimeOfDay.Parse(text, out objection) is { } end
            && TimeRange.Create(At("00:00"), end, out objection) is { } range
                ? range.End.ToString()
                : null,
            "weekdays" => WeekdayRange.Parse(text, out objection)?.ToString(),
            "days_of_month" => DayOfMonthRange.Parse(text, out objection)?.ToString(),
            "months" => MonthRange.Parse(text, out objection)?.ToString(),
            "years" => YearRange.Parse(text, out objection)?.ToString(),
            _ => Location.Parse(text, out objection)?.ToString(),
        };

    private static TimeOfDay At(string text) => TimeIntervalText.Piece(text, TimeOfDay.Parse);
}
