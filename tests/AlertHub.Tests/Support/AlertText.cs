using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Sources;

namespace AlertHub.Tests.Support;

/// <summary>What was read of a message, as text for Approved/.</summary>
internal static class AlertText
{
    public static string Of(IEnumerable<(Inbound Inbound, Reading Reading)> messages, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var (inbound, reading) in messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"message: {reading.Kind}\n");
            Line("id", inbound.Id);
            Line("queue message", inbound.Queue?.MessageId);
            Line("queue", inbound.Queue?.QueueArn);
            Line("topic", inbound.Topic);
            Line("subject", inbound.Subject);
            Line("group labels", reading.GroupLabels.Count == 0 ? null : reading.GroupLabels.ToString());
            Line("external URL", reading.ExternalUrl?.OriginalString);
            Line("alerts left out by the sender", reading.TruncatedAlerts == 0 ? null : $"{reading.TruncatedAlerts}");
            foreach (
                var (alert, isTold) in reading
                    .Alerts.Select(static a => (a, true))
                    .Concat(reading.Endings.Select(static a => (a, false)))
            )
            {
                text.Append(isTold ? "" : "\n  and with it");
                text.Append(CultureInfo.InvariantCulture, $"\n  {alert.Status(now)} {alert.Labels.FingerprintText}");
                text.Append(CultureInfo.InvariantCulture, $" from {alert.StartsAt:O}");
                text.Append(alert.EndsAt is { } end ? $" to {end:O}\n" : "\n");
                Line("  generator URL", alert.GeneratorUrl?.OriginalString);
                Set("labels", alert.Labels);
                Set("annotations", alert.Annotations);
            }

            text.Append('\n');
        }

        return text.ToString();

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {name}: {Visible(value)}\n");
            }
        }

        void Set(string name, Labels labels)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {name}\n");
            foreach (var (key, value) in labels)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {Visible(key)} = {Visible(value)}\n");
            }
        }
    }

    /// <summary>Lines stay lines; what an editor hides is escaped; the middle of what nobody would read is left out.</summary>
    private static string Visible(string value)
    {
        var shown = value.Length <= 4000 ? value : value[..200];
        var text = new StringBuilder();
        foreach (var rune in shown.EnumerateRunes())
        {
            _ = Rune.GetUnicodeCategory(rune) switch
            {
                _ when rune.Value == '\n' => text.Append("\n        "),
                UnicodeCategory.Control or UnicodeCategory.Format => text.Append(null, $"\\u{{{rune.Value:x}}}"),
                _ => text.Append(rune.ToString()),
            };
        }

        return shown.Length == value.Length ? text.ToString() : $"{text}… ({value.Length} characters)";
    }
}
