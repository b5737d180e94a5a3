using System.Text.Json;
using AlertHub.Matching;
using AlertHub.Muting;

namespace AlertHub.Storing.Rows;

/// <summary>Silences as they are stored.</summary>
internal static class SilenceJson
{
    public static void Write(this Utf8JsonWriter json, Silence silence)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, silence.Id);
        json.WriteStartArray("matchers"u8);
        foreach (var matcher in silence.Matchers)
        {
            json.WriteStartArray();
            json.WriteStringValue(matcher.Name);
            json.WriteStringValue(matcher.Operator.Text());
            json.WriteStringValue(matcher.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("starts"u8, silence.StartsAt);
        json.WriteString("ends"u8, silence.EndsAt);
        json.WriteString("updated"u8, silence.UpdatedAt);
        json.WriteString("by"u8, silence.CreatedBy);
        json.WriteString("comment"u8, silence.Comment);
        if (silence.Annotations.Count > 0)
        {
            json.Write("annotations"u8, silence.Annotations);
        }

        json.WriteEndObject();
    }

    public static Silence Silence(this JsonElement json) =>
        new()
        {
            Id = json.Text("id"u8),
            Matchers = [.. json.GetProperty("matchers"u8).EnumerateArray().Select(Matcher)],
            StartsAt = json.GetProperty("starts"u8).GetDateTimeOffset(),
            EndsAt = json.GetProperty("ends"u8).GetDateTimeOffset(),
            UpdatedAt = json.GetProperty("updated"u8).GetDateTimeOffset(),
            CreatedBy = json.Text("by"u8),
            Comment = json.Text("comment"u8),
            Annotations = json.Labels("annotations"u8, static text => text),
        };

    private static Matcher Matcher(JsonElement json) =>
        Matching.Matcher.Create(
            json[0].GetString() ?? "",
            Operator(json[1].GetString()),
            json[2].GetString() ?? "",
            out var objection
        ) ?? throw new FormatException(objection);

    private static MatchOperator Operator(string? text) =>
        Enum.GetValues<MatchOperator>().First(each => each.Text() == text);

    private static string Text(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
