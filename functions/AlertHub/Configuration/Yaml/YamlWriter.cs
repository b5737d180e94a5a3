using System.Globalization;
using System.Text;

namespace AlertHub.Configuration.Yaml;

/// <summary>Writes a tree so that any YAML reader gets the same tree: blocks of two spaces, quotes wherever in doubt.</summary>
internal static class YamlWriter
{
    public static string Write(YamlNode node)
    {
        var text = new StringBuilder();
        Append(text, node, indent: 0, inline: false);
        return text.ToString();
    }

    private static void Append(StringBuilder text, YamlNode node, int indent, bool inline)
    {
        switch (node)
        {
            case YamlNode.Mapping { Entries.Count: > 0 } mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    text.Append(' ', inline ? 0 : indent).Append(OneLine(key)).Append(':');
                    inline = false;
                    Value(text, value, value is YamlNode.Sequence ? indent : indent + 2);
                }

                break;
            case YamlNode.Sequence { Items.Count: > 0 } sequence:
                foreach (var item in sequence.Items)
                {
                    text.Append(' ', inline ? 0 : indent).Append("- ");
                    inline = false;
                    Append(text, item, indent + 2, inline: true);
                }

                break;
            default:
                text.Append(OneLine(node)).Append('\n');
                break;
        }
    }

    private static void Value(StringBuilder text, YamlNode value, int indent)
    {
        if (value is YamlNode.Mapping { Entries.Count: > 0 } or YamlNode.Sequence { Items.Count: > 0 })
        {
            text.Append('\n');
            Append(text, value, indent, inline: false);
            return;
        }

        text.Append(' ').Append(OneLine(value)).Append('\n');
    }

    private static string OneLine(YamlNode node) =>
        node switch
        {
            YamlNode.Scalar scalar => Tagged(scalar, scalar.IsPlain ? scalar.Text : Quoted(scalar.Text)),
            YamlNode.Sequence sequence => $"[{string.Join(", ", sequence.Items.Select(OneLine))}]",
            YamlNode.Mapping mapping =>
                $"{{{string.Join(", ", mapping.Entries.Select(e => $"{OneLine(e.Key)}: {OneLine(e.Value)}"))}}}",
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };

    private static string Tagged(YamlNode.Scalar scalar, string text) =>
        scalar.Tag is null ? text
        : scalar.Tag == "!" || scalar.Tag.StartsWith("!!", StringComparison.Ordinal) ? $"{scalar.Tag} {text}"
        : $"!<{scalar.Tag}> {text}";

    /// <summary>Quotes are left out where the text can be nothing but text in any reading of YAML.</summary>
    private static string Quoted(string text) => IsPlainlyText(text) ? text : DoubleQuoted(text);

    private static bool IsPlainlyText(string text) =>
        text.Length is > 0 and <= 1000
        && (char.IsAsciiLetter(text[0]) || text[0] == '/' || text[0] == '_')
        && text[^1] is not (' ' or ':')
        && text.AsSpan().IndexOfAnyExcept(Harmless) < 0
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && YamlValue.Of(new YamlNode.Scalar(text)) is YamlValue.Text;

    private static readonly System.Buffers.SearchValues<char> Harmless = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-./:@=~+()$;?&%"
    );

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => @"\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    '\r' => "\\r",
                    < ' ' or (>= '\u007F' and < '\u00A0') or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' =>
                        string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }
}
