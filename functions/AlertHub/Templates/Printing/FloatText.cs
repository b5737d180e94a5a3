using System.Globalization;

namespace AlertHub.Templates.Printing;

/// <summary>Floating point numbers as Go's strconv.FormatFloat writes them.</summary>
internal static class FloatText
{
    /// <summary>Two digits of a double can be 767 apart; beyond 40 a tie is hardly ever in doubt.</summary>
    private const int UsualDigits = 40;
    private const int AllDigits = 770;

    /// <summary>With one of the verbs b e E f g G x X; a precision of -1 is the fewest digits that tell the number.</summary>
    public static string Format(double value, char verb, int precision)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        var size = Math.Abs(value);
        return sign
            + verb switch
            {
                'b' => Binary(size),
                'x' or 'X' => HexadecimalFloat.Format(size, precision, verb == 'X'),
                'e' or 'E' => Exponent(precision < 0 ? Shortest(size) : Rounded(size, precision + 1), precision, verb),
                'f' => precision < 0 ? Plain(Shortest(size), -1) : Plain(RoundedAfterPoint(size, precision), precision),
                _ => General(size, precision, verb == 'G' ? 'E' : 'e'),
            };
    }

    /// <summary>Significant digits, and where the point stands in them: 0.d1d2d3 times ten to that power.</summary>
    private readonly record struct Decimal(string Digits, int Point);

    private static string General(double value, int precision, char exponent)
    {
        var isShortest = precision < 0;
        precision = precision == 0 ? 1 : precision;
        var number = isShortest ? Shortest(value) : Rounded(value, precision);
        var digits = number.Digits.Length;
        var limit =
            isShortest ? 6
            : precision > digits && digits >= number.Point ? digits
            : precision;
        var power = number.Point - 1;
        return power < -4 || power >= limit
            ? Exponent(number, Math.Min(isShortest ? digits : precision, Math.Max(digits, 1)) - 1, exponent)
            : Plain(number, Math.Max(digits - number.Point, 0));
    }

    private static string Exponent(Decimal number, int precision, char letter)
    {
        var digits = number.Digits.Length == 0 ? "0" : number.Digits;
        var power = number.Digits.Length == 0 ? 0 : number.Point - 1;
        var fraction = precision < 0 ? digits[1..] : digits[1..].PadRight(precision, '0');
        return digits[..1]
            + (fraction.Length > 0 ? "." + fraction : "")
            + letter
            + (power < 0 ? '-' : '+')
            + Math.Abs(power).ToString("00", CultureInfo.InvariantCulture);
    }

    private static string Plain(Decimal number, int precision)
    {
        var (digits, point) = number;
        var whole = point <= 0 ? "0" : digits[..Math.Min(point, digits.Length)].PadRight(point, '0');
        var fraction =
            point >= digits.Length ? "" : new string('0', Math.Max(0, -point)) + digits[Math.Max(0, point)..];
        fraction = precision < 0 ? fraction : fraction.PadRight(precision, '0');
        return fraction.Length > 0 ? $"{whole}.{fraction}" : whole;
    }

    private static Decimal Shortest(double value) => Parse(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>To so many significant digits, a tie to the even one.</summary>
    private static Decimal Rounded(double value, int count) => Round(value, _ => count);

    /// <summary>To so many digits after the point.</summary>
    private static Decimal RoundedAfterPoint(double value, int count) => Round(value, point => point + count);

    private static Decimal Round(double value, Func<int, int> countAt)
    {
        var number = Digits(value, UsualDigits);
        var count = countAt(number.Point);
        if (IsInDoubt(number.Digits, count))
        {
            number = Digits(value, AllDigits);
            count = countAt(number.Point);
        }

        var digits = number.Digits;
        if (count >= digits.Length || count < 0)
        {
            return count < 0 ? new("", 0) : new(digits.TrimEnd('0'), number.Point);
        }

        var rest = digits.AsSpan(count);
        var isTie = rest[0] == '5' && !rest[1..].ContainsAnyExcept('0');
        var up = isTie ? count > 0 && (digits[count - 1] & 1) == 1 : rest[0] >= '5';
        return up ? Increment(digits[..count], number.Point) : new(digits[..count].TrimEnd('0'), number.Point);
    }

    /// <summary>Digits that were themselves rounded may look like a tie that is none, or end too early.</summary>
    private static bool IsInDoubt(string digits, int count) =>
        count >= UsualDigits - 1
        || (
            count >= 0
            && count < digits.Length
            && digits[count] == '5'
            && !digits.AsSpan(count + 1).ContainsAnyExcept('0')
        );

    private static Decimal Increment(string digits, int point)
    {
        var kept = digits.TrimEnd('9');
        return kept.Length == 0 ? new("1", point + 1) : new(kept[..^1] + (char)(kept[^1] + 1), point);
    }

    private static Decimal Digits(double value, int count) =>
        Parse(
            value.ToString("E" + (count - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            keepsZeros: true
        );

    /// <summary>Of <c>123.45</c>, <c>1E+16</c> or <c>1.2345E-05</c>.</summary>
    private static Decimal Parse(string text, bool keepsZeros = false)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent =
            e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "");
        var place = (point < 0 ? mantissa.Length : point) + exponent;
        var significant = digits.TrimStart('0');
        place -= digits.Length - significant.Length;
        significant = keepsZeros ? significant : significant.TrimEnd('0');
        return significant.Length == 0 ? new("", 0) : new(significant, place);
    }

    /// <summary>The mantissa and the power of two.</summary>
    private static string Binary(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var mantissa = bits & ((1L << 52) - 1);
        mantissa |= exponent == 0 ? 0 : 1L << 52;
        exponent = Math.Max(exponent, 1) - 1075;
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}p{(exponent < 0 ? "" : "+")}{exponent}");
    }
}
