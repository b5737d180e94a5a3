namespace AlertHub.Sources.Aws.Compute;

/// <summary>A queue of AWS Batch whose first job cannot run, and holds up those behind it. Batch does not say when it is over.</summary>
internal static class BatchQueue
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("batch-queue", "aws.batch", ["Batch Job Queue Blocked"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var job = happened.Detail;
        if (job.Text("jobQueue") is not { } arn || job.Text("jobName") is not { } name)
        {
            return null;
        }

        var queue = AwsWords.Last(arn);
        return new()
        {
            Name = "Batch queue blocked",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            State = job.Text("status"),
            Summary = $"Job {name} blocks the queue {queue}",
            Reason = job.Text("statusReason"),
            Resource = queue,
            ConsolePath = $"batch/home#queues/detail/{Uri.EscapeDataString(arn)}",
            Runbook = "https://docs.aws.amazon.com/batch/latest/userguide/troubleshooting.html",
            Facts = [new("job", job.Text("jobId") ?? "")],
        };
    }
}
