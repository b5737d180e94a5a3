using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertHub.Lambda.Configuration;

/// <summary>Configurations, and what is said of them, as JSON.</summary>
internal static class ConfigAnswers
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A version and what it says.</summary>
    public static void Write(IBufferWriter<byte> body, ConfigEntry entry, ConfigText text)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        Write(json, entry);
        json.WriteString("alertmanager", text.Alertmanager);
        if (text.Hub is { } hub)
        {
            json.WriteString("hub", hub);
        }

        json.WriteStartObject("templates");
        foreach (var (name, content) in text.Templates)
        {
            json.WriteString(name, content);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>All versions that are kept, the newest first.</summary>
    public static void Write(IBufferWriter<byte> body, ConfigHistory history)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartArray();
        foreach (var entry in history.Entries.Reverse())
        {
            json.WriteStartObject();
            Write(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(IBufferWriter<byte> body, ConfigOutcome.Accepted accepted)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        Write(json, accepted.Entry);
        Write(json, "warnings", accepted.Warnings);
        json.WriteEndObject();
    }

    /// <summary>What is wrong with a configuration, and what else is to be said of it.</summary>
    public static void Write(IBufferWriter<byte> body, ConfigCheck check)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        Write(json, "objections", check.Objections);
        Write(json, "warnings", check.Warnings);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ConfigEntry entry)
    {
        json.WriteNumber("version", entry.Version);
        json.WriteString("at", entry.At);
        json.WriteString("by", entry.By);
        json.WriteString("note", entry.Note);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> sentences)
    {
        json.WriteStartArray(name);
        foreach (var sentence in sentences)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
    }
}
