namespace AlertHub.Sources.Aws.Compute;

/// <summary>Whether the data of a table or a job keeps the rules it was given; bad until an evaluation succeeds.</summary>
internal static class GlueQuality
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("glue-quality", "aws.glue-dataquality", ["Data Quality Evaluation Results Available"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var result = happened.Detail;
        var context = result.Member("context") ?? default;
        if (
            result.Text("state") is not { } state
            || (context.Text("jobName") ?? context.Text("tableName")) is not { } name
        )
        {
            return null;
        }

        var outcome = state switch
        {
            "FAILED" => AwsOutcome.Failed,
            "SUCCEEDED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        var rules = string.Join(", ", result.Items("rulesetNames").Select(static each => each.AsText()));
        var failed = result.Text("numRulesFailed") ?? result.Text("rulesFailed");
        return AwsStory.Repeated(
            outcome,
            "Glue data quality",
            $"{happened.Account} {happened.Region} {context.Text("databaseName")} {name} {rules}",
            AwsSeverity.Warning,
            $"Data quality of {name}: {AwsWords.Plain(state)}{(failed is null or "0" ? "" : $", {failed} rules broken")}"
        ) with
        {
            State = state,
            Resource = name,
            ConsolePath = context.Text("jobName") is { } job
                ? $"gluestudio/home#/editor/job/{Uri.EscapeDataString(job)}/runs"
                : $"glue/home#/v2/data-catalog/tables/view/{Uri.EscapeDataString(name)}?database={Uri.EscapeDataString(context.Text("databaseName") ?? "")}",
            Facts =
            [
                new("ruleset", rules),
                new("database", context.Text("databaseName") ?? ""),
                new("score", result.Text("score") ?? ""),
                new("rules_kept", result.Text("numRulesSucceeded") ?? result.Text("rulesSucceeded") ?? ""),
            ],
        };
    }
}
