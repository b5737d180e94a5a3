namespace AlertHub.Sources.Aws.Compute;

/// <summary>An instance whose ECS agent is not connected gets no tasks; over once it is, or the instance is gone.</summary>
internal static class EcsContainerInstance
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ecs-container-instance", "aws.ecs", ["ECS Container Instance State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var instance = happened.Detail;
        if (
            instance.Text("containerInstanceArn") is not { } arn
            || instance.Text("agentConnected") is not { } connected
        )
        {
            return null;
        }

        var status = instance.Text("status") ?? "ACTIVE";
        var isLost = connected == "false" && status is ("ACTIVE" or "DRAINING");
        var cluster = AwsWords.Last(instance.Text("clusterArn"));
        var name = instance.Text("ec2InstanceId") ?? AwsWords.Last(arn);
        return new()
        {
            Name = "ECS agent disconnected",
            Identity = arn,
            Phase = isLost ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            State =
                status != "ACTIVE" ? status
                : isLost ? "DISCONNECTED"
                : "CONNECTED",
            Summary = isLost
                ? $"The ECS agent of {name} in {cluster} is not connected"
                : $"The ECS agent of {name} in {cluster} is {(status == "ACTIVE" ? "connected" : AwsWords.Plain(status))}",
            Resource = name,
            At = instance.Time("updatedAt"),
            ConsolePath = $"ecs/v2/clusters/{cluster}/infrastructure/container-instances/{AwsWords.Last(arn)}",
            Facts = [new("cluster", cluster)],
        };
    }
}
