using AlertHub.Muting;

namespace AlertHub.Tests.Support;

/// <summary>Time intervals as the tables in Cases/ write them: <c>times: 09:00-17:00 20:00-24:00; weekdays: monday:friday</c>.</summary>
internal static class TimeIntervalText
{
    public static TimeInterval Parse(string text)
    {
        var interval = new TimeInterval();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var values = part[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            interval = part[..colon] switch
            {
                "times" => interval with { Times = [.. values.Select(Times)] },
                "weekdays" => interval with { Weekdays = [.. values.Select(v => Piece(v, WeekdayRange.Parse))] },
                "days_of_month" => interval with
                {
                    DaysOfMonth = [.. values.Select(v => Piece(v, DayOfMonthRange.Parse))],
                },
                "months" => interval with { Months = [.. values.Select(v => Piece(v, MonthRange.Parse))] },
                "years" => interval with { Years = [.. values.Select(v => Piece(v, YearRange.Parse))] },
                "location" => interval with { Location = Location.Parse(string.Concat(values), out _) },
                var unknown => throw new ArgumentException($"\"{unknown}\" is no part of a time interval"),
            };
        }

        return interval;
    }

    public delegate T? Parser<T>(string text, out string? objection)
        where T : struct;

    public static T Piece<T>(string text, Parser<T> parse)
        where T : struct => parse(text, out var objection) ?? throw new ArgumentException(objection);

    private static TimeRange Times(string text)
    {
        var (start, end) = (Piece(text[..5], TimeOfDay.Parse), Piece(text[6..], TimeOfDay.Parse));
        return TimeRange.Create(start, end, out var objection) ?? throw new ArgumentException(objection);
    }
}
