using System.Text;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>
/// The text that Alertmanager, Amazon Managed Prometheus and Grafana publish to SNS unless they are given another template:
/// https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-config.html. Its alerts are the same
/// as by webhook, since labels are all that tells them.
/// </summary>
internal static class AlertmanagerText
{
    /// <summary>What follows them on the line, and the annotation it becomes.</summary>
    private static readonly (string Start, string Annotation)[] Additions =
    [
        ("Value:", "value"),
        ("Silence:", "silence_url"),
        ("Dashboard:", Annotation.DashboardUrl),
        ("Panel:", "panel_url"),
    ];

    private sealed class Open(bool isFiring)
    {
        public bool IsFiring { get; } = isFiring;

        /// <summary>Names and the lines of their values.</summary>
        public List<(string Name, StringBuilder Value)> Labels { get; } = [];

        public List<(string Name, StringBuilder Value)> Annotations { get; } = [];

        public string? Source { get; set; }
    }

    /// <summary>Null where it is no such text.</summary>
    public static Reading? Read(string text, DateTimeOffset now)
    {
        Alert[] alerts =
        [
            .. Split(text).Where(static open => open.Labels.Count > 0).Select(open => ToAlert(open, now)),
        ];
        return alerts.Length == 0
            ? null
            : new()
            {
                Kind = "alertmanager-text",
                Alerts = alerts,
                TellsEnds = true,
            };
    }

    private static List<Open> Split(string text)
    {
        List<Open> all = [];
        bool? isFiring = null;
        var inLabels = false;
        List<(string, StringBuilder)> value = [];
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line is "Alerts Firing:" or "**Firing**" or "Alerts Resolved:" or "**Resolved**")
            {
                isFiring = line.Contains("Firing", StringComparison.Ordinal);
            }
            else if (isFiring is not { } firing)
            {
                continue;
            }
            else if (line == "Labels:")
            {
                all.Add(new(firing));
                all[^1].Annotations.AddRange(value);
                value.Clear();
                inLabels = true;
            }
            else if (line == "Annotations:")
            {
                inLabels = false;
            }
            else if (
                Array.Find(Additions, each => line.StartsWith(each.Start, StringComparison.Ordinal)) is
                { Start: { } start } addition
            )
            {
                // Grafana writes the value before the labels, and all else behind them.
                (addition.Annotation == "value" ? value : all.LastOrDefault()?.Annotations)?.Add(
                    (addition.Annotation, new(line[start.Length..].Trim()))
                );
            }
            else if (all is [.., var open])
            {
                Add(open, line, inLabels);
            }
        }

        return all;
    }

    private static void Add(Open open, string line, bool inLabels)
    {
        var pairs = inLabels ? open.Labels : open.Annotations;
        if (line.StartsWith("Source:", StringComparison.Ordinal))
        {
            open.Source = line["Source:".Length..].Trim();
        }
        else if (line.StartsWith("- ", StringComparison.Ordinal) && line[2..].Split(" = ", 2) is [var name, var value])
        {
            pairs.Add((name, new(value)));
        }
        else if (line.Length > 0 && pairs is [.., var last])
        {
            // Values go on over lines.
            last.Value.Append('\n').Append(line);
        }
    }

    private static Alert ToAlert(Open open, DateTimeOffset now) =>
        new()
        {
            Labels = Labels.Of(Texts(open.Labels)).WithoutEmpty(),
            Annotations = Labels.Of(Texts(open.Annotations)).WithoutEmpty(),
            StartsAt = now,
            EndsAt = open.IsFiring ? null : now,
            GeneratorUrl =
                Uri.TryCreate(open.Source, UriKind.Absolute, out var link) && link.Scheme is "http" or "https"
                    ? link
                    : null,
        };

    private static IEnumerable<Label> Texts(IEnumerable<(string Name, StringBuilder Value)> pairs) =>
        pairs.Select(static pair => new Label(pair.Name, $"{pair.Value}"));
}
