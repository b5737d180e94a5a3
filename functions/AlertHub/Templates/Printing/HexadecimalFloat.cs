using System.Globalization;

namespace AlertHub.Templates.Printing;

/// <summary><c>0x1.8p+01</c>: one bit, hexadecimal digits after the point, a power of two.</summary>
internal static class HexadecimalFloat
{
    private const int FractionBits = 52;
    private const int FractionDigits = FractionBits / 4;

    /// <summary>Of a number that is not negative; a precision of -1 writes all digits that are not zero.</summary>
    public static string Format(double value, int precision, bool upper)
    {
        var bits = (ulong)BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> FractionBits) - 1023;
        var mantissa = bits & ((1UL << FractionBits) - 1);
        if (exponent > -1023)
        {
            mantissa |= 1UL << FractionBits;
        }
        else if (mantissa == 0)
        {
            exponent = 0;
        }
        else
        {
            exponent++;
            for (; mantissa >> FractionBits == 0; mantissa <<= 1)
            {
                exponent--;
            }
        }

        if (precision is >= 0 and < FractionDigits)
        {
            var dropped = (FractionDigits - precision) * 4;
            var half = 1UL << (dropped - 1);
            var rest = mantissa & ((1UL << dropped) - 1);
            mantissa >>= dropped;
            mantissa += rest > half || (rest == half && (mantissa & 1) == 1) ? 1UL : 0;
            mantissa <<= dropped;
            if (mantissa >> (FractionBits + 1) != 0)
            {
                mantissa >>= 1;
                exponent++;
            }
        }

        var fraction = (mantissa & ((1UL << FractionBits) - 1)).ToString("x13", CultureInfo.InvariantCulture);
        fraction =
            precision < 0 ? fraction.TrimEnd('0')
            : precision <= FractionDigits ? fraction[..precision]
            : fraction.PadRight(precision, '0');
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"0x{mantissa >> FractionBits}{(fraction.Length > 0 ? "." : "")}{fraction}p{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"
        );
        return upper ? text.ToUpperInvariant() : text;
    }
}
