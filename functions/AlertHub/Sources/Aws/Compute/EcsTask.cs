namespace AlertHub.Sources.Aws.Compute;

/// <summary>A task of ECS that stopped though nobody stopped it. One that was started or ended well says nothing is wrong.</summary>
internal static class EcsTask
{
    private const string Service = "service:";

    public static AwsKind Kind { get; } = AwsKind.OfEvent("ecs-task", "aws.ecs", ["ECS Task State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var task = happened.Detail;
        if (task.Text("lastStatus") is not { } status || task.Text("taskArn") is not { } arn)
        {
            return null;
        }

        // A service's task is of the group service:NAME; the service is called by its name elsewhere.
        var group =
            task.Text("group") is { } of && of.StartsWith(Service, StringComparison.Ordinal)
                ? of[Service.Length..]
                : task.Text("group") ?? Arn.Parse(task.Text("taskDefinitionArn"))?.Name ?? "a task";
        var bad = task.Items("containers")
            .FirstOrDefault(static each => each.Text("exitCode") is { } code && code != "0");
        var code = task.Text("stopCode");
        var isFailure =
            status == "STOPPED"
            && (
                bad.Text("exitCode") is not null
                || code is "TaskFailedToStart" or "SpotInterruption" or "TerminationNotice"
            );
        return new()
        {
            Name = isFailure ? "ECS task stopped" : "ECS task",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = status,
            Summary = isFailure
                ? $"A task of {group} stopped: {task.Text("stoppedReason") ?? code}"
                : $"A task of {group} is {status.ToLowerInvariant()}",
            Reason = bad.Text("reason"),
            Resource = group,
            At = task.Time("stoppedAt"),
            ConsolePath = $"ecs/v2/clusters/{AwsWords.Last(task.Text("clusterArn"))}/tasks/{AwsWords.Last(arn)}",
            Facts =
            [
                new("cluster", AwsWords.Last(task.Text("clusterArn"))),
                new("container", bad.Text("name") ?? ""),
                new("exit_code", bad.Text("exitCode") ?? ""),
                new("stop_code", code ?? ""),
            ],
        };
    }
}
