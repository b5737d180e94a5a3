namespace AlertHub.Sources.Aws.Messaging;

/// <summary>A job of MediaConvert; each is one of its own.</summary>
internal static class MediaConvertJob
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("mediaconvert-job", "aws.mediaconvert", ["MediaConvert Job State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var job = happened.Detail;
        if (job.Text("jobId") is not { } id || job.Text("status") is not { } status)
        {
            return null;
        }

        var isFailure = status == "ERROR";
        return new()
        {
            Name = isFailure ? "MediaConvert job failed" : "MediaConvert job",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = status,
            Summary = $"Job {id}: {(isFailure ? "failed" : AwsWords.Plain(status))}",
            Reason = job.Text("errorMessage"),
            Resource = AwsWords.Last(job.Text("queue")),
            ConsolePath = $"mediaconvert/home#/jobs/summary/{Uri.EscapeDataString(id)}",
            Facts = [new("error", job.Text("errorCode") ?? "")],
        };
    }
}
