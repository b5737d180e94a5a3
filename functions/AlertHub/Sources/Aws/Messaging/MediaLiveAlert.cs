namespace AlertHub.Sources.Aws.Messaging;

/// <summary>An alert of a channel or a multiplex of MediaLive, over once it is cleared.</summary>
internal static class MediaLiveAlert
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "medialive-alert",
            "aws.medialive",
            ["MediaLive Channel Alert", "MediaLive Multiplex Alert"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var alert = happened.Detail;
        var arn = alert.Text("channel_arn") ?? alert.Text("multiplex_arn") ?? happened.Resource;
        // Cleared alerts may come without their message, which says what was wrong.
        if (alert.Text("alarm_state") is not { } state || alert.Text("alert_type") is not { } type || arn is null)
        {
            return null;
        }

        var channel = AwsWords.Last(arn);
        var pipeline = alert.Text("pipeline");
        var isOver = state == "CLEARED";
        return new()
        {
            Name = $"MediaLive {type}",
            Identity = $"{arn} {alert.Text("alarm_id") ?? type} {pipeline}",
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Critical,
            State = state,
            Summary =
                $"Channel {channel}{(pipeline is null ? "" : $", pipeline {pipeline}")}: {type}{(isOver ? " no more" : "")}",
            Reason = isOver ? null : alert.Text("message"),
            Resource = channel,
            ConsolePath = $"medialive/home#/channels/{Uri.EscapeDataString(channel)}",
        };
    }
}
