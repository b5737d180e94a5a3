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
        var (outcome, words) = name switch
        {
            "SERVICE_DEPLOYMENT_FAILED" => (AwsOutcome.Failed, "failed"),
            "SERVICE_DEPLOYMENT_COMPLETED" => (AwsOutcome.Succeeded, "is completed"),
            _ => (AwsOutcome.Neither, "is in progress"),
        };
        return AwsStory.Repeated(
            outcome,
            "ECS deployment",
            arn,
            AwsSeverity.Critical,
            $"The deployment of {service} {words}"
        ) with
        {
            State = name,
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
