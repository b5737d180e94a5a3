using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// Strings of JSON as Go reads them: every byte that is no UTF-8 is U+FFFD, and so is half a surrogate pair. The platform
/// refuses such strings when they are read, after it let them pass as JSON.
/// </summary>
internal static class GoJsonText
{
    /// <param name="raw">Between the quotes, of JSON that has been checked.</param>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0 && Utf8.IsValid(raw))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            raw = raw[(raw[0] == '\\' ? AppendEscape(text, raw) : AppendRune(text, raw))..];
        }

        return text.ToString();
    }

    /// <summary>Of a member's name: Go takes any case, and the two letters beyond ASCII whose other case is in it.</summary>
    public static string FoldName(string name) =>
        !name.AsSpan().ContainsAnyExceptInRange('a', 'z')
            ? name
            : string.Create(
                name.Length,
                name,
                static (folded, name) =>
                {
                    for (var i = 0; i < name.Length; i++)
                    {
                        folded[i] = name[i] switch
                        {
                            '\u017F' => 's',
                            '\u212A' => 'k',
                            var c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c,
                        };
                    }
                }
            );

    private static int AppendRune(StringBuilder text, ReadOnlySpan<byte> raw)
    {
        var isWhole = Rune.DecodeFromUtf8(raw, out var rune, out var length) == System.Buffers.OperationStatus.Done;
        text.Append(isWhole ? rune.ToString() : "\uFFFD");
        return isWhole ? length : 1;
    }

    private static int AppendEscape(StringBuilder text, ReadOnlySpan<byte> raw)
    {
        if (raw[1] != 'u')
        {
            text.Append(
                (char)raw[1] switch
                {
                    'b' => '\b',
                    'f' => '\f',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    var c => c,
                }
            );
            return 2;
        }

        var first = Hex(raw);
        if (char.IsHighSurrogate(first) && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u')
        {
            var second = Hex(raw[6..]);
            if (char.IsLowSurrogate(second))
            {
                text.Append(first).Append(second);
                return 12;
            }
        }

        text.Append(char.IsSurrogate(first) ? '\uFFFD' : first);
        return 6;
    }

    private static char Hex(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\uFFFD';
}
