using System.Globalization;
using System.Text;
using AlertHub.Templates.Values;
using AlertHub.Text;

namespace AlertHub.Templates.Printing;

/// <summary>Writes plain values with the flags of a verb, as Go's fmt does: sign, prefix, digits, then the width.</summary>
internal sealed class FieldWriter(StringBuilder output)
{
    private Flags flags;

    public ref Flags Flags => ref flags;

    /// <summary>Width counts characters, not bytes.</summary>
    public void Pad(ReadOnlySpan<char> text)
    {
        var width = flags.Width is { } wanted and > 0 ? wanted - Runes(text) : 0;
        if (flags.Minus)
        {
            output.Append(text);
        }

        Fill(width);
        if (!flags.Minus)
        {
            output.Append(text);
        }
    }

    /// <summary>The precision of a string is how many characters of it are shown.</summary>
    public void Text(string text) => Pad(Truncate(text));

    /// <summary>In quotes.</summary>
    public void Quoted(string text)
    {
        var shown = Truncate(text).ToString();
        if (flags.Sharp && CanStandInBackQuotes(shown))
        {
            Pad($"`{shown}`");
            return;
        }

        Pad(Quotation.Of(shown, asciiOnly: flags.Plus));
    }

    /// <summary>Each byte as two hexadecimal digits.</summary>
    public void HexadecimalText(string text, bool upper)
    {
        // Each unit is a byte or more; the one beyond completes a surrogate pair.
        var shown = flags.Precision < text.Length - 1 ? text[..(flags.Precision.Value + 1)] : text;
        ReadOnlySpan<byte> bytes = Utf8.Bytes(shown);
        bytes = flags.Precision < bytes.Length ? bytes[..flags.Precision.Value] : bytes;
        var prefix =
            !flags.Sharp ? ""
            : upper ? "0X"
            : "0x";
        var written = new StringBuilder();
        for (var i = 0; i < bytes.Length; i++)
        {
            written.Append(i > 0 && flags.Space ? " " : "").Append(i == 0 || flags.Space ? prefix : "");
            written.Append(bytes[i].ToString(upper ? "X2" : "x2", CultureInfo.InvariantCulture));
        }

        Pad(written.ToString());
    }

    public void Bool(bool value) => Pad(value ? "true" : "false");

    public void Integer(long value, bool isSigned, int radix, char verb)
    {
        var isNegative = isSigned && value < 0;
        var size = isNegative ? (ulong)-(Int128)value : (ulong)value;
        var hasSign = isNegative || flags.Plus || flags.Space;
        if (flags.Precision == 0 && size == 0)
        {
            FillWithSpaces(flags.Width ?? 0);
            return;
        }

        var least = flags.Precision ?? (flags.Zero && flags.Width is { } width ? width - (hasSign ? 1 : 0) : 0);
        var digits = Digits(size, radix, verb == 'X');
        var zeros = Math.Max(0, least - digits.Length);
        var sign =
            isNegative ? "-"
            : flags.Plus ? "+"
            : flags.Space ? " "
            : "";
        var prefix =
            (verb == 'O' ? "0o" : "") + (flags.Sharp ? Prefix(radix, verb, zeros > 0 || digits[0] == '0') : "");
        PadWithSpaces(string.Concat(sign, prefix, new string('0', zeros), digits));
    }

    /// <summary>The character of a number.</summary>
    public void Character(long value) =>
        Pad(value is >= 0 and <= 0x10FFFF && Rune.IsValid((int)value) ? new Rune((int)value).ToString() : "\uFFFD");

    public void QuotedCharacter(long value) =>
        Pad(flags.Plus ? Quotation.OfRuneInAscii(value) : GoString.QuoteRune(value));

    /// <summary><c>U+0078</c>, with <c>#</c> also the character.</summary>
    public void Unicode(long value)
    {
        var digits = ((ulong)value).ToString("X4", CultureInfo.InvariantCulture);
        var zeros = new string('0', Math.Max(0, (flags.Precision ?? 0) - digits.Length));
        var shown =
            flags.Sharp
            && value is >= 0 and <= 0x10FFFF
            && Rune.TryCreate((int)value, out var rune)
            && GoString.IsPrintable(rune)
                ? $" '{rune}'"
                : "";
        PadWithSpaces($"U+{zeros}{digits}{shown}");
    }

    public void Float(double value, char verb, int precision)
    {
        precision = flags.Precision ?? precision;
        var number = FloatText.Format(value, verb, precision);
        if (number[0] is not ('-' or '+'))
        {
            number = (flags.Space && !flags.Plus ? " " : "+") + number;
        }

        if (!double.IsFinite(value))
        {
            PadWithSpaces(
                double.IsNaN(value) && !flags.Space && !flags.Plus || number[0] == '+' && !flags.Plus
                    ? number[1..]
                    : number
            );
            return;
        }

        if (flags.Sharp && verb != 'b')
        {
            number = WithPoint(number, verb, precision);
        }

        if (!flags.Plus && number[0] == '+')
        {
            Pad(number.AsSpan(1));
        }
        else if (flags.Zero && flags.Width > number.Length)
        {
            output.Append(number[0]);
            Fill(flags.Width.Value - number.Length);
            output.Append(number, 1, number.Length - 1);
        }
        else
        {
            Pad(number);
        }
    }

    /// <summary><c>#</c> keeps the point and the zeros at the end.</summary>
    private static string WithPoint(string number, char verb, int precision)
    {
        var wanted = verb is 'g' or 'G' or 'x'
            ? precision < 0
                ? 6
                : precision
            : 0;
        var end = number.AsSpan(1).IndexOfAny(verb is 'x' or 'X' ? "pP" : "pPeE");
        var (digits, tail) = end < 0 ? (number, "") : (number[..(end + 1)], number[(end + 1)..]);
        var significant = digits.AsSpan(1).TrimStart("0.").ToString().Replace(".", "").Length;
        if (digits.Length == 2 && digits[1] == '0')
        {
            significant = 1;
        }

        var isFraction = digits.Contains('.');
        return digits + (isFraction ? "" : ".") + new string('0', Math.Max(0, wanted - significant)) + tail;
    }

    private static string Prefix(int radix, char verb, bool startsWithZero) =>
        radix switch
        {
            2 => "0b",
            8 when !startsWithZero => "0",
            16 => verb == 'X' ? "0X" : "0x",
            _ => "",
        };

    private static string Digits(ulong value, int radix, bool upper)
    {
        switch (radix)
        {
            case 10:
                return value.ToString(CultureInfo.InvariantCulture);
            case 16:
                return value.ToString(upper ? "X" : "x", CultureInfo.InvariantCulture);
            case 2:
                return value.ToString("b", CultureInfo.InvariantCulture);
            default:
                var digits = "";
                for (; value > 0 || digits.Length == 0; value >>= 3)
                {
                    digits = (char)('0' + (int)(value & 7)) + digits;
                }

                return digits;
        }
    }

    private ReadOnlySpan<char> Truncate(string text)
    {
        if (flags.Precision is not { } most || most >= text.Length)
        {
            return text;
        }

        var end = 0;
        for (; most > 0 && end < text.Length; most--)
        {
            Rune.DecodeFromUtf16(text.AsSpan(end), out _, out var units);
            end += units;
        }

        return text.AsSpan(0, end);
    }

    private void PadWithSpaces(string text)
    {
        var zero = flags.Zero;
        flags.Zero = false;
        Pad(text);
        flags.Zero = zero;
    }

    private void FillWithSpaces(int count)
    {
        var zero = flags.Zero;
        flags.Zero = false;
        Fill(count);
        flags.Zero = zero;
    }

    private void Fill(int count)
    {
        if (count > 0)
        {
            output.Append(flags.Zero ? '0' : ' ', count);
        }
    }

    private static int Runes(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static bool CanStandInBackQuotes(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // Invalid bytes and the byte order mark cannot, nor can controls other than the tab.
            if (rune.Value is '`' or 0x7F or 0xFEFF or (< ' ' and not '\t'))
            {
                return false;
            }
        }

        return !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || Utf8.IsProper(text);
    }
}
