namespace AlertHub.Sources.Aws.Compute;

/// <summary>EC2 gives a spot instance, takes one back in two minutes, or thinks that it soon may.</summary>
internal static class SpotInterruption
{
    private const string Warning = "EC2 Spot Instance Interruption Warning";
    private const string Fulfilled = "EC2 Spot Instance Request Fulfillment";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ec2-spot", "aws.ec2", [Warning, Fulfilled, "EC2 Instance Rebalance Recommendation"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("instance-id") is not { } instance)
        {
            return null;
        }

        var isTaken = happened.DetailType == Warning;
        var isGiven = happened.DetailType == Fulfilled;
        var request = happened.Detail.Text("spot-instance-request-id");
        return new()
        {
            Name =
                isTaken ? "EC2 spot instance interrupted"
                : isGiven ? "EC2 spot request fulfilled"
                : "EC2 rebalance recommended",
            Phase = AwsPhase.Happened,
            Severity = isTaken ? AwsSeverity.Warning : AwsSeverity.Info,
            State = happened.Detail.Text("instance-action"),
            Summary =
                isTaken
                    ? $"EC2 takes {instance} back within two minutes ({happened.Detail.Text("instance-action") ?? "terminate"})"
                : isGiven ? $"{instance} is there for the request {request ?? "of a spot instance"}"
                : $"{instance} is likely to be taken back soon",
            Resource = instance,
            ConsolePath = $"ec2/home#InstanceDetails:instanceId={Uri.EscapeDataString(instance)}",
            Facts = [new("request", request ?? "")],
        };
    }
}
