using System.Globalization;
using System.Text;

namespace AlertHub.Text;

/// <summary>
/// Strings as Go writes, reads and orders them. A Go string is bytes, ours are UTF-16: a surrogate without its other half
/// counts as U+FFFD, and so does each byte that an escape puts where no UTF-8 allows it.
/// </summary>
public static class GoString
{
    /// <summary>In double quotes with Go's escapes: strconv.Quote, <c>%q</c>.</summary>
    public static string Quote(string text) => Quote(text, '"', asciiOnly: false);

    /// <summary>Every rune beyond ASCII as an escape: strconv.QuoteToASCII, <c>%+q</c>.</summary>
    public static string QuoteAscii(string text) => Quote(text, '"', asciiOnly: true);

    /// <summary>One rune in single quotes: strconv.QuoteRune, <c>%q</c> of a number. What is no rune is U+FFFD.</summary>
    public static string QuoteRune(long rune)
    {
        var valid = rune is >= 0 and <= 0x10FFFF && Rune.IsValid((int)rune);
        return Quote(valid ? new Rune((int)rune).ToString() : "\uFFFD", '\'', asciiOnly: false);
    }

    /// <summary>
    /// What a Go literal in double, single or back quotes says, or null and what is wrong with it. With
    /// <paramref name="onlyUtf8"/> escapes that make no UTF-8 are refused instead of replaced.
    /// </summary>
    public static string? Unquote(string literal, out string? objection, bool onlyUtf8 = false) =>
        GoLiteral.Read(literal, onlyUtf8, out objection);

    /// <summary>The number that a rune literal such as <c>'a'</c> or <c>'\xff'</c> stands for.</summary>
    public static int? UnquoteRune(string literal, out string? objection) => GoLiteral.ReadRune(literal, out objection);

    /// <summary>unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    public static bool IsPrintable(Rune rune) =>
        rune.Value < 0x7F
            ? rune.Value >= 0x20
            : Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                );

    /// <summary>
    /// Go's order, which is that of the UTF-8 bytes. UTF-16 units order alike but for surrogates, which stand for what
    /// comes last.
    /// </summary>
    public static int Compare(string a, string b)
    {
        var shared = Math.Min(a.Length, b.Length);
        for (var i = 0; i < shared; i++)
        {
            if (a[i] != b[i])
            {
                return Rank(a[i]) - Rank(b[i]);
            }
        }

        return a.Length - b.Length;

        static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
    }

    /// <summary>What <see cref="Quote(string)"/> makes of the text, at the end of this one.</summary>
    internal static StringBuilder AppendQuoted(this StringBuilder target, string text) =>
        AppendQuoted(target, text, '"', asciiOnly: false);

    private static StringBuilder AppendQuoted(StringBuilder target, string text, char mark, bool asciiOnly)
    {
        target.Append(mark);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == mark || rune.Value == '\\')
            {
                target.Append('\\').Append((char)rune.Value);
            }
            else if (asciiOnly ? rune.Value is >= 0x20 and < 0x7F : IsPrintable(rune))
            {
                target.Append(rune);
            }
            else
            {
                AppendEscape(target, rune.Value);
            }
        }

        return target.Append(mark);
    }

    private static string Quote(string text, char mark, bool asciiOnly) =>
        AppendQuoted(new(text.Length + 2), text, mark, asciiOnly).ToString();

    private static void AppendEscape(StringBuilder target, int value)
    {
        _ = value switch
        {
            '\a' => target.Append("\\a"),
            '\b' => target.Append("\\b"),
            '\f' => target.Append("\\f"),
            '\n' => target.Append("\\n"),
            '\r' => target.Append("\\r"),
            '\t' => target.Append("\\t"),
            '\v' => target.Append("\\v"),
            < 0x20 or 0x7F => target.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
            < 0x10000 => target.Append(CultureInfo.InvariantCulture, $"\\u{value:x4}"),
            _ => target.Append(CultureInfo.InvariantCulture, $"\\U{value:x8}"),
        };
    }
}
