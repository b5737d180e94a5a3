namespace AlertHub.Sources.Aws.Operating;

/// <summary>A problem that CloudWatch Application Insights sees in an application: wrong until it is resolved.</summary>
internal static class ApplicationInsightsProblem
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "applicationinsights-problem",
            "aws.applicationinsights",
            [
                "Application Insights Problem Created",
                "Application Insights Problem Detected",
                "Application Insights Problem Updated",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var problem = happened.Detail;
        if (problem.Text("problemId") is not { } id)
        {
            return null;
        }

        var application = problem.Text("resourceGroupName") ?? "an application";
        var status = problem.Text("status");
        var severity = problem.Text("severity");
        var isOver = status?.ToUpperInvariant() is "RESOLVED" or "IGNORE" or "IGNORED" or "CLOSED";
        return new()
        {
            Name = "Application Insights problem",
            Identity = id,
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            // It may rise while the problem lasts.
            Severity = AwsSeverity.Warning,
            State = status,
            Summary =
                $"{problem.Text("title") ?? $"A problem{(severity is null ? "" : $" of {severity.ToLowerInvariant()} severity")}"} in {application}{(isOver ? $" is {AwsWords.Plain(status ?? "")}" : "")}",
            Resource = application,
            Region = problem.Text("region"),
            Facts =
            [
                new("problem_severity", severity ?? ""),
                new("problem", id),
                new("problem_url", problem.Text("problemUrl") ?? ""),
            ],
        };
    }
}
