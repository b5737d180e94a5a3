namespace AlertHub.Sources.Aws.Compute;

/// <summary>An instance that runs, stops or ends: whoever did it most often meant it.</summary>
internal static class Ec2Instance
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ec2-instance", "aws.ec2", ["EC2 Instance State-change Notification"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("instance-id") is not { } instance || happened.Detail.Text("state") is not { } state)
        {
            return null;
        }

        return new()
        {
            Name = $"EC2 instance {AwsWords.Plain(state)}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            State = state,
            Summary = $"{instance} is {AwsWords.Plain(state)}",
            Resource = instance,
            ConsolePath = $"ec2/home#InstanceDetails:instanceId={Uri.EscapeDataString(instance)}",
        };
    }
}
