namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A pipeline's execution: one that failed is wrong until one of the same pipeline succeeds.</summary>
internal static class CodePipelineExecution
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "codepipeline-execution",
            "aws.codepipeline",
            ["CodePipeline Pipeline Execution State Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("pipeline") is not { } pipeline || happened.Detail.Text("state") is not { } state)
        {
            return null;
        }

        var isFailure = state is "FAILED";
        var isSuccess = state is "SUCCEEDED";
        return new()
        {
            Name = isFailure || isSuccess ? "CodePipeline execution failed" : "CodePipeline execution",
            Identity = isFailure || isSuccess ? happened.Resource ?? pipeline : null,
            Phase =
                isFailure ? AwsPhase.Begins
                : isSuccess ? AwsPhase.Ends
                : AwsPhase.Happened,
            Severity = isFailure || isSuccess ? AwsSeverity.Warning : AwsSeverity.Info,
            State = state,
            Summary = $"Pipeline {pipeline}: {state.ToLowerInvariant()}",
            Resource = pipeline,
            ConsolePath = $"codesuite/codepipeline/pipelines/{Uri.EscapeDataString(pipeline)}/view",
            Facts =
            [
                new("execution", happened.Detail.Text("execution-id") ?? ""),
                new("trigger", happened.Detail.Member("execution-trigger")?.Text("trigger-type") ?? ""),
            ],
        };
    }
}
