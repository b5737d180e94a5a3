using System.Globalization;
using System.Numerics;

namespace AlertHub.Templates.Parsing;

/// <summary>Go's number constants, and what each is under the types that can hold it (strconv with base 0).</summary>
internal static class Numbers
{
    /// <summary>The constant, or null where the text is none.</summary>
    public static Operand.Number? Parse(Position position, string text, out string? objection)
    {
        objection = $"\"{text}\" is not a number";
        if (text[^1] == 'i')
        {
            objection = $"\"{text}\" is an imaginary number; AlertHub's templates have none";
            return null;
        }

        var integer = Integer(text);
        long? signed = integer is { } i && i >= long.MinValue && i <= long.MaxValue ? (long)i : null;
        ulong? unsigned =
            integer is { } u && (text[0] is not ('+' or '-') || u.IsZero) && u <= ulong.MaxValue ? (ulong)u : null;
        double? real = (double?)signed ?? unsigned;
        var looksReal = text.AsSpan().ContainsAny(".eEpP");
        if (real is null)
        {
            real = Float(text);
            if (real is null)
            {
                return null;
            }

            if (!looksReal)
            {
                objection = $"{text} is too large for an integer";
                return null;
            }

            signed =
                real is >= long.MinValue and < 9223372036854775808.0 && Math.Truncate(real.Value) == real
                    ? (long)real
                    : null;
            unsigned =
                real is >= 0 and < 18446744073709551616.0 && Math.Truncate(real.Value) == real ? (ulong)real : null;
        }

        objection = null;
        var isReal = looksReal && !(text is ['0', 'x' or 'X', _, ..] && !text.AsSpan().ContainsAny("pP"));
        return new(position, text)
        {
            Signed = signed,
            Unsigned = unsigned,
            Float = real,
            Ideal = isReal ? real : (object?)signed,
        };
    }

    /// <summary>A character constant is an integer.</summary>
    public static Operand.Number OfCharacter(Position position, string text, int rune) =>
        new(position, text)
        {
            Signed = rune,
            Unsigned = (ulong)rune,
            Float = rune,
            Ideal = (long)rune,
        };

    private static BigInteger? Integer(string text)
    {
        var isNegative = text[0] == '-';
        var digits = text[0] is '+' or '-' ? text[1..] : text;
        if (digits.Length == 0 || !UnderscoresPart(digits))
        {
            return null;
        }

        var (radix, skip) = Radix(digits);
        var value = BigInteger.Zero;
        var any = false;
        foreach (var c in digits.AsSpan(skip))
        {
            if (c == '_')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(c) || Convert.ToInt32(c.ToString(), 16) is var digit && digit >= radix)
            {
                return null;
            }

            any = true;
            value = (value * radix) + digit;
            // Longer ones are no integers of 64 bits, and would take the square of their length.
            if (value > ulong.MaxValue)
            {
                return null;
            }
        }

        return any ? (isNegative ? -value : value) : null;
    }

    private static (int Radix, int Skip) Radix(string digits) =>
        digits.Length < 2 || digits[0] != '0'
            ? (10, 0)
            : (digits[1] | 0x20) switch
            {
                'x' => (16, 2),
                'o' => (8, 2),
                'b' => (2, 2),
                _ => (8, 1),
            };

    private static double? Float(string text)
    {
        var unsigned = text.TrimStart('+', '-');
        if (unsigned.Length == 0 || !UnderscoresPart(unsigned))
        {
            return null;
        }

        var plain = unsigned.Replace("_", "");
        double value;
        if (plain is ['0', 'x' or 'X', ..])
        {
            if (HexadecimalFloat(plain[2..]) is not { } hexadecimal)
            {
                return null;
            }

            value = hexadecimal;
        }
        else if (
            !plain.AsSpan().ContainsAnyInRange('0', '9')
            || !double.TryParse(
                plain,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out value
            )
        )
        {
            return null;
        }

        return double.IsInfinity(value) ? null
            : text[0] == '-' ? -value
            : value;
    }

    /// <summary>Digits with a point, and a power of two that must be there.</summary>
    private static double? HexadecimalFloat(string text)
    {
        var power = text.IndexOfAny(['p', 'P']);
        if (
            power < 0
            || !int.TryParse(
                text.AsSpan(power + 1),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var exponent
            )
        )
        {
            return null;
        }

        var digits = text[..power];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = digits.Replace(".", "");
        if (
            !BigInteger.TryParse(
                "0" + whole,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var value
            )
            || whole.Length == 0
        )
        {
            return null;
        }

        var shift = (long)exponent - (point < 0 ? 0 : 4L * (digits.Length - 1 - point));
        // 64 bits and one that says whether any below them was set round as the whole would.
        var excess = Math.Max(0, (int)value.GetBitLength() - 62);
        var kept = value >> excess;
        var sticky = (kept << excess) != value;
        return Math.ScaleB((double)((ulong)kept | (sticky ? 1UL : 0)), (int)Math.Clamp(shift + excess, -5_000, 5_000));
    }

    /// <summary>An underscore stands between digits, or between a prefix such as 0x and a digit.</summary>
    private static bool UnderscoresPart(string digits)
    {
        if (!digits.Contains('_'))
        {
            return true;
        }

        var hasPrefix = digits.Length > 1 && digits[0] == '0' && (digits[1] | 0x20) is 'x' or 'o' or 'b';
        var isHexadecimal = hasPrefix && (digits[1] | 0x20) == 'x';
        // A prefix counts as a digit. Last seen: a digit, an underscore, or something else.
        var last = hasPrefix ? '0' : '^';
        foreach (var c in digits.AsSpan(hasPrefix ? 2 : 0))
        {
            if (char.IsAsciiDigit(c) || (isHexadecimal && char.IsAsciiHexDigit(c)))
            {
                last = '0';
            }
            else if (c == '_')
            {
                if (last != '0')
                {
                    return false;
                }

                last = '_';
            }
            else
            {
                if (last == '_')
                {
                    return false;
                }

                last = '!';
            }
        }

        return last != '_';
    }
}
