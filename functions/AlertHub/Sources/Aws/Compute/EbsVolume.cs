namespace AlertHub.Sources.Aws.Compute;

/// <summary>What EBS did to a volume or a snapshot; a volume whose snapshot failed is unprotected until one of it succeeds.</summary>
internal static class EbsVolume
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "ebs-volume",
            "aws.ec2",
            ["EBS Volume Notification", "EBS Snapshot Notification", "EBS Multi-Volume Snapshots Completion Status"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("event") is not { } done || happened.Detail.Text("result") is not { } result)
        {
            return null;
        }

        var isSnapshot = happened.DetailType.Contains("Snapshot", StringComparison.Ordinal);
        // A volume that could not be made or attached is an event of its own: the next one is another volume.
        var source = isSnapshot ? happened.Detail.Text("source") : null;
        var resource = AwsWords.Last(source ?? happened.Resource);
        return AwsStory.Repeated(
            result switch
            {
                "failed" => AwsOutcome.Failed,
                "succeeded" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            isSnapshot ? "EBS snapshot" : "EBS volume",
            source is null ? null : $"{done} {source}",
            AwsSeverity.Warning,
            $"{AwsWords.Sentence(AwsWords.Plain(done))}{(isSnapshot ? " of" : "")} {(resource.Length > 0 ? resource : "a volume")}: {AwsWords.Plain(result)}"
        ) with
        {
            State = result,
            Reason = happened.Detail.Text("cause"),
            Resource = resource,
            At = happened.Detail.Time("endTime"),
            ConsolePath = isSnapshot ? "ec2/home#Snapshots:" : $"ec2/home#VolumeDetails:volumeId={resource}",
            Facts = [new("snapshot", AwsWords.Last(happened.Detail.Text("snapshot_id")))],
        };
    }
}
