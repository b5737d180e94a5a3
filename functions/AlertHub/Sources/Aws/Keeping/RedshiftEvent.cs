using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>What an event subscription of Redshift publishes. It has errors and information, and no word for what is over.</summary>
internal static class RedshiftEvent
{
    public static AwsKind Kind { get; } = AwsKind.OfJson("redshift-event", static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement notice)
    {
        var link = notice.Text("About this Event");
        var at = link?.IndexOf("REDSHIFT-EVENT-", StringComparison.Ordinal) ?? -1;
        if (at < 0 || notice.Text("Event Message") is not { } text || notice.Text("Resource")?.Trim() is not { } name)
        {
            return null;
        }

        var isError = notice.Text("Severity") == "ERROR";
        return new()
        {
            Name = isError ? "Redshift error" : "Redshift event",
            Phase = AwsPhase.Happened,
            Severity = isError ? AwsSeverity.Warning : AwsSeverity.Info,
            State = link?[at..].Trim(),
            Summary = text.Contains(name, StringComparison.Ordinal) ? text : $"{name}: {text}",
            Resource = name,
            At = notice.Time("Event Time"),
            ConsolePath = $"redshiftv2/home#cluster-details?cluster={Uri.EscapeDataString(name)}",
            Facts =
            [
                new("source_type", notice.Text("Event Source") ?? ""),
                new("categories", string.Join(", ", notice.Items("Category").Select(static each => each.AsText()))),
            ],
        };
    }
}
