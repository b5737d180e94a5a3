using System.Globalization;
using System.Text;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// The parameters of a request as Go reads them: a pair with a semicolon or a bad escape is dropped, names are told apart
/// by case, and <c>+</c> is a space.
/// </summary>
internal sealed class QueryText
{
    private readonly List<(string Name, string Value)> pairs = [];

    /// <param name="query">With or without its <c>?</c>.</param>
    public QueryText(string? query)
    {
        foreach (var pair in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            if (!pair.Contains(';') && Decode(name) is { } key && Decode(value) is { } text)
            {
                pairs.Add((key, text));
            }
        }
    }

    public IEnumerable<string> All(string name) => pairs.Where(pair => pair.Name == name).Select(pair => pair.Value);

    /// <summary>The last one given; null where there is none or it is empty.</summary>
    public string? Last(string name) => All(name).LastOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>
    /// True where it is not given or empty. Every text is a boolean to go-openapi (swag.ConvertBool): those that mean yes
    /// are true and the others false.
    /// </summary>
    public bool Includes(string name) =>
        Last(name)?.ToUpperInvariant()
            is null
                or "TRUE"
                or "1"
                or "YES"
                or "OK"
                or "Y"
                or "ON"
                or "SELECTED"
                or "CHECKED"
                or "T"
                or "ENABLED";

    private static string? Decode(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0)
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        var utf8 = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] != '%')
            {
                bytes.Add(utf8[i] == '+' ? (byte)' ' : utf8[i]);
                continue;
            }

            if (
                i + 2 >= utf8.Length
                || !char.IsAsciiHexDigit((char)utf8[i + 1])
                || !char.IsAsciiHexDigit((char)utf8[i + 2])
            )
            {
                return null;
            }

            bytes.Add(byte.Parse(utf8.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
