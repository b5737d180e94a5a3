namespace AlertHub.Sources.Aws.Compute;

/// <summary>An instance refresh: a group whose refresh failed runs instances of two kinds until one succeeds.</summary>
internal static class AutoScalingRefresh
{
    private const string Prefix = "EC2 Auto Scaling Instance Refresh ";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "autoscaling-refresh",
            "aws.autoscaling",
            [
                $"{Prefix}Started",
                $"{Prefix}Succeeded",
                $"{Prefix}Failed",
                $"{Prefix}Cancelled",
                $"{Prefix}Checkpoint Reached",
                $"{Prefix}Rollback Started",
                $"{Prefix}Rollback Succeeded",
                $"{Prefix}Rollback Failed",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("AutoScalingGroupName") is not { } group)
        {
            return null;
        }

        var what = happened.DetailType[Prefix.Length..];
        var outcome = what switch
        {
            "Failed" or "Rollback Started" or "Rollback Failed" => AwsOutcome.Failed,
            "Succeeded" or "Rollback Succeeded" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        return AwsStory.Repeated(
            outcome,
            "Auto Scaling instance refresh",
            $"{happened.Account} {happened.Region} {group}",
            AwsSeverity.Warning,
            $"Instance refresh of {group}: {what.ToLowerInvariant()}"
        ) with
        {
            State = what,
            Resource = group,
            ConsolePath = $"ec2/home#AutoScalingGroupDetails:id={Uri.EscapeDataString(group)};view=instanceRefresh",
            Facts = [new("refresh", happened.Detail.Text("InstanceRefreshId") ?? "")],
        };
    }
}
