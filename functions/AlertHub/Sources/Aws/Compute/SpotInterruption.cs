namespace AlertHub.Sources.Aws.Compute;

/// <summary>EC2 takes an instance back in two minutes, or thinks that it soon may.</summary>
internal static class SpotInterruption
{
    private const string Warning = "EC2 Spot Instance Interruption Warning";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ec2-spot", "aws.ec2", [Warning, "EC2 Instance Rebalance Recommendation"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("instance-id") is not { } instance)
        {
            return null;
        }

        var isTaken = happened.DetailType == Warning;
        return new()
        {
            Name = isTaken ? "EC2 spot instance interrupted" : "EC2 rebalance recommended",
            Phase = AwsPhase.Happened,
            Severity = isTaken ? AwsSeverity.Warning : AwsSeverity.Info,
            State = happened.Detail.Text("instance-action"),
            Summary = isTaken
                ? $"EC2 takes {instance} back within two minutes ({happened.Detail.Text("instance-action") ?? "terminate"})"
                : $"{instance} is likely to be taken back soon",
            Resource = instance,
            ConsolePath = $"ec2/home#InstanceDetails:instanceId={Uri.EscapeDataString(instance)}",
        };
    }
}
