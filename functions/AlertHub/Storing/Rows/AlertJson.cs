using System.Globalization;
using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Storing.Rows;

/// <summary>Alerts as they are stored. Members that are not known are ignored; what is left out is empty.</summary>
internal static class AlertJson
{
    public static void Write(this Utf8JsonWriter json, TrackedAlert alert)
    {
        json.WriteStartObject();
        WriteMembers(json, alert.Alert);
        json.WriteString("updated"u8, alert.UpdatedAt);
        if (alert.IsTimeout)
        {
            json.WriteBoolean("timeout"u8, true);
        }

        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject();
        WriteMembers(json, alert);
        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Labels labels)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < labels.Count; i++)
        {
            json.WriteString(labels[i].Name, labels[i].Value);
        }

        json.WriteEndObject();
    }

    public static void WriteFingerprint(this Utf8JsonWriter json, ulong fingerprint)
    {
        Span<byte> text = stackalloc byte[16];
        fingerprint.TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);
        json.WriteStringValue(text);
    }

    extension(JsonElement json)
    {
        public TrackedAlert TrackedAlert(Func<string, string> shared) =>
            new()
            {
                Alert = json.Alert(shared),
                UpdatedAt = json.GetProperty("updated"u8).GetDateTimeOffset(),
                IsTimeout = json.TryGetProperty("timeout"u8, out var timeout) && timeout.GetBoolean(),
            };

        public Alert Alert(Func<string, string> shared) =>
            new()
            {
                Labels = json.Labels("labels"u8, shared),
                Annotations = json.Labels("annotations"u8, shared),
                StartsAt = json.GetProperty("starts"u8).GetDateTimeOffset(),
                EndsAt = json.Time("ends"u8),
                GeneratorUrl =
                    json.TryGetProperty("url"u8, out var url) ? new Uri(url.GetString() ?? "", UriKind.Absolute)
                    : json.TryGetProperty("path"u8, out var path) ? new Uri(path.GetString() ?? "", UriKind.Relative)
                    : null,
            };

        /// <param name="name">Of the member.</param>
        /// <param name="shared">One and the same string for equal ones: alerts have most of theirs in common.</param>
        public Labels Labels(ReadOnlySpan<byte> name, Func<string, string> shared)
        {
            if (!json.TryGetProperty(name, out var labels))
            {
                return Alerts.Labels.Empty;
            }

            var pairs = new List<Label>();
            foreach (var member in labels.EnumerateObject())
            {
                pairs.Add(new(shared(member.Name), shared(member.Value.GetString() ?? "")));
            }

            return Alerts.Labels.Of(pairs);
        }

        public DateTimeOffset? Time(ReadOnlySpan<byte> name) =>
            json.TryGetProperty(name, out var time) ? time.GetDateTimeOffset() : null;

        public ulong Fingerprint() =>
            ulong.Parse(json.GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static void WriteMembers(Utf8JsonWriter json, Alert alert)
    {
        json.Write("labels"u8, alert.Labels);
        if (alert.Annotations.Count > 0)
        {
            json.Write("annotations"u8, alert.Annotations);
        }

        json.WriteString("starts"u8, alert.StartsAt);
        if (alert.EndsAt is { } end)
        {
            json.WriteString("ends"u8, end);
        }

        if (alert.GeneratorUrl is { } url)
        {
            json.WriteString(url.IsAbsoluteUri ? "url"u8 : "path"u8, url.OriginalString);
        }
    }
}
