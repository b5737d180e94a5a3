namespace AlertHub.Sources.Aws.Compute;

/// <summary>A job run of EMR Serverless: a job that failed is wrong until a run of the same name succeeds.</summary>
internal static class EmrServerlessJob
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("emr-serverless-job", "aws.emr-serverless", ["EMR Serverless Job Run State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var run = happened.Detail;
        if (
            run.Text("jobRunId") is not { } id
            || run.Text("state") is not { } state
            || run.Text("applicationId") is not { } application
        )
        {
            return null;
        }

        // A run without a name is one of its own.
        var name = run.Text("jobRunName");
        return AwsStory.Repeated(
            state switch
            {
                "FAILED" => AwsOutcome.Failed,
                "SUCCESS" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            "EMR Serverless job",
            name is null ? null : $"{happened.Account} {happened.Region} {application} {name}",
            AwsSeverity.Warning,
            $"Job {name ?? id}: {AwsWords.Plain(state)}"
        ) with
        {
            State = state,
            Reason = run.Text("stateDetails"),
            Resource = name ?? id,
            ConsolePath = $"emr/home#/serverless/applications/{Uri.EscapeDataString(application)}",
            Facts = [new("application", run.Text("applicationName") ?? application), new("run", id)],
        };
    }
}
