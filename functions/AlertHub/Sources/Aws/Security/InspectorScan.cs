using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>A scan that Inspector has finished, and how much it found; what it found is told finding by finding besides.</summary>
internal static class InspectorScan
{
    private static readonly string[] Severities = ["CRITICAL", "HIGH", "MEDIUM"];

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("inspector2-scan", "aws.inspector2", ["Inspector2 Scan"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var scan = happened.Detail;
        if (
            scan.Text("scan-status") is not { } status
            || (scan.Text("repository-name") ?? happened.Resource) is not { } scanned
        )
        {
            return null;
        }

        var counts = scan.Member("finding-severity-counts") ?? default;
        var tag = scan.Items("image-tags").Select(static each => each.AsText()).FirstOrDefault();
        var name = scan.Text("repository-name") is null ? AwsWords.Last(scanned) : Repository(scanned);
        return new()
        {
            Name = "Inspector scan",
            Phase = AwsPhase.Happened,
            Severity =
                counts.Number("CRITICAL") > 0 || counts.Number("HIGH") > 0 ? AwsSeverity.Warning : AwsSeverity.Info,
            State = status,
            Summary = $"{name}{(tag is null ? "" : $":{tag}")}: {Found(counts)} ({AwsWords.Plain(status)})",
            Resource = name,
            ConsolePath = "inspector/v2/home#/findings/all",
            Facts = [new("image_digest", scan.Text("image-digest") ?? ""), new("findings", counts.Text("TOTAL") ?? "")],
        };
    }

    /// <summary>Repositories have slashes in their names.</summary>
    private static string Repository(string arn) =>
        Arn.Parse(arn) is { } parsed && parsed.Resource.Split('/', 2) is [_, var name] ? name : arn;

    private static string Found(JsonElement counts)
    {
        var found = Severities
            .Where(severity => counts.Number(severity) > 0)
            .Select(severity => $"{counts.Text(severity)} {AwsWords.Plain(severity)}")
            .ToList();
        return found.Count == 0 ? "nothing of medium severity or worse" : string.Join(", ", found);
    }
}
