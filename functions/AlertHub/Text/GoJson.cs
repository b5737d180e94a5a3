using System.Text;

namespace AlertHub.Text;

/// <summary>JSON texts as Go's encoding/json writes them since 1.22, with its escapes for HTML.</summary>
public static class GoJson
{
    /// <summary>In quotes. Half of a surrogate pair, which is no character, is written as <c>\ufffd</c>.</summary>
    public static StringBuilder AppendJson(this StringBuilder json, string text)
    {
        json.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                var isPair = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]);
                _ = isPair ? json.Append(c).Append(text[++i]) : json.Append("\\ufffd");
                continue;
            }

            _ = c switch
            {
                '"' or '\\' => json.Append('\\').Append(c),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => json.Append($"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"');
    }
}
