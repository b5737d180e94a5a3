namespace AlertHub.Sources.Aws.Keeping;

/// <summary>DataSync: a task whose execution failed is wrong until one succeeds, an agent until it is online.</summary>
internal static class DataSyncTask
{
    private const string Agent = "DataSync Agent State Change";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("datasync-task", "aws.datasync", ["DataSync Task Execution State Change", Agent], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("State") is not { } state || happened.Resource is not { } arn)
        {
            return null;
        }

        // arn:aws:datasync:region:account:task/task-1/execution/exec-1
        var parts = arn.Split('/');
        var name = parts.Length > 1 ? parts[1] : arn;
        var isAgent = happened.DetailType == Agent;
        var outcome = state switch
        {
            "ERROR" or "OFFLINE" => AwsOutcome.Failed,
            "SUCCESS" or "ONLINE" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        var story = AwsStory.Repeated(
            outcome,
            isAgent ? "DataSync agent" : "DataSync task",
            $"{happened.Account} {happened.Region} {name}",
            AwsSeverity.Warning,
            isAgent ? $"Agent {name} is {AwsWords.Plain(state)}" : $"Task {name}: {Words(outcome, state)}"
        );
        return story with
        {
            Name = isAgent && outcome != AwsOutcome.Neither ? "DataSync agent offline" : story.Name,
            State = state,
            Resource = name,
            ConsolePath = isAgent ? $"datasync/home#/agents/{name}" : $"datasync/home#/tasks/{name}",
            Facts = [new("execution", parts.Length > 3 ? parts[3] : "")],
        };
    }

    private static string Words(AwsOutcome outcome, string state) =>
        outcome switch
        {
            AwsOutcome.Failed => "failed",
            AwsOutcome.Succeeded => "succeeded",
            _ => AwsWords.Plain(state),
        };
}
