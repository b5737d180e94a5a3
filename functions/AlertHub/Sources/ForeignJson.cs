using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace AlertHub.Sources;

/// <summary>
/// Reads other people's JSON: every member optional, any member of the wrong kind taken as missing, nothing thrown.
/// </summary>
internal static partial class ForeignJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = true };

    /// <summary>The document, or null where the bytes are not one. All its text is whole: what is not, is U+FFFD.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(Whole(Readable.Utf8(utf8)), Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// JsonDocument takes bytes that are not UTF-8 and halves of surrogate pairs ("\ud83d"), and throws at whoever reads
    /// a value or looks for a member beside them.
    /// </summary>
    private static ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> utf8)
    {
        var mayHoldHalves = utf8.Span.IndexOf(@"\ud"u8) >= 0 || utf8.Span.IndexOf(@"\uD"u8) >= 0;
        if (!mayHoldHalves && Utf8.IsValid(utf8.Span))
        {
            return utf8;
        }

        var text = Encoding.UTF8.GetString(utf8.Span);
        return Encoding.UTF8.GetBytes(
            Escape().Replace(text, static e => e.Groups["half"].Success ? "\ufffd" : e.Value)
        );
    }

    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Escape();

    extension(JsonElement element)
    {
        /// <summary>The member's value; of a member given twice the last one; null where it is missing or null.</summary>
        public JsonElement? Member(string name) =>
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var member)
            && member.ValueKind != JsonValueKind.Null
                ? member
                : null;

        /// <summary>The value at a path of members.</summary>
        public JsonElement? Member(string first, params ReadOnlySpan<string> rest)
        {
            var at = element.Member(first);
            foreach (var name in rest)
            {
                at = at?.Member(name);
            }

            return at;
        }

        /// <summary>A member that is a string with something in it, or a number or boolean as it was written.</summary>
        public string? Text(string name) => element.Member(name)?.AsText();

        public string? AsText()
        {
            var text = element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
                _ => null,
            };
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        /// <summary>The elements of a member that is an array; none where it is anything else.</summary>
        public IEnumerable<JsonElement> Items(string name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

        /// <summary>The members of an object as text; none where it is anything else.</summary>
        public IEnumerable<KeyValuePair<string, string>> Texts()
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                yield break;
            }

            foreach (var property in element.EnumerateObject())
            {
                if (property.Value.AsText() is { } text)
                {
                    yield return new(property.Name, text);
                }
            }
        }

        public Uri? Link(string name) =>
            Uri.TryCreate(element.Text(name), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? uri
                : null;

        public DateTimeOffset? Time(string name) => Timestamp.Parse(element.Text(name));

        /// <summary>A number that is one to a computer, too; null for anything else.</summary>
        public double? AsFinite() =>
            element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value)
                ? value
                : null;

        public decimal? Number(string name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value)
                ? value
                : null;
    }
}
