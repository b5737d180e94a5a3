namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A build: a project whose build failed is wrong until one of it succeeds.</summary>
internal static class CodeBuildBuild
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("codebuild-build", "aws.codebuild", ["CodeBuild Build State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (
            happened.Detail.Text("project-name") is not { } project
            || happened.Detail.Text("build-status") is not { } status
        )
        {
            return null;
        }

        var outcome = status switch
        {
            "FAILED" or "FAULT" or "TIMED_OUT" => AwsOutcome.Failed,
            "SUCCEEDED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        var more = happened.Detail.Member("additional-information") ?? default;
        var failed = more.Items("phases")
            .FirstOrDefault(static phase => phase.Text("phase-status") is "FAILED" or "TIMED_OUT");
        return AwsStory.Repeated(
            outcome,
            "CodeBuild build",
            $"{happened.Account} {happened.Region} {project}",
            AwsSeverity.Warning,
            $"Build of {project}: {AwsWords.Plain(status)}{(failed.Text("phase-type") is { } phase ? $" in {phase}" : "")}"
        ) with
        {
            State = status,
            Reason = failed
                .Items("phase-context")
                .Select(static line => line.AsText())
                .FirstOrDefault(static line => line?.Length > 3),
            Resource = project,
            ConsolePath = $"codesuite/codebuild/projects/{Uri.EscapeDataString(project)}/history",
            Facts =
            [
                new("initiator", more.Text("initiator") ?? ""),
                new("source_version", more.Text("source-version") ?? ""),
                new("build_log_url", more.Member("logs")?.Text("deep-link") ?? ""),
            ],
        };
    }
}
