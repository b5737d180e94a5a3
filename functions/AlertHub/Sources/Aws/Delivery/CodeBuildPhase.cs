namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A phase of a build that is over. Whether the build has failed its own event says.</summary>
internal static class CodeBuildPhase
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("codebuild-phase", "aws.codebuild", ["CodeBuild Build Phase Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (
            detail.Text("project-name") is not { } project
            || detail.Text("completed-phase") is not { } phase
            || detail.Text("completed-phase-status") is not { } status
        )
        {
            return null;
        }

        var isFailure = status is "FAILED" or "FAULT" or "TIMED_OUT" or "CLIENT_ERROR";
        return new()
        {
            Name = isFailure ? "CodeBuild phase failed" : "CodeBuild phase",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = status,
            Summary = $"Phase {phase} of {project}: {AwsWords.Plain(status)}",
            // "[]", "[: ]" and the like where there is nothing to say.
            Reason = detail.Text("completed-phase-context")?.Trim('[', ']', ':', ' ') is { Length: > 0 } why
                ? why
                : null,
            Resource = project,
            ConsolePath = $"codesuite/codebuild/projects/{Uri.EscapeDataString(project)}/history",
            Facts =
            [
                new("build", AwsWords.Last(detail.Text("build-id"))),
                new("seconds", detail.Text("completed-phase-duration-seconds") ?? ""),
                new("build_log_url", detail.Member("additional-information", "logs")?.Text("deep-link") ?? ""),
            ],
        };
    }
}
