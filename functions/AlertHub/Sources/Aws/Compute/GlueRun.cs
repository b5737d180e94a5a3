namespace AlertHub.Sources.Aws.Compute;

/// <summary>A job or a crawler of Glue: one that failed is wrong until it succeeds.</summary>
internal static class GlueRun
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "glue-run",
            "aws.glue",
            ["Glue Job State Change", "Glue Job Run Status", "Glue Crawler State Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var run = happened.Detail;
        var job = run.Text("jobName");
        if ((job ?? run.Text("crawlerName")) is not { } name || run.Text("state") is not { } state)
        {
            return null;
        }

        var what = job is null ? "crawler" : "job";
        var outcome = state.ToUpperInvariant() switch
        {
            "FAILED" or "TIMEOUT" or "ERROR" => AwsOutcome.Failed,
            "SUCCEEDED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        // A run's status is sent while it goes on for longer than it should.
        var isLate = run.Member("notificationCondition") is not null;
        var story = AwsStory.Repeated(
            outcome,
            $"Glue {what}",
            $"{happened.Account} {happened.Region} {what} {name}",
            AwsSeverity.Warning,
            isLate
                ? $"Job {name} runs longer than it should"
                : $"{(job is null ? "Crawler" : "Job")} {name}: {AwsWords.Plain(state)}"
        );
        return story with
        {
            Name = isLate ? "Glue job late" : story.Name,
            Severity = isLate ? AwsSeverity.Warning : story.Severity,
            State = state,
            // Else it says no more than the state does.
            Reason = outcome == AwsOutcome.Failed ? run.Text("errorMessage") ?? run.Text("message") : null,
            Resource = name,
            ConsolePath = job is null
                ? $"glue/home#/v2/data-catalog/crawlers/view/{Uri.EscapeDataString(name)}"
                : $"gluestudio/home#/editor/job/{Uri.EscapeDataString(name)}/runs",
            Facts = [new("run", run.Text("jobRunId") ?? ""), new("logs_url", run.Text("cloudWatchLogLink") ?? "")],
        };
    }
}
