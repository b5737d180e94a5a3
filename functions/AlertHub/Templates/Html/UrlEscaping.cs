using System.Buffers;
using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>Values in addresses.</summary>
internal static class UrlEscaping
{
    /// <summary>The start of an address: one whose scheme could run a program is refused.</summary>
    public static string Filter(string value) => IsSafe(value) ? value : "#" + HtmlEscaping.Refused;

    /// <summary>A part of a query: nothing in it is a separator.</summary>
    public static string Query(string value) => Encode(value, static _ => false);

    /// <summary>An address or the part of one before its query: separators and what is encoded already stand.</summary>
    public static string Normalize(string value) =>
        Encode(value, static c => "!#$&*+,/:;=?@[]".Contains(c), keepEscapes: true);

    /// <summary>Images with their sizes, parted by commas.</summary>
    public static string Srcset(string value) => string.Join(',', value.Split(',').Select(Candidate));

    /// <summary>One image's address without what could part it from its size.</summary>
    public static string SrcsetAddress(string value) => Normalize(value).Replace(",", "%2c", StringComparison.Ordinal);

    private static bool IsSafe(ReadOnlySpan<char> address)
    {
        var colon = address.IndexOf(':');
        return colon < 0
            || address[..colon] switch
            {
                var scheme when scheme.Contains('/') => true,
                var scheme => scheme.Equals("http", StringComparison.OrdinalIgnoreCase)
                    || scheme.Equals("https", StringComparison.OrdinalIgnoreCase)
                    || scheme.Equals("mailto", StringComparison.OrdinalIgnoreCase),
            };
    }

    private static string Candidate(string image)
    {
        var address = image.AsSpan().TrimStart(White);
        var before = image.Length - address.Length;
        var end = address.IndexOfAny(White);
        var size = end < 0 ? default : address[end..];
        address = end < 0 ? address : address[..end];
        var plainSize = true;
        foreach (var c in size)
        {
            plainSize &= char.IsAsciiLetterOrDigit(c) || White.Contains(c);
        }

        return IsSafe(address) && plainSize
            ? $"{image.AsSpan(0, before)}{Normalize(address.ToString())}{size}"
            : "#" + HtmlEscaping.Refused;
    }

    private const string White = " \t\n\f\r";

    private static string Encode(string value, Func<char, bool> stands, bool keepEscapes = false)
    {
        StringBuilder? encoded = null;
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < value.Length; )
        {
            var c = value[i];
            var kept =
                char.IsAsciiLetterOrDigit(c)
                || c is '-' or '.' or '_' or '~'
                || stands(c)
                || (c == '%' && keepEscapes && i + 2 < value.Length && IsHex(value[i + 1]) && IsHex(value[i + 2]));
            if (kept)
            {
                encoded?.Append(c);
                i++;
                continue;
            }

            encoded ??= new StringBuilder(value, 0, i, value.Length + 16);
            if (Rune.DecodeFromUtf16(value.AsSpan(i), out var rune, out var length) != OperationStatus.Done)
            {
                rune = Rune.ReplacementChar;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(octet.ToString("x2", null));
            }

            i += length;
        }

        return encoded?.ToString() ?? value;
    }

    private static bool IsHex(char c) => char.IsAsciiHexDigit(c);
}
