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

        var outcome = state switch
        {
            "FAILED" => AwsOutcome.Failed,
            "SUCCEEDED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        return AwsStory.Repeated(
            outcome,
            "CodePipeline execution",
            happened.Resource ?? pipeline,
            AwsSeverity.Warning,
            $"Pipeline {pipeline}: {state.ToLowerInvariant()}"
        ) with
        {
            State = state,
            Reason = CodePipelineStep.Additional(happened),
            Resource = pipeline,
            ConsolePath = CodePipelineStep.Page(pipeline),
            Facts =
            [
                new("failed_stage", happened.Additional.Text("failedStage") ?? ""),
                new("execution", happened.Detail.Text("execution-id") ?? ""),
                new("trigger", happened.Detail.Member("execution-trigger")?.Text("trigger-type") ?? ""),
            ],
        };
    }
}
