namespace AlertHub.Sources.Aws.Delivery;

/// <summary>What people do in a repository: branches, pull requests, comments.</summary>
internal static class CodeCommitChange
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "codecommit-change",
            "aws.codecommit",
            [
                "CodeCommit Repository State Change",
                "CodeCommit Pull Request State Change",
                "CodeCommit Comment on Pull Request",
                "CodeCommit Comment on Commit",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("event") is not { } what)
        {
            return null;
        }

        var repository =
            detail.Text("repositoryName")
            ?? detail.Items("repositoryNames").Select(static each => each.AsText()).FirstOrDefault()
            ?? AwsWords.Last(happened.Resource);
        var request = detail.Text("pullRequestId");
        var who = AwsWords.Last(detail.Text("callerUserArn"));
        return new()
        {
            Name = Name(happened.DetailType),
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            State = what,
            Summary =
                $"{repository}: {AwsWords.Plain(what)}{About(detail.Text("referenceName"), request, detail.Text("title"))}{(who.Length > 0 ? $" by {who}" : "")}",
            Resource = repository,
            ConsolePath =
                $"codesuite/codecommit/repositories/{Uri.EscapeDataString(repository)}/"
                + (request is null ? "commits" : $"pull-requests/{Uri.EscapeDataString(request)}/details"),
            Facts = [new("commit", detail.Text("commitId") ?? detail.Text("afterCommitId") ?? "")],
        };
    }

    /// <summary><c>CodeCommit Pull Request State Change</c> is of a CodeCommit pull request.</summary>
    private static string Name(string detailType) =>
        $"CodeCommit {detailType["CodeCommit ".Length..].Replace(" State Change", "", StringComparison.Ordinal).ToLowerInvariant()}";

    private static string About(string? reference, string? request, string? title) =>
        reference is not null ? $" ({reference})"
        : request is not null ? $" ({request}{(title is null ? "" : $", \"{title}\"")})"
        : "";
}
