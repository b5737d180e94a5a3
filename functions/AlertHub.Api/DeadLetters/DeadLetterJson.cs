using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Api.DeadLetters;

/// <summary>Dead letters as JSON.</summary>
internal static class DeadLetterJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> body, IReadOnlyList<DeadLetter> letters)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartArray();
        foreach (var letter in letters)
        {
            Write(json, letter);
        }

        json.WriteEndArray();
    }

    /// <summary>How many are sent once more.</summary>
    public static void WriteRevived(IBufferWriter<byte> body, int count)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteNumber("resent", count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DeadLetter letter)
    {
        var delivery = letter.Delivery;
        json.WriteStartObject();
        json.WriteString("id", letter.Id);
        json.WriteString("receiver", letter.Group.Receiver);
        json.WriteString("integration", $"{delivery.Integration}");
        json.WriteString("groupKey", letter.Group.Key);
        json.WriteString("notificationReason", delivery.Reason.Text());
        json.WriteString("objection", delivery.Objection);
        json.WriteNumber("attempts", delivery.Attempts);
        json.WriteString("since", delivery.Since);
        json.WriteString("diedAt", delivery.DiedAt ?? delivery.Since);
        json.WriteStartArray("alerts");
        foreach (var alert in delivery.Alerts)
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", alert.Labels.FingerprintText);
            json.WriteString("status", alert.Status(delivery.Now) == AlertStatus.Firing ? "firing" : "resolved");
            json.WriteStartObject("labels");
            foreach (var (name, value) in alert.Labels)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
