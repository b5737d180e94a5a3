using System.Text.Json;

namespace Hosts.Tests.FlowLogs;

/// <summary>How HEC reads a body: objects one behind the other, taken up to the first that is wrong.</summary>
internal static class HecBody
{
    /// <summary>Ids of the events that are right, and the code of the one behind them; 0 where all are.</summary>
    public static (List<string> Ids, int Code) Read(ReadOnlyMemory<byte> body, Func<string, bool> hasIndex)
    {
        List<string> ids = [];
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                using var json = JsonDocument.ParseValue(ref reader);
                if (Code(json.RootElement, hasIndex) is var code and not 0)
                {
                    return (ids, code);
                }

                ids.Add(Id(json.RootElement));
            }
        }
        catch (JsonException)
        {
            return (ids, 6);
        }

        return (ids, ids.Count == 0 ? 5 : 0);
    }

    /// <summary>Ids of all events whatever is wrong with them.</summary>
    public static List<string> Ids(ReadOnlyMemory<byte> body)
    {
        List<string> ids = [];
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                using var json = JsonDocument.ParseValue(ref reader);
                ids.Add(Id(json.RootElement));
            }
        }
        catch (JsonException)
        {
            ids.Add("?");
        }

        return ids;
    }

    /// <summary>The event, and then its host, stand in where its fields were taken off or are wrong.</summary>
    private static string Id(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? "?"
        : root.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object
            ? Text(fields, "cwl_id") ?? Text(root, "event") ?? Text(root, "host") ?? "?"
        : Text(root, "event") ?? Text(root, "host") ?? "?";

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text)
        && text.ValueKind == JsonValueKind.String
        && text.GetString() is { Length: > 0 } some
            ? some
            : null;

    private static int Code(JsonElement root, Func<string, bool> hasIndex)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return 6;
        }

        if (!root.TryGetProperty("event", out var text))
        {
            return 12;
        }

        if (text.ValueKind == JsonValueKind.Null || (text.ValueKind == JsonValueKind.String && text.GetString() == ""))
        {
            return 13;
        }

        if (root.TryGetProperty("index", out var index) && !hasIndex($"{index}"))
        {
            return 7;
        }

        return
            root.TryGetProperty("fields", out var fields)
            && (
                fields.ValueKind != JsonValueKind.Object
                || fields.EnumerateObject().Any(static f => f.Value.ValueKind is JsonValueKind.Object)
            )
            ? 15
            : 0;
    }
}
