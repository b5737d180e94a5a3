using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// Times as go-openapi/strfmt reads them: RFC 3339; without an offset, then UTC; without seconds; an offset without its
/// colon only behind three or six digits of a fraction. The empty text is 1970. Observed on Alertmanager 0.25.
/// </summary>
internal static partial class WireTime
{
    private const int DaysOfFourCenturies = 146097;

    /// <summary>
    /// The time in UTC, or null where it is none. What lies outside of the platform's years 1 to 9999 becomes their first
    /// or last moment but one; Go's zero time is <see cref="DateTimeOffset.MinValue"/>.
    /// </summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (text.Length == 0)
        {
            return DateTimeOffset.UnixEpoch;
        }

        // Nearly all are as Prometheus writes them, and the expression costs more than the rest of an alert.
        if (
            text is [.., (>= '0' and <= '9'), 'Z']
            && DateTimeOffset.TryParseExact(
                text,
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var usual
            )
        )
        {
            return usual;
        }

        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        // The platform has no year 0; four centuries later every day has the same date.
        if (
            month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year + (year < 1 ? 400 : 0), month)
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            return null;
        }

        var days =
            (new DateTime(year + (year < 1 ? 400 : 0), month, day).Ticks / TimeSpan.TicksPerDay)
            - (year < 1 ? DaysOfFourCenturies : 0);
        var offset = new TimeSpan(Number(match, "hours"), Number(match, "minutes"), 0);
        var ticks =
            (days * TimeSpan.TicksPerDay)
            + new TimeSpan(hour, minute, second).Ticks
            + Fraction(match.Groups["fraction"].Value)
            - (match.Groups["sign"].Value == "-" ? -offset.Ticks : offset.Ticks);
        return ticks == 0
            ? DateTimeOffset.MinValue
            : new(Math.Clamp(ticks, 1, DateTimeOffset.MaxValue.UtcTicks - 1), TimeSpan.Zero);
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Length: > 0 } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    /// <summary>In ticks, seven digits; further ones are dropped.</summary>
    private static long Fraction(string digits) =>
        long.Parse(digits.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
            \A
            (?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})
            (?:
                T(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})
                (?:
                    (?:[.,](?<fraction>[0-9]+))?(?:Z|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))?
                    | [.,](?<fraction>[0-9]{3}|[0-9]{6})(?<sign>[+-])(?<hours>[0-9]{2})(?<minutes>[0-9]{2})
                )
                | T(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})Z?
                | [ ](?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?
            )
            \z
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Form();
}
