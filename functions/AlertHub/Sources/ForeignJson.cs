using System.Text.Json;

namespace AlertHub.Sources;

/// <summary>
/// Reads other people's JSON: every member optional, any member of the wrong kind taken as missing, nothing thrown.
/// </summary>
internal static class ForeignJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = true };

    /// <summary>The document, or null where the bytes are not one.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(Readable.Utf8(utf8), Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        // ArgumentException: half a surrogate pair has no UTF-8 form.
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

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
                JsonValueKind.String => element.Unescaped(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
                _ => null,
            };
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        private string Unescaped()
        {
            try
            {
                return element.GetString()!;
            }
            // "\ud800" is JSON, but no text: what was written is shown.
            catch (InvalidOperationException)
            {
                return element.GetRawText().Trim('"');
            }
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
                if (Name(property) is { } name && property.Value.AsText() is { } text)
                {
                    yield return new(name, text);
                }
            }
        }

        public Uri? Link(string name) =>
            Uri.TryCreate(element.Text(name), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? uri
                : null;

        public DateTimeOffset? Time(string name) => Timestamp.Parse(element.Text(name));

        public decimal? Number(string name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value)
                ? value
                : null;
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
