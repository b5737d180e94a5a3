using System.Globalization;

namespace AlertHub.Templates.Times;

/// <summary>Reads a time that is written as a layout says (time.ParseInLocation).</summary>
internal ref struct TimeReader
{
    private readonly string layout;
    private readonly string whole;
    private ReadOnlySpan<char> rest;
    private string? objection;

    private TimeParts parts = new();

    private TimeReader(string layout, string text)
    {
        (this.layout, whole) = (layout, text);
        rest = text;
    }

    /// <summary>A time, in <paramref name="zone"/> where the text names no other, or null and what is wrong with it.</summary>
    public static GoTime? Read(string layout, string text, GoZone zone, out string? objection)
    {
        var reader = new TimeReader(layout, text);
        var time = reader.ReadAll(zone);
        objection = reader.objection;
        return time;
    }

    private GoTime? ReadAll(GoZone zone)
    {
        for (var at = 0; ; )
        {
            var part = TimeLayout.Next(layout, at, out var start, out var length);
            if (!Skip(layout.AsSpan(at, start - at)))
            {
                return null;
            }

            if (part == LayoutPart.Literal)
            {
                if (!rest.IsEmpty)
                {
                    return Fail($"\"{rest}\" is left over");
                }

                return parts.Resolve(zone, out var missing) ?? Fail(missing);
            }

            at = start + length;
            if (!ReadPart(part, layout.AsSpan(start, length), at))
            {
                return objection is null ? Fail($"\"{rest}\" is no {layout.AsSpan(start, length)}") : null;
            }
        }
    }

    private GoTime? Fail(string reason)
    {
        Refuse(reason);
        return null;
    }

    private bool Refuse(string reason)
    {
        objection = $"\"{whole}\" is not written like \"{layout}\": {reason}";
        return false;
    }

    /// <summary>Spaces match any number of spaces.</summary>
    private bool Skip(ReadOnlySpan<char> literal)
    {
        while (literal.Length > 0)
        {
            if (literal[0] == ' ')
            {
                if (rest.Length > 0 && rest[0] != ' ')
                {
                    return Refuse($"\"{rest}\" begins with no space");
                }

                literal = literal.TrimStart(' ');
                rest = rest.TrimStart(' ');
                continue;
            }

            if (rest.Length == 0 || rest[0] != literal[0])
            {
                return Refuse($"\"{rest}\" does not begin with \"{literal}\"");
            }

            literal = literal[1..];
            rest = rest[1..];
        }

        return true;
    }

    private bool ReadPart(LayoutPart part, ReadOnlySpan<char> form, int next)
    {
        switch (part)
        {
            case LayoutPart.Year2006:
                return Digits(4, 4, out var fullYear) && Set(out parts.Year, fullYear);
            case LayoutPart.Year06:
                return Digits(2, 2, out var shortYear)
                    && Set(out parts.Year, shortYear + (shortYear >= 69 ? 1900 : 2000));
            case LayoutPart.January:
                return Name(CivilTime.Months, whole: true, out parts.Month) && ++parts.Month > 0;
            case LayoutPart.Jan:
                return Name(CivilTime.Months, whole: false, out parts.Month) && ++parts.Month > 0;
            case LayoutPart.Month1 or LayoutPart.Month01:
                return Digits(part == LayoutPart.Month01 ? 2 : 1, 2, out parts.Month) && parts.Month is >= 1 and <= 12;
            case LayoutPart.Monday:
                return Name(CivilTime.Weekdays, whole: true, out _);
            case LayoutPart.Mon:
                return Name(CivilTime.Weekdays, whole: false, out _);
            case LayoutPart.Day2 or LayoutPart.DaySpace2 or LayoutPart.Day02:
                rest = part == LayoutPart.DaySpace2 && rest is [' ', ..] ? rest[1..] : rest;
                return Digits(part == LayoutPart.Day02 ? 2 : 1, 2, out parts.Day);
            case LayoutPart.YearDaySpace2 or LayoutPart.YearDay002:
                return YearDay(part == LayoutPart.YearDaySpace2);
            case LayoutPart.Hour15:
                return Digits(1, 2, out parts.Hour) && parts.Hour < 24;
            case LayoutPart.Hour3 or LayoutPart.Hour03:
                return Digits(part == LayoutPart.Hour03 ? 2 : 1, 2, out parts.Hour) && parts.Hour <= 12;
            case LayoutPart.Minute4 or LayoutPart.Minute04:
                return Digits(part == LayoutPart.Minute04 ? 2 : 1, 2, out parts.Minute) && parts.Minute < 60;
            case LayoutPart.Second5 or LayoutPart.Second05:
                return Digits(part == LayoutPart.Second05 ? 2 : 1, 2, out parts.Second)
                    && parts.Second < 60
                    && UnannouncedFraction(next);
            case LayoutPart.UpperPm or LayoutPart.LowerPm:
                return HalfOfDay(part == LayoutPart.UpperPm ? "AMPM" : "ampm");
            case LayoutPart.Offset:
                return Offset(form);
            case LayoutPart.ZoneName:
                return Abbreviation();
            case LayoutPart.FractionZeros:
                return Fraction(form.Length - 1);
            default:
                return rest is not [('.' or ','), >= '0' and <= '9', ..] || Fraction(DigitsAt(1));
        }
    }

    private static bool Set(out long target, int value)
    {
        target = value;
        return true;
    }

    private bool Digits(int least, int most, out int value)
    {
        var count = Math.Min(DigitsAt(0), most);
        value = 0;
        if (count < least)
        {
            return false;
        }

        value = int.Parse(rest[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[count..];
        return true;
    }

    private readonly int DigitsAt(int start)
    {
        var end = start;
        while (end < rest.Length && char.IsAsciiDigit(rest[end]))
        {
            end++;
        }

        return end - start;
    }

    private bool Name(IReadOnlyList<string> names, bool whole, out int index)
    {
        for (index = 0; index < names.Count; index++)
        {
            var name = whole ? names[index] : names[index][..3];
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[name.Length..];
                return true;
            }
        }

        return false;
    }

    private bool YearDay(bool spaces)
    {
        var blanks = 0;
        while (spaces && blanks < 2 && blanks < rest.Length && rest[blanks] == ' ')
        {
            blanks++;
        }

        rest = rest[blanks..];
        return Digits(spaces ? 1 : 3, 3, out parts.DayOfYear);
    }

    /// <summary>Seconds may have a fraction that the layout does not show.</summary>
    private bool UnannouncedFraction(int next)
    {
        if (rest is not [('.' or ','), >= '0' and <= '9', ..])
        {
            return true;
        }

        var following = TimeLayout.Next(layout, next, out _, out _);
        return following is LayoutPart.FractionZeros or LayoutPart.FractionNines || Fraction(DigitsAt(1));
    }

    private bool Fraction(int digits)
    {
        if (rest is not [('.' or ','), ..] || DigitsAt(1) < digits)
        {
            return false;
        }

        parts.Nanoseconds = 0;
        for (var i = 0; i < 9; i++)
        {
            parts.Nanoseconds = parts.Nanoseconds * 10 + (i < digits ? rest[1 + i] - '0' : 0);
        }

        rest = rest[(digits + 1)..];
        return true;
    }

    private bool HalfOfDay(string names)
    {
        if (!rest.StartsWith(names.AsSpan(0, 2)) && !rest.StartsWith(names.AsSpan(2)))
        {
            return false;
        }

        parts.IsAfternoon = rest[0] == names[2];
        rest = rest[2..];
        return true;
    }

    private bool Offset(ReadOnlySpan<char> form)
    {
        if (form[0] == 'Z' && rest is ['Z', ..])
        {
            parts.Offset = 0;
            rest = rest[1..];
            return true;
        }

        if (rest is not [('+' or '-'), ..] || rest.Length < form.Length)
        {
            return false;
        }

        var negative = rest[0] == '-';
        Span<int> units = [0, 0, 0];
        rest = rest[1..];
        for (var (at, unit) = (1, 0); at < form.Length; at += 2, unit++)
        {
            if (form[at] == ':')
            {
                if (rest is not [':', ..])
                {
                    return false;
                }

                rest = rest[1..];
                at++;
            }

            if (!Digits(2, 2, out units[unit]))
            {
                return false;
            }
        }

        parts.Offset = (units[0] * 3600 + units[1] * 60 + units[2]) * (negative ? -1 : 1);
        // As Go since 1.20: people write offsets of whole days, hours and minutes so.
        return units[0] <= 24 && units[1] <= 60 && units[2] <= 60;
    }

    private bool Abbreviation()
    {
        var length = ZoneAbbreviation.Length(rest);
        parts.ZoneName = rest[..length].ToString();
        parts.Offset = parts.ZoneName == "UTC" ? 0 : parts.Offset;
        rest = rest[length..];
        return length > 0;
    }
}
