using System.Globalization;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>
/// The last image of a repository that was scanned: wrong while it has critical or high findings. What else is done with
/// images is told of.
/// </summary>
internal static class EcrImage
{
    private const string Scan = "ECR Image Scan";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "ecr-image",
            "aws.ecr",
            [Scan, "ECR Image Action", "ECR Replication Action", "ECR Pull Through Cache Action"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var image = happened.Detail;
        if (image.Text("repository-name") is not { } repository)
        {
            return null;
        }

        var tag =
            image.Text("image-tag")
            ?? image
                .Items("image-tags")
                .Select(static each => each.AsText())
                .FirstOrDefault(static each => each is not null);
        var name = tag is null ? repository : $"{repository}:{tag}";
        return (happened.DetailType == Scan ? Scanned(happened, repository, name) : Done(happened, name)) is { } story
            ? story with
            {
                Resource = repository,
                ConsolePath = $"ecr/repositories/private/{happened.Account}/{Uri.EscapeDataString(repository)}",
                Facts = [.. story.Facts, new("tag", tag ?? ""), new("digest", image.Text("image-digest") ?? "")],
            }
            : null;
    }

    private static AwsStory? Scanned(AwsEvent happened, string repository, string name)
    {
        if (happened.Detail.Text("scan-status") is not { } status)
        {
            return null;
        }

        if (status != "COMPLETE")
        {
            return new()
            {
                Name = "ECR image scan failed",
                Phase = AwsPhase.Happened,
                Severity = AwsSeverity.Warning,
                State = status,
                Summary = $"The scan of {name}: {AwsWords.Plain(status)}",
            };
        }

        var counts = happened.Detail.Member("finding-severity-counts") ?? default;
        var (critical, high) = (counts.Number("CRITICAL") ?? 0, counts.Number("HIGH") ?? 0);
        var found = string.Join(
            ", ",
            counts.Texts().Select(static each => $"{each.Value} {each.Key.ToLowerInvariant()}")
        );
        var isBad = critical > 0 || high > 0;
        return new()
        {
            Name = "ECR image has findings",
            Identity = $"{happened.Account} {happened.Region} {repository}",
            Phase = isBad ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            Summary = isBad
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} has {critical} critical and {high} high findings"
                )
                : $"{name} has no critical or high findings",
            Facts = [new("findings", found)],
        };
    }

    private static AwsStory Done(AwsEvent happened, string name)
    {
        var image = happened.Detail;
        var what = happened.DetailType switch
        {
            "ECR Replication Action" => "Replication",
            "ECR Pull Through Cache Action" => "Pull through cache",
            _ => image.Text("action-type") switch
            {
                "PUSH" => "Push",
                "DELETE" => "Deletion",
                var other => other is null ? "Action" : AwsWords.Plain(other),
            },
        };
        var result = image.Text("result") ?? image.Text("sync-status");
        var isFailure = result?.StartsWith("FAIL", StringComparison.Ordinal) == true;
        return new()
        {
            Name = isFailure ? $"ECR {what.ToLowerInvariant()} failed" : $"ECR {what.ToLowerInvariant()}",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = result,
            Summary = $"{what} of {name}{AwsWords.Behind(result?.ToLowerInvariant())}",
            Reason = image.Text("failure-reason"),
            Facts = [new("upstream", image.Text("upstream-registry-url") ?? "")],
        };
    }
}
