using System.Text.Json;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>An instance that a lifecycle hook holds until somebody completes the action; over a topic, also the hook's test.</summary>
internal static class AutoScalingLifecycle
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "autoscaling-lifecycle",
                "aws.autoscaling",
                ["EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"],
                static happened => Tell(happened.Detail)
            )
            .OrJson(static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement action)
    {
        if (
            action.Text("AutoScalingGroupName") is not { } group
            || action.Text("LifecycleTransition") is not { } transition
            || action.Text("LifecycleHookName") is not { } hook
        )
        {
            return null;
        }

        var what = transition.Contains("LAUNCH", StringComparison.Ordinal) ? "launch" : "termination";
        var instance = action.Text("EC2InstanceId") ?? "an instance";
        return new()
        {
            Name = "Auto Scaling lifecycle action",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            State = transition,
            Summary = $"{group} holds the {what} of {instance} until {hook} is completed",
            Resource = group,
            At = action.Time("Time"),
            ConsolePath = $"ec2/home#AutoScalingGroupDetails:id={Uri.EscapeDataString(group)};view=instanceManagement",
            Facts =
            [
                new("instance", action.Text("EC2InstanceId") ?? ""),
                new("origin", action.Text("Origin") ?? ""),
                new("destination", action.Text("Destination") ?? ""),
            ],
        };
    }
}
