using System.Text.Json;

namespace AlertHub.Aws.Notices;

/// <summary>An alert of a function that stands beside the hub, as the hub's API takes them (<c>POST /api/v2/alerts</c>).</summary>
internal sealed record HubAlert
{
    /// <summary>By which it is told from others; empty values are left out.</summary>
    public required IReadOnlyList<(string Name, string Value)> Labels { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Annotations { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it is over, unless it is told again.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            Write(json, "labels", Labels);
            Write(json, "annotations", Annotations);
            json.WriteString("startsAt", StartsAt);
            json.WriteString("endsAt", EndsAt);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<(string Name, string Value)> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts)
        {
            if (value.Length > 0)
            {
                json.WriteString(key, value);
            }
        }

        json.WriteEndObject();
    }
}
