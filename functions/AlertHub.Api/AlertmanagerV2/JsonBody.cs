using System.Runtime.InteropServices;
using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// Bodies as Go's encoding/json reads them into its types: the first value counts and what follows it does not, names in
/// any case, unknown members ignored, of a member given twice the last, and null for "as if it were not there".
/// </summary>
internal static class JsonBody
{
    /// <summary>As deep as encoding/json goes.</summary>
    private const int Depth = 10000;

    /// <summary>The first value, or null and why there is none.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="what">What the body is called in Alertmanager's description of its API: <c>alerts</c>.</param>
    /// <param name="refusal">Why there is none.</param>
    public static JsonDocument? Parse(ReadOnlySpan<byte> body, string what, out Refusal? refusal)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        refusal = text.IsEmpty ? Refusal.Required(what) : null;
        if (text.IsEmpty)
        {
            return null;
        }

        // Go is content with a null that goes on: "nullx". The platform is not.
        var reader = new Utf8JsonReader(text.StartsWith("null"u8) ? text[..4] : text, new() { MaxDepth = Depth });
        try
        {
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException e)
        {
            refusal = Refusal.Unreadable(
                $"the {what} in the body are not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"
            );
            return null;
        }
    }

    extension(JsonElement element)
    {
        /// <summary>Its members, with names as <see cref="GoJsonText.FoldName"/> has them; none of a null.</summary>
        public IEnumerable<(string Name, JsonElement Value)> Members(string path, BodyFaults faults)
        {
            foreach (var (name, value) in element.Pairs(path, faults))
            {
                yield return (GoJsonText.FoldName(name), value);
            }
        }

        /// <summary>Its string; null for null and for what is none.</summary>
        public string? Text(string path, BodyFaults faults)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    return GoJsonText.Decode(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
                case JsonValueKind.Null:
                    return null;
                default:
                    faults.WrongKind(path, "a string", element);
                    return null;
            }
        }

        public bool? Boolean(string path, BodyFaults faults)
        {
            if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
            {
                faults.WrongKind(path, "a boolean", element);
            }

            return element.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            };
        }

        public DateTimeOffset? Time(string path, BodyFaults faults)
        {
            if (element.Text(path, faults) is not { } text)
            {
                return null;
            }

            var time = WireTime.Parse(text);
            if (time is null)
            {
                faults.Unreadable(
                    $"{path} in body is no time: {Exchange.Quote(text)}; write it as 2026-01-31T12:00:00.000Z"
                );
            }

            return time;
        }

        /// <summary>
        /// Added to those of the same member given before, as Go fills the map that is there; null makes the whole null.
        /// </summary>
        public List<Label>? Labels(List<Label>? before, string path, BodyFaults faults)
        {
            if (element.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            var labels = before ?? [];
            foreach (var (name, value) in element.Pairs(path, faults))
            {
                // Where it stands is only worth a text where it is wrong.
                var place = value.ValueKind == JsonValueKind.String ? "" : $"{path}.{name}";
                labels.Add(new(name, value.Text(place, faults) ?? ""));
            }

            return labels;
        }

        public IEnumerable<JsonElement> Items(string path, BodyFaults faults)
        {
            if (element.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            {
                faults.WrongKind(path, "an array", element);
            }

            return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
        }

        private IEnumerable<(string Name, JsonElement Value)> Pairs(string path, BodyFaults faults)
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in element.EnumerateObject())
                {
                    yield return (GoJsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)), member.Value);
                }
            }
            else if (element.ValueKind != JsonValueKind.Null)
            {
                faults.WrongKind(path, "an object", element);
            }
        }
    }
}
