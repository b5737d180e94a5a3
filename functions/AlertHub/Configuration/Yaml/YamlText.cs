using System.Text;
using System.Text.RegularExpressions;

namespace AlertHub.Configuration.Yaml;

/// <summary>A file's bytes as text: UTF-8, or UTF-16 where a byte order mark says so.</summary>
internal static partial class YamlText
{
    /// <summary>The text without its mark, or null and where it stops being text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, out Mark at, out string? objection)
    {
        (at, objection) = (Mark.Start, null);
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
        bytes = bytes.StartsWith(encoding.Preamble) ? bytes[encoding.Preamble.Length..] : bytes;
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(bytes[..Math.Clamp(e.Index, 0, bytes.Length)]);
            at = End(before);
            objection = bytes is [0x1F, 0x8B, ..]
                ? "the file is compressed (gzip); unpack it"
                : "the file is not UTF-8 text from here on; save it as UTF-8";
            return null;
        }
    }

    /// <summary>The first character that YAML does not allow in a file, or null.</summary>
    public static Mark? Forbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var allowed = text[i] switch
            {
                '\t' or '\n' or '\r' or '\u0085' => true,
                < ' ' or (>= '\u007F' and < '\u00A0') or '\uFEFF' or '\uFFFE' or '\uFFFF' => false,
                _ when char.IsHighSurrogate(text[i]) => i + 1 < text.Length && char.IsLowSurrogate(text[++i]),
                _ => !char.IsLowSurrogate(text[i]),
            };
            if (!allowed)
            {
                return End(text[..i]);
            }
        }

        return null;
    }

    /// <summary>The first directive above the document that Alertmanager does not know, or null.</summary>
    public static Mark? UnknownDirective(string text)
    {
        var line = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            line++;
            var directive = text.AsSpan(range).TrimEnd();
            if (directive.IsEmpty || directive[0] == '#')
            {
                continue;
            }

            if (directive[0] != '%')
            {
                return null;
            }

            if (!Known().IsMatch(directive))
            {
                return new(line, 1);
            }
        }

        return null;
    }

    /// <summary>The line in which a second document begins that says something, or null.</summary>
    public static Mark? SecondDocument(string text)
    {
        var (line, hasContent, second) = (0, false, (Mark?)null);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            line++;
            var content = text.AsSpan(range).TrimEnd();
            if (content is "---" || content.StartsWith("--- "))
            {
                second = hasContent ? new(line, 1) : null;
                hasContent |= content.Length > 3;
            }
            else if (!content.IsEmpty && content.TrimStart()[0] is not '#' && content is not [('%' or '.'), ..])
            {
                if (second is not null)
                {
                    return second;
                }

                hasContent = true;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^%(YAML[ \t]+1\.1|TAG[ \t]+\S+[ \t]+\S+)([ \t]+#.*)?$")]
    private static partial Regex Known();

    private static Mark End(string text)
    {
        var line = text.LastIndexOf('\n');
        return new(1 + text.AsSpan().Count('\n'), text.Length - line);
    }
}
