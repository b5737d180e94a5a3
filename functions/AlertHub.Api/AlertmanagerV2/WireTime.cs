namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// Times as go-openapi/strfmt reads them: RFC 3339; without an offset, then UTC; without seconds; an offset without its
/// colon only behind three or six digits of a fraction. The empty text is 1970. Observed on Alertmanager 0.25.
/// </summary>
internal static class WireTime
{
    private const int DaysOfFourCenturies = 146097;

    /// <summary>No time is longer, but for digits of a fraction that say nothing.</summary>
    public const int Usual = 64;

    /// <summary>
    /// The time in UTC, or null where it is none. What lies outside of the platform's years 1 to 9999 becomes their first
    /// or last moment but one; Go's zero time is <see cref="DateTimeOffset.MinValue"/>.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return DateTimeOffset.UnixEpoch;
        }

        var rest = new Rest(text);
        if (
            rest.Number(4) is not { } year
            || !rest.Skip('-')
            || rest.Number(2) is not { } month
            || !rest.Skip('-')
            || rest.Number(2) is not { } day
        )
        {
            return null;
        }

        var isSpaced = rest.Skip(' ');
        if (
            (!isSpaced && !rest.Skip('T'))
            || (rest.Number(2) ?? rest.Number(1)) is not { } hour
            || !rest.Skip(':')
            || rest.Number(2) is not { } minute
        )
        {
            return null;
        }

        // Without seconds there is neither a fraction nor an offset.
        if (!rest.Skip(':'))
        {
            rest.Skip(isSpaced ? ':' : 'Z');
            return isSpaced || !rest.IsEmpty ? null : Time((year, month, day), new(hour, minute, 0), 0, 0);
        }

        if (rest.Number(2) is not { } second || rest.Fraction(out var digits) is not { } fraction)
        {
            return null;
        }

        var offset = isSpaced || rest.IsEmpty || rest.Skip('Z') ? 0 : rest.Offset(needsColon: digits is not (3 or 6));
        return rest.IsEmpty && offset is { } minutes
            ? Time((year, month, day), new(hour, minute, second), fraction, minutes)
            : null;
    }

    private static DateTimeOffset? Time(
        (int Year, int Month, int Day) date,
        (int Hour, int Minute, int Second) clock,
        long fraction,
        int offsetMinutes
    )
    {
        // The platform has no year 0; four centuries later every day has the same date.
        var year = date.Year + (date.Year < 1 ? 400 : 0);
        if (
            date.Month is < 1 or > 12
            || date.Day < 1
            || date.Day > DateTime.DaysInMonth(year, date.Month)
            || clock.Hour > 23
            || clock.Minute > 59
            || clock.Second > 59
        )
        {
            return null;
        }

        var days =
            (new DateTime(year, date.Month, date.Day).Ticks / TimeSpan.TicksPerDay)
            - (date.Year < 1 ? DaysOfFourCenturies : 0);
        var ticks =
            (days * TimeSpan.TicksPerDay)
            + new TimeSpan(clock.Hour, clock.Minute, clock.Second).Ticks
            + fraction
            - (offsetMinutes * TimeSpan.TicksPerMinute);
        return ticks == 0
            ? DateTimeOffset.MinValue
            : new(Math.Clamp(ticks, 1, DateTimeOffset.MaxValue.UtcTicks - 1), TimeSpan.Zero);
    }

    /// <summary>What is still to be read.</summary>
    private ref struct Rest(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> text = text;

        public readonly bool IsEmpty => text.IsEmpty;

        public bool Skip(char expected)
        {
            if (text.IsEmpty || text[0] != expected)
            {
                return false;
            }

            text = text[1..];
            return true;
        }

        /// <summary>Of so many digits; null, and nothing is read, where there are fewer.</summary>
        public int? Number(int digits)
        {
            if (text.Length < digits)
            {
                return null;
            }

            var number = 0;
            foreach (var c in text[..digits])
            {
                if (!char.IsAsciiDigit(c))
                {
                    return null;
                }

                number = (number * 10) + (c - '0');
            }

            text = text[digits..];
            return number;
        }

        /// <summary>In ticks, seven digits, further ones are dropped; 0 where there is none, null where it has no digit.</summary>
        public long? Fraction(out int digits)
        {
            digits = 0;
            if (!Skip('.') && !Skip(','))
            {
                return 0;
            }

            long ticks = 0;
            for (; !text.IsEmpty && char.IsAsciiDigit(text[0]); text = text[1..], digits++)
            {
                ticks = digits < 7 ? (ticks * 10) + (text[0] - '0') : ticks;
            }

            for (var missing = digits; missing < 7; missing++)
            {
                ticks *= 10;
            }

            return digits > 0 ? ticks : null;
        }

        /// <summary>In minutes; null where it is none.</summary>
        public int? Offset(bool needsColon)
        {
            var isEast = Skip('+');
            if ((!isEast && !Skip('-')) || Number(2) is not { } hours || (!Skip(':') && needsColon))
            {
                return null;
            }

            return Number(2) is { } minutes ? ((hours * 60) + minutes) * (isEast ? 1 : -1) : null;
        }
    }
}
