using System.Text.Json;
using AlertHub.Notifying;
using AlertHub.Templates;

namespace AlertHub.Channels.Webhook;

/// <summary>
/// JSON whose texts, names included, are templates (<c>payload</c> of a webhook, since 0.32). A text that becomes JSON stands
/// there as such, so that <c>toJson</c> does what it says; any other stands as it was rendered. Alertmanager reads it as YAML
/// and makes an object of "Disk full: db-1" and nothing of "#ops" (github.com/prometheus/alertmanager/issues/5302).
/// </summary>
internal static class PayloadTemplate
{
    /// <summary>YAML allows them, and templates that write lists leave them.</summary>
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>The JSON, or null and what is wrong.</summary>
    public static byte[]? Render(
        JsonElement payload,
        NotificationTemplates templates,
        Notification notification,
        out string? objection
    )
    {
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes);
        objection = Write(payload, json, text => (templates.Render(text, notification, out var fault), fault));
        json.Flush();
        return objection is null ? bytes.ToArray() : null;
    }

    /// <summary>Null, or what is wrong with one of its texts.</summary>
    private static string? Write(JsonElement value, Utf8JsonWriter json, Func<string, (string?, string?)> render)
    {
        string? objection = null;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                (var text, objection) = render(value.GetString() ?? "");
                WriteText(text ?? "", json);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    objection = Write(item, json, render) ?? objection;
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    var (name, fault) = render(member.Name);
                    json.WritePropertyName(name ?? "");
                    objection = Write(member.Value, json, render) ?? fault ?? objection;
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }

        return objection;
    }

    private static void WriteText(string text, Utf8JsonWriter json)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.String)
            {
                document.RootElement.WriteTo(json);
                return;
            }
        }
        catch (JsonException)
        {
            // Text, as most.
        }

        json.WriteStringValue(text);
    }
}
