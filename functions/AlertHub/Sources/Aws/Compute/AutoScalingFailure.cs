namespace AlertHub.Sources.Aws.Compute;

/// <summary>An Auto Scaling group that could not start or end an instance; over once it could.</summary>
internal static class AutoScalingFailure
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "autoscaling-instance",
            "aws.autoscaling",
            [
                "EC2 Instance Launch Successful",
                "EC2 Instance Launch Unsuccessful",
                "EC2 Instance Terminate Successful",
                "EC2 Instance Terminate Unsuccessful",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("AutoScalingGroupName") is not { } group)
        {
            return null;
        }

        var isFailure = happened.DetailType.EndsWith("Unsuccessful", StringComparison.Ordinal);
        var what = happened.DetailType.Contains("Launch", StringComparison.Ordinal) ? "launch" : "terminate";
        return new()
        {
            Name = $"Auto Scaling {what} failed",
            Identity = $"{happened.Account} {happened.Region} {group} {what}",
            Phase = isFailure ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            State = happened.Detail.Text("StatusCode"),
            Summary = isFailure ? $"{group} could not {what} an instance" : $"{group} could {what} an instance",
            Description = happened.Detail.Text("StatusMessage"),
            Reason = happened.Detail.Text("Cause"),
            Resource = group,
            At = happened.Detail.Time("EndTime"),
            ConsolePath = $"ec2/home#AutoScalingGroupDetails:id={Uri.EscapeDataString(group)};view=activity",
            Facts = [new("instance", happened.Detail.Text("EC2InstanceId") ?? "")],
        };
    }
}
