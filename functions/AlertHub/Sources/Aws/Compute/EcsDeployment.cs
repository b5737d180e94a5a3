namespace AlertHub.Sources.Aws.Compute;

/// <summary>A deployment of an ECS service: one that failed is wrong until one of the same service is completed.</summary>
internal static class EcsDeployment
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ecs-deployment", "aws.ecs", ["ECS Deployment State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("eventName") is not { } name || happened.Resource is not { } arn)
        {
            return null;
        }

        var service = arn.Split('/')[^1];
        var (isFailure, isSuccess) = (name == "SERVICE_DEPLOYMENT_FAILED", name == "SERVICE_DEPLOYMENT_COMPLETED");
        return new()
        {
            Name = isFailure || isSuccess ? "ECS deployment failed" : "ECS deployment",
            Identity = isFailure || isSuccess ? arn : null,
            Phase =
                isFailure ? AwsPhase.Begins
                : isSuccess ? AwsPhase.Ends
                : AwsPhase.Happened,
            Severity = isFailure || isSuccess ? AwsSeverity.Critical : AwsSeverity.Info,
            State = name,
            Summary =
                isFailure ? $"The deployment of {service} failed"
                : isSuccess ? $"The deployment of {service} is completed"
                : $"The deployment of {service} is in progress",
            Reason = happened.Detail.Text("reason"),
            Resource = service,
            At = happened.Detail.Time("updatedAt"),
            ConsolePath = arn.Split('/') is [_, var cluster, _]
                ? $"ecs/v2/clusters/{cluster}/services/{service}/deployments"
                : null,
            Facts = [new("deployment", happened.Detail.Text("deploymentId") ?? "")],
        };
    }
}
