namespace AlertHub.Sources.Aws.Security;

/// <summary>Results of an insight that somebody sent by a custom action.</summary>
internal static class SecurityHubInsight
{
    private const int MostResults = 10;

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("securityhub-insight", "aws.securityhub", ["Security Hub Insight Results"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var insight = happened.Detail;
        if (insight.Text("insightName") is not { } name)
        {
            return null;
        }

        // Each result is an object of one member: what is counted, and how many.
        var results = insight
            .Items("insightResults")
            .SelectMany(static result => result.Texts())
            .Select(static result => $"{Named(result.Key)}: {result.Value}")
            .ToList();
        return new()
        {
            Name = $"Security Hub insight: {name}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            Summary =
                $"{name}: {AwsWords.Count($"{results.Count}", "result")}{(insight.Text("actionName") is { } action ? $", sent by the action {action}" : "")}",
            Description = string.Join('\n', results.Take(MostResults)),
            ConsolePath = insight.Text("insightArn") is { } arn
                ? $"securityhub/home#/insights/{Uri.EscapeDataString(arn)}"
                : "securityhub/home#/insights",
            Facts =
            [
                new("counted_by", insight.Text("resultType") ?? ""),
                new("action", insight.Text("actionDescription") ?? ""),
            ],
        };
    }

    private static string Named(string counted) =>
        counted.StartsWith("arn:", StringComparison.Ordinal) ? AwsWords.Last(counted) : counted;
}
