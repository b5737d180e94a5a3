using System.Globalization;
using System.Text;

namespace AlertHub.Templates.Times;

/// <summary>
/// Go's layouts: how the moment Mon Jan 2 15:04:05 MST 2006 would be written. What is not part of that moment stands for
/// itself.
/// </summary>
internal static class TimeLayout
{
    private static readonly string[] Offsets =
    [
        "Z070000",
        "Z07:00:00",
        "Z0700",
        "Z07:00",
        "Z07",
        "-070000",
        "-07:00:00",
        "-0700",
        "-07:00",
        "-07",
    ];

    /// <summary>
    /// The first part of <paramref name="layout"/> that is not literal: where it stands and how long it is. Length 0 for
    /// none.
    /// </summary>
    public static LayoutPart Next(string layout, int from, out int start, out int length)
    {
        for (start = from; start < layout.Length; start++)
        {
            var part = At(layout.AsSpan(start), out length);
            if (part != LayoutPart.Literal)
            {
                return part;
            }
        }

        length = 0;
        return LayoutPart.Literal;
    }

    private static LayoutPart At(ReadOnlySpan<char> text, out int length)
    {
        (var part, length) = text switch
        {
            _ when text.StartsWith("January") => (LayoutPart.January, 7),
            _ when text.StartsWith("Jan") && !Lower(text) => (LayoutPart.Jan, 3),
            _ when text.StartsWith("Monday") => (LayoutPart.Monday, 6),
            _ when text.StartsWith("Mon") && !Lower(text) => (LayoutPart.Mon, 3),
            _ when text.StartsWith("MST") => (LayoutPart.ZoneName, 3),
            ['0', '1', ..] => (LayoutPart.Month01, 2),
            ['0', '2', ..] => (LayoutPart.Day02, 2),
            ['0', '3', ..] => (LayoutPart.Hour03, 2),
            ['0', '4', ..] => (LayoutPart.Minute04, 2),
            ['0', '5', ..] => (LayoutPart.Second05, 2),
            ['0', '6', ..] => (LayoutPart.Year06, 2),
            ['0', '0', '2', ..] => (LayoutPart.YearDay002, 3),
            ['1', '5', ..] => (LayoutPart.Hour15, 2),
            ['1', ..] => (LayoutPart.Month1, 1),
            ['2', '0', '0', '6', ..] => (LayoutPart.Year2006, 4),
            ['2', ..] => (LayoutPart.Day2, 1),
            ['_', '2', '0', '0', '6', ..] => (LayoutPart.Literal, 0),
            ['_', '2', ..] => (LayoutPart.DaySpace2, 2),
            ['_', '_', '2', ..] => (LayoutPart.YearDaySpace2, 3),
            ['3', ..] => (LayoutPart.Hour3, 1),
            ['4', ..] => (LayoutPart.Minute4, 1),
            ['5', ..] => (LayoutPart.Second5, 1),
            ['P', 'M', ..] => (LayoutPart.UpperPm, 2),
            ['p', 'm', ..] => (LayoutPart.LowerPm, 2),
            ['-' or 'Z', '0', '7', ..] => (LayoutPart.Offset, OffsetLength(text)),
            ['.' or ',', '0' or '9', ..] => Fraction(text),
            _ => (LayoutPart.Literal, 0),
        };
        return part;
    }

    private static bool Lower(ReadOnlySpan<char> text) => text.Length > 3 && char.IsAsciiLetterLower(text[3]);

    private static int OffsetLength(ReadOnlySpan<char> text)
    {
        foreach (var form in Offsets)
        {
            if (text.StartsWith(form))
            {
                return form.Length;
            }
        }

        return 0;
    }

    /// <summary>Zeros or nines behind a point or comma; another digit behind them makes them literal.</summary>
    private static (LayoutPart Part, int Length) Fraction(ReadOnlySpan<char> text)
    {
        var end = text[1..].IndexOfAnyExcept(text[1]);
        var length = end < 0 ? text.Length : end + 1;
        return length < text.Length && char.IsAsciiDigit(text[length])
            ? (LayoutPart.Literal, 0)
            : (text[1] == '0' ? LayoutPart.FractionZeros : LayoutPart.FractionNines, length);
    }

    public static string Format(GoTime time, string layout)
    {
        var text = new StringBuilder(layout.Length + 8);
        var (civil, (zone, offset)) = (time.Civil, time.Offset);
        for (var at = 0; ; )
        {
            var part = Next(layout, at, out var start, out var length);
            text.Append(layout, at, start - at);
            if (part == LayoutPart.Literal)
            {
                return text.ToString();
            }

            _ = part switch
            {
                LayoutPart.Offset => AppendOffset(text, layout.AsSpan(start, length), offset),
                LayoutPart.ZoneName when zone.Length > 0 => text.Append(zone),
                LayoutPart.ZoneName => AppendOffset(text, "-0700", offset),
                LayoutPart.FractionZeros or LayoutPart.FractionNines => AppendFraction(
                    text,
                    layout.AsSpan(start, length),
                    time.Nanoseconds
                ),
                LayoutPart.Year2006 => text.Append(Year(civil.Year)),
                _ => text.Append(Of(part, civil)),
            };
            at = start + length;
        }
    }

    private static string Of(LayoutPart part, CivilTime civil) =>
        part switch
        {
            LayoutPart.January => CivilTime.Months[civil.Month - 1],
            LayoutPart.Jan => CivilTime.Months[civil.Month - 1][..3],
            LayoutPart.Month1 => $"{civil.Month}",
            LayoutPart.Month01 => $"{civil.Month:00}",
            LayoutPart.Monday => CivilTime.Weekdays[civil.Weekday],
            LayoutPart.Mon => CivilTime.Weekdays[civil.Weekday][..3],
            LayoutPart.Day2 => $"{civil.Day}",
            LayoutPart.DaySpace2 => $"{civil.Day, 2}",
            LayoutPart.Day02 => $"{civil.Day:00}",
            LayoutPart.YearDaySpace2 => $"{civil.DayOfYear, 3}",
            LayoutPart.YearDay002 => $"{civil.DayOfYear:000}",
            LayoutPart.Hour15 => $"{civil.Hour:00}",
            LayoutPart.Hour3 => $"{TwelveHours(civil.Hour)}",
            LayoutPart.Hour03 => $"{TwelveHours(civil.Hour):00}",
            LayoutPart.Minute4 => $"{civil.Minute}",
            LayoutPart.Minute04 => $"{civil.Minute:00}",
            LayoutPart.Second5 => $"{civil.Second}",
            LayoutPart.Second05 => $"{civil.Second:00}",
            LayoutPart.Year06 => $"{Math.Abs(civil.Year) % 100:00}",
            LayoutPart.UpperPm => civil.Hour < 12 ? "AM" : "PM",
            LayoutPart.LowerPm => civil.Hour < 12 ? "am" : "pm",
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };

    private static int TwelveHours(int hour) => hour % 12 == 0 ? 12 : hour % 12;

    private static string Year(long year) =>
        year < 0 ? $"-{-year:0000}" : year.ToString("0000", CultureInfo.InvariantCulture);

    private static StringBuilder AppendOffset(StringBuilder text, ReadOnlySpan<char> form, int offset)
    {
        if (form[0] == 'Z' && offset == 0)
        {
            return text.Append('Z');
        }

        var (size, colon) = (Math.Abs(offset), form.Contains(':') ? ":" : "");
        var digits = form.Length - 1 - (colon.Length == 0 ? 0 : form.Count(':'));
        text.Append(offset < 0 ? '-' : '+').Append($"{size / 3600:00}");
        _ = digits >= 4 ? text.Append(colon).Append($"{size / 60 % 60:00}") : text;
        return digits >= 6 ? text.Append(colon).Append($"{size % 60:00}") : text;
    }

    private static StringBuilder AppendFraction(StringBuilder text, ReadOnlySpan<char> form, int nanoseconds)
    {
        var digits = $"{nanoseconds:000000000}"[..Math.Min(form.Length - 1, 9)];
        if (form[1] == '9')
        {
            digits = digits.TrimEnd('0');
        }

        return digits.Length == 0 ? text : text.Append(form[0]).Append(digits);
    }
}
