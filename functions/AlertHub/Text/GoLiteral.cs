using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AlertHub.Text;

/// <summary>Reads Go's string and rune literals (the Go specification, "Rune literals" and "String literals").</summary>
internal ref struct GoLiteral
{
    private readonly ReadOnlySpan<char> inner;
    private readonly char mark;
    private int at;

    private GoLiteral(ReadOnlySpan<char> inner, char mark)
    {
        this.inner = inner;
        this.mark = mark;
    }

    public static string? Read(string literal, bool onlyUtf8, out string? objection)
    {
        if (!Marked(literal, out var mark, out objection))
        {
            return null;
        }

        var inner = literal.AsSpan(1, literal.Length - 2);
        if (mark == '`')
        {
            objection = inner.Contains('`') ? "a back quote cannot stand within back quotes" : null;
            return objection is null ? inner.ToString().Replace("\r", "") : null;
        }

        var reader = new GoLiteral(inner, mark);
        var bytes = new List<byte>(inner.Length);
        Span<byte> utf8 = stackalloc byte[4];
        var runes = 0;
        while (reader.at < inner.Length)
        {
            if (reader.Next(out var isByte, out objection) is not { } value)
            {
                return null;
            }

            runes++;
            if (isByte)
            {
                bytes.Add((byte)value);
            }
            else
            {
                bytes.AddRange(utf8[..new Rune(value).EncodeToUtf8(utf8)]);
            }
        }

        if (mark == '\'' && runes != 1)
        {
            objection = $"{literal} holds {runes} characters; between single quotes stands exactly one";
            return null;
        }

        return Decode(literal, bytes, onlyUtf8, out objection);
    }

    public static int? ReadRune(string literal, out string? objection)
    {
        if (!Marked(literal, out var mark, out objection))
        {
            return null;
        }

        var reader = new GoLiteral(literal.AsSpan(1, literal.Length - 2), mark);
        var value = mark == '\'' && reader.inner.Length > 0 ? reader.Next(out _, out objection) : null;
        if (value is null || reader.at < reader.inner.Length)
        {
            objection ??= $"{literal} is not one character in single quotes";
            return null;
        }

        return value;
    }

    private static bool Marked(string literal, out char mark, out string? objection)
    {
        mark = literal.Length > 0 ? literal[0] : '\0';
        objection =
            literal.Length >= 2 && mark is '"' or '\'' or '`' && literal[^1] == mark && literal.Length >= 2
                ? null
                : $"{literal} is not in quotes";
        return objection is null;
    }

    /// <summary>The next character or escape: a rune, or a byte where it was written as one.</summary>
    private int? Next(out bool isByte, out string? objection)
    {
        (isByte, objection) = (false, null);
        var first = inner[at];
        if (first == mark || first == '\n')
        {
            objection = first == mark ? $"{mark} needs a backslash within {mark}" : "a line cannot end within quotes";
            return null;
        }

        if (first == '\\')
        {
            return Escape(out isByte, out objection);
        }

        if (Rune.DecodeFromUtf16(inner[at..], out var rune, out var length) != OperationStatus.Done)
        {
            rune = Rune.ReplacementChar;
        }

        at += length;
        return rune.Value;
    }

    private int? Escape(out bool isByte, out string? objection)
    {
        (isByte, objection) = (false, null);
        if (at + 1 == inner.Length)
        {
            objection = "a backslash at the end stands before nothing";
            return null;
        }

        var kind = inner[at + 1];
        at += 2;
        switch (kind)
        {
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case '\\':
                return '\\';
            case '\'' or '"' when kind == mark:
                return kind;
            case 'x':
                isByte = true;
                return Hexadecimal(2, out objection);
            case 'u':
                return Hexadecimal(4, out objection);
            case 'U':
                return Hexadecimal(8, out objection);
            case >= '0' and <= '7':
                isByte = true;
                return Octal(out objection);
            default:
                objection = $"\"\\{kind}\" is not an escape; for a backslash write \\\\";
                return null;
        }
    }

    private int? Hexadecimal(int digits, out string? objection)
    {
        var end = Math.Min(at + digits, inner.Length);
        var written = inner[at..end];
        objection = null;
        if (
            written.Length < digits
            || !uint.TryParse(written, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
        )
        {
            objection = $"\"\\{inner[at - 1]}{written}\" needs {digits} hexadecimal digits";
            return null;
        }

        if (digits > 2 && !Rune.IsValid(value))
        {
            objection = $"\"\\{inner[at - 1]}{written}\" is not a character of Unicode";
            return null;
        }

        at = end;
        return (int)value;
    }

    private int? Octal(out string? objection)
    {
        objection = null;
        var end = Math.Min(at + 2, inner.Length);
        var written = inner[(at - 1)..end];
        var value = 0;
        foreach (var digit in written)
        {
            value = digit is >= '0' and <= '7' && value < 256 ? (value * 8) + (digit - '0') : 512;
        }

        if (written.Length < 3 || value > 255)
        {
            objection = $"\"\\{written}\" is not three octal digits up to 377";
            return null;
        }

        at = end;
        return value;
    }

    private static string? Decode(string literal, List<byte> bytes, bool onlyUtf8, out string? objection)
    {
        objection = null;
        var text = new StringBuilder(bytes.Count);
        var rest = CollectionsMarshal.AsSpan(bytes);
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != OperationStatus.Done)
            {
                if (onlyUtf8)
                {
                    objection = $"the escapes in {literal} make no UTF-8";
                    return null;
                }

                // One replacement for each byte, as Go's own range over a string has it.
                (rune, length) = (Rune.ReplacementChar, 1);
            }

            text.Append(rune);
            rest = rest[length..];
        }

        return text.ToString();
    }
}
