namespace AlertHub.Sources.Aws.Compute;

/// <summary>An execution of Step Functions: a machine whose execution failed is wrong until one of it succeeds.</summary>
internal static class StateMachineExecution
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("states-execution", "aws.states", ["Step Functions Execution Status Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var execution = happened.Detail;
        if (execution.Text("stateMachineArn") is not { } machine || execution.Text("status") is not { } status)
        {
            return null;
        }

        var name = machine.Split(':')[^1];
        var outcome = status switch
        {
            "FAILED" or "TIMED_OUT" or "ABORTED" => AwsOutcome.Failed,
            "SUCCEEDED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        return AwsStory.Repeated(
            outcome,
            "Step Functions execution",
            machine,
            AwsSeverity.Warning,
            $"{name}: {AwsWords.Plain(status)}{(execution.Text("error") is { } error ? $", {error}" : "")}"
        ) with
        {
            State = status,
            Reason = execution.Text("cause"),
            Resource = name,
            ConsolePath = execution.Text("executionArn") is { } arn
                ? $"states/home#/v2/executions/details/{Uri.EscapeDataString(arn)}"
                : null,
            Facts = [new("execution", execution.Text("name") ?? "")],
        };
    }
}
