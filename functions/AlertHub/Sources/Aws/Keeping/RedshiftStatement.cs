namespace AlertHub.Sources.Aws.Keeping;

/// <summary>A statement sent through Redshift's Data API; a named one that failed is wrong until it finishes.</summary>
internal static class RedshiftStatement
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("redshift-statement", "aws.redshift-data", ["Redshift Data Statement Status Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("statementId") is not { } id || detail.Text("state") is not { } state)
        {
            return null;
        }

        var name = detail.Text("statementName");
        return AwsStory.Repeated(
            state switch
            {
                "FAILED" => AwsOutcome.Failed,
                "FINISHED" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            "Redshift statement",
            name is null ? null : $"{happened.Resource} {name}",
            AwsSeverity.Warning,
            $"Statement {name ?? id}: {AwsWords.Plain(state)}"
        ) with
        {
            State = state,
            Reason = detail.Text("error"),
            Resource = name ?? id,
            ConsolePath = "redshiftv2/home#queries-and-loads",
            Facts = [new("statement", id), new("cluster", AwsWords.Last(happened.Resource))],
        };
    }
}
