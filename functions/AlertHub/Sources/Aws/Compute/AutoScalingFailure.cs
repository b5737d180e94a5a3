using System.Text.Json;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>An Auto Scaling group that could not start or end an instance; over once it could.</summary>
internal static class AutoScalingFailure
{
    private const string Service = "AWS Auto Scaling";

    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "autoscaling-instance",
                "aws.autoscaling",
                [
                    "EC2 Instance Launch Successful",
                    "EC2 Instance Launch Unsuccessful",
                    "EC2 Instance Terminate Successful",
                    "EC2 Instance Terminate Unsuccessful",
                ],
                static happened =>
                    Tell(
                        happened.Detail,
                        happened.DetailType.Contains("Launch", StringComparison.Ordinal) ? "launch" : "terminate",
                        happened.DetailType.EndsWith("Unsuccessful", StringComparison.Ordinal),
                        $"{happened.Account} {happened.Region}"
                    )
            )
            .OrJson(Tell);

    /// <summary>What a group publishes to the topic in its notification settings.</summary>
    private static AwsStory? Tell(JsonElement notice, AwsMessage message) =>
        notice.Text("Service") != Service
            ? null
            : notice.Text("Event") switch
            {
                "autoscaling:EC2_INSTANCE_LAUNCH" => Tell(notice, "launch", false, Where(message)),
                "autoscaling:EC2_INSTANCE_LAUNCH_ERROR" => Tell(notice, "launch", true, Where(message)),
                "autoscaling:EC2_INSTANCE_TERMINATE" => Tell(notice, "terminate", false, Where(message)),
                "autoscaling:EC2_INSTANCE_TERMINATE_ERROR" => Tell(notice, "terminate", true, Where(message)),
                "autoscaling:TEST_NOTIFICATION" => Test(notice),
                _ => null,
            };

    private static string Where(AwsMessage message) => $"{message.Topic?.Account} {message.Topic?.Region}";

    private static AwsStory? Tell(JsonElement activity, string what, bool isFailure, string where)
    {
        if (activity.Text("AutoScalingGroupName") is not { } group)
        {
            return null;
        }

        return new()
        {
            Name = $"Auto Scaling {what} failed",
            Identity = $"{where} {group} {what}",
            Phase = isFailure ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            State = activity.Text("StatusCode"),
            Summary = isFailure
                ? $"{group} could not {what} an instance"
                : $"{group} {what}{(what[^1] == 'e' ? "d" : "ed")} an instance",
            Description = activity.Text("Cause"),
            Reason = activity.Text("StatusMessage"),
            Resource = group,
            At = activity.Time("EndTime"),
            ConsolePath = $"ec2/home#AutoScalingGroupDetails:id={Uri.EscapeDataString(group)};view=activity",
            Facts = [new("instance", activity.Text("EC2InstanceId") ?? "")],
        };
    }

    private static AwsStory? Test(JsonElement notice) =>
        notice.Text("AutoScalingGroupName") is { } group
            ? new()
            {
                Name = "Auto Scaling test notification",
                Phase = AwsPhase.Happened,
                Severity = AwsSeverity.Info,
                State = "autoscaling:TEST_NOTIFICATION",
                Summary = $"{group} publishes to this topic from now on",
                Resource = group,
                At = notice.Time("Time"),
            }
            : null;
}
