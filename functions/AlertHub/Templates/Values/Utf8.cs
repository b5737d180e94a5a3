using System.Text;

namespace AlertHub.Templates.Values;

/// <summary>
/// Go's strings are bytes and these are UTF-16. A byte that is no UTF-8 (<c>"\xff"</c>, half a character from
/// <c>slice</c>) stands here as a lone low surrogate, U+DC80 to U+DCFF; any other lone surrogate counts as U+FFFD.
/// </summary>
internal static class Utf8
{
    /// <summary>By UTF-8 bytes, as Go compares strings.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>The character that stands for a byte of 0x80 or above which is no UTF-8.</summary>
    public static char Byte(byte value) => (char)(0xDC00 + value);

    public static bool IsByte(char c) => c is >= '\uDC80' and <= '\uDCFF';

    public static int Compare(string? a, string? b)
    {
        var (x, y) = (a ?? "", b ?? "");
        var shared = Math.Min(x.Length, y.Length);
        for (var i = 0; i < shared; i++)
        {
            if (x[i] != y[i])
            {
                return char.IsSurrogate(x[i]) || char.IsSurrogate(y[i])
                    ? Bytes(x).AsSpan().SequenceCompareTo(Bytes(y))
                    : x[i] - y[i];
            }
        }

        return x.Length - y.Length;
    }

    /// <summary>How many bytes Go counts.</summary>
    public static int Length(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            length += Size(text, i, out var units);
            i += units - 1;
        }

        return length;
    }

    public static byte[] Bytes(string text)
    {
        var bytes = new byte[Length(text)];
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsLoneByte(text, i))
            {
                bytes[at++] = (byte)(text[i] - 0xDC00);
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var units);
            at += rune.EncodeToUtf8(bytes.AsSpan(at));
            i += units - 1;
        }

        return bytes;
    }

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        for (var at = 0; at < bytes.Length; )
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out var rune, out var used) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
                at += used;
            }
            else
            {
                text.Append(Byte(bytes[at++]));
            }
        }

        return text.ToString();
    }

    /// <summary>No surrogate stands alone.</summary>
    public static bool IsProper(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (at + 1 == rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }

    /// <summary>
    /// What leaves the templates: bytes that lie beside each other become the characters that they are, what remains
    /// becomes U+FFFD, so that the text is proper Unicode.
    /// </summary>
    public static string Seal(string text)
    {
        if (IsProper(text))
        {
            return text;
        }

        var joined = Text(Bytes(text)).ToCharArray();
        for (var i = 0; i < joined.Length; i++)
        {
            if (IsByte(joined[i]) && (i == 0 || !char.IsHighSurrogate(joined[i - 1])))
            {
                joined[i] = '\uFFFD';
            }
        }

        return new(joined);
    }

    /// <summary>A byte that is no UTF-8, not the second half of a character.</summary>
    public static bool IsLoneByte(string text, int at) => IsByte(text[at]) && !IsPaired(text, at);

    private static bool IsPaired(string text, int low) => low > 0 && char.IsHighSurrogate(text[low - 1]);

    private static int Size(string text, int at, out int units)
    {
        if (IsLoneByte(text, at))
        {
            units = 1;
            return 1;
        }

        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out units);
        return rune.Utf8SequenceLength;
    }
}
