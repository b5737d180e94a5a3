using System.Globalization;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>
/// The image that a tag of a repository stands for: wrong while the last one scanned has critical or high findings, until it is
/// deleted. What else is done with images is told of.
/// </summary>
internal static class EcrImage
{
    private const string Scan = "ECR Image Scan";

    private const string Findings = "ECR image has findings";

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

        string[] tags =
        [
            .. image
                .Items("image-tags")
                .Select(static each => each.AsText())
                .Prepend(image.Text("image-tag"))
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
        var digest = image.Text("image-digest");
        var name = tags.Length == 0 ? repository : $"{repository}:{tags[0]}";
        string[] identities =
        [
            .. tags.Select(tag => $"{happened.Account} {happened.Region} {repository}:{tag}"),
            $"{happened.Account} {happened.Region} {repository}@{digest}",
        ];
        return
            (happened.DetailType == Scan ? Scanned(happened, name, identities) : Done(happened, name, identities))
                is { } story
            ? story with
            {
                Resource = repository,
                ConsolePath = $"ecr/repositories/private/{happened.Account}/{Uri.EscapeDataString(repository)}",
                Facts = [.. story.Facts, new("tag", string.Join(", ", tags)), new("digest", digest ?? "")],
            }
            : null;
    }

    /// <param name="happened">A scan.</param>
    /// <param name="name">Of the image.</param>
    /// <param name="identities">Each tag's, and the image's own. By the first it is told; what is clean is so by any of them.</param>
    private static AwsStory? Scanned(AwsEvent happened, string name, string[] identities)
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
            Name = Findings,
            Identity = identities[0],
            Phase = isBad ? AwsPhase.Begins : AwsPhase.Ends,
            Endings = isBad ? [] : Over(identities.Skip(1)),
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

    private static AwsEnding[] Over(IEnumerable<string> identities) =>
        [.. identities.Select(static each => new AwsEnding(Findings, AwsSeverity.Warning, each))];

    private static AwsStory Done(AwsEvent happened, string name, string[] identities)
    {
        var image = happened.Detail;
        var (what, done) = happened.DetailType switch
        {
            "ECR Replication Action" => ("Replication", "replicated"),
            "ECR Pull Through Cache Action" => ("Pull through cache", "pulled through the cache"),
            _ => image.Text("action-type") switch
            {
                "PUSH" => ("Push", "pushed"),
                "DELETE" => ("Deletion", "deleted"),
                var other => (other is null ? "Action" : AwsWords.Plain(other), null),
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
            Endings = what == "Deletion" && !isFailure ? Over(identities) : [],
            Summary =
                result == "SUCCESS" && done is not null
                    ? $"{name} was {done}"
                    : $"{what} of {name}{AwsWords.Behind(result?.ToLowerInvariant())}",
            Reason = image.Text("failure-reason"),
            Facts = [new("upstream", image.Text("upstream-registry-url") ?? "")],
        };
    }
}
