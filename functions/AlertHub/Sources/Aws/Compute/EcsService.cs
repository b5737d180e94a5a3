namespace AlertHub.Sources.Aws.Compute;

/// <summary>A service of ECS that cannot place, start or find its tasks; over once it is in a steady state.</summary>
internal static class EcsService
{
    public static AwsKind Kind { get; } = AwsKind.OfEvent("ecs-service", "aws.ecs", ["ECS Service Action"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("eventName") is not { } name || happened.Resource is not { } arn)
        {
            return null;
        }

        var service = AwsWords.Last(arn);
        var outcome =
            happened.Detail.Text("eventType") is "WARN" or "ERROR" ? AwsOutcome.Failed
            : name == "SERVICE_STEADY_STATE" ? AwsOutcome.Succeeded
            : AwsOutcome.Neither;
        var words = name.StartsWith("SERVICE_", StringComparison.Ordinal) ? name["SERVICE_".Length..] : name;
        return AwsStory.Repeated(
            outcome,
            "ECS service",
            arn,
            AwsSeverity.Warning,
            outcome == AwsOutcome.Succeeded ? $"{service} is in a steady state" : $"{service}: {AwsWords.Plain(words)}"
        ) with
        {
            Name = outcome == AwsOutcome.Neither ? "ECS service" : "ECS service impaired",
            State = name,
            Reason = happened.Detail.Text("reason"),
            Resource = service,
            At = happened.Detail.Time("createdAt"),
            ConsolePath = arn.Split('/') is [_, var cluster, _]
                ? $"ecs/v2/clusters/{cluster}/services/{service}/events"
                : null,
            Facts = [new("cluster", AwsWords.Last(happened.Detail.Text("clusterArn")))],
        };
    }
}
