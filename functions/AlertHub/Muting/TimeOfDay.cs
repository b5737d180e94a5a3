using System.Globalization;

namespace AlertHub.Muting;

/// <summary>A minute of the day, <c>00:00</c> to <c>24:00</c>, which is the end of the day.</summary>
public readonly record struct TimeOfDay
{
    private TimeOfDay(int minutes) => Minutes = minutes;

    /// <summary>Since midnight, 0 to 1440.</summary>
    public int Minutes { get; }

    /// <summary>A time as <c>HH:MM</c>, or null and what is wrong with it.</summary>
    public static TimeOfDay? Parse(string text, out string? objection)
    {
        objection = null;
        if (
            text is [var h, var hh, ':', var m, var mm]
            && char.IsAsciiDigit(h)
            && char.IsAsciiDigit(hh)
            && char.IsAsciiDigit(m)
            && char.IsAsciiDigit(mm)
        )
        {
            var (hours, minutes) = (((h - '0') * 10) + hh - '0', ((m - '0') * 10) + mm - '0');
            if ((hours < 24 && minutes < 60) || (hours == 24 && minutes == 0))
            {
                return new((hours * 60) + minutes);
            }
        }

        objection = $"\"{text}\" is not a time of day; write HH:MM with two digits each, \"00:00\" to \"24:00\"";
        return null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Minutes / 60:00}:{Minutes % 60:00}");
}
