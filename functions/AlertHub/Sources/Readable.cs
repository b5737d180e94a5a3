using System.Text;

namespace AlertHub.Sources;

/// <summary>Bytes of unknown origin as text that a person can read.</summary>
internal static class Readable
{
    /// <summary>Without a byte order mark, and in UTF-8 where the mark says UTF-16.</summary>
    public static ReadOnlyMemory<byte> Utf8(ReadOnlyMemory<byte> bytes) =>
        bytes.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.Span[2..])),
            [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.Span[2..])),
            _ => bytes,
        };

    /// <summary>
    /// The text; with U+FFFD where bytes are not UTF-8; base64 where they are mostly not text at all. Control
    /// characters but tab and line feed become spaces.
    /// </summary>
    public static string Text(ReadOnlyMemory<byte> bytes)
    {
        bytes = Utf8(bytes);
        var text = Encoding.UTF8.GetString(bytes.Span);
        return IsBinary(text)
            ? $"{bytes.Length} bytes that are not text, in base64: {Convert.ToBase64String(bytes.Span)}"
            : Clean(text);
    }

    /// <summary>Whether more than a fifth of it is no text.</summary>
    public static bool IsBinary(string text) =>
        text.Count(static c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))) * 5
        > text.Length;

    /// <summary>One line, trimmed, of at most <paramref name="length"/> UTF-16 code units; null where nothing is left.</summary>
    public static string? Line(string? text, int length)
    {
        var line = text.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd();
        return line.Length == 0 ? null : Clean(Beginning(line, length).ToString());
    }

    /// <summary>At most so many UTF-16 code units of it, without half of a character at the end.</summary>
    public static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> text, int length) =>
        text.Length <= length ? text
        : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];

    private static string Clean(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.Any(IsUnwanted)
            ? string.Create(
                text.Length,
                text,
                static (span, source) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = IsUnwanted(source[i]) ? ' ' : source[i];
                    }
                }
            )
            : text;
    }

    private static bool IsUnwanted(char c) => char.IsControl(c) && c is not ('\t' or '\n');
}
