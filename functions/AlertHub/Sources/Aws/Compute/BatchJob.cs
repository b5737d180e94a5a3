namespace AlertHub.Sources.Aws.Compute;

/// <summary>A job of AWS Batch that failed; each job is one of its own.</summary>
internal static class BatchJob
{
    public static AwsKind Kind { get; } = AwsKind.OfEvent("batch-job", "aws.batch", ["Batch Job State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var job = happened.Detail;
        if (job.Text("jobName") is not { } name || job.Text("status") is not { } status)
        {
            return null;
        }

        var isFailure = status == "FAILED";
        return new()
        {
            Name = isFailure ? "Batch job failed" : "Batch job",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = status,
            Summary = $"Job {name}: {status.ToLowerInvariant()}",
            Reason = job.Text("statusReason") ?? job.Member("container")?.Text("reason"),
            Resource = name,
            ConsolePath = job.Text("jobId") is { } id ? $"batch/home#jobs/detail/{Uri.EscapeDataString(id)}" : null,
            Facts =
            [
                new("queue", job.Text("jobQueue")?.Split('/')[^1] ?? ""),
                new("exit_code", job.Member("container")?.Text("exitCode") ?? ""),
            ],
        };
    }
}
