namespace AlertHub.Sources.Aws.Operating;

/// <summary>
/// What Systems Manager does again and again: an automation, a maintenance window or an association that failed is wrong
/// until it succeeds. A command is one of its own.
/// </summary>
internal static class SsmExecution
{
    /// <param name="What">Is done.</param>
    /// <param name="Name">The member with what people call it by.</param>
    /// <param name="Id">The member that tells it from others; null where each is one of its own.</param>
    private sealed record Sort(string What, string Name, string? Id);

    private static readonly Dictionary<string, Sort> Sorts = new(StringComparer.Ordinal)
    {
        ["EC2 Automation Execution Status-change Notification"] = new("automation", "Definition", "Definition"),
        ["Maintenance Window Execution State-change Notification"] = new(
            "maintenance window",
            "window-id",
            "window-id"
        ),
        ["EC2 State Manager Association State Change"] = new("association", "document-name", "association-id"),
        ["EC2 State Manager Instance Association State Change"] = new("association", "document-name", "association-id"),
        ["EC2 Command Status-change Notification"] = new("command", "document-name", null),
        ["EC2 Command Invocation Status-change Notification"] = new("command", "document-name", null),
    };

    public static AwsKind Kind { get; } = AwsKind.OfEvent("ssm-execution", "aws.ssm", [.. Sorts.Keys], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var run = happened.Detail;
        var sort = Sorts[happened.DetailType];
        if (run.Text(sort.Name) is not { } name || (run.Text("Status") ?? run.Text("status")) is not { } status)
        {
            return null;
        }

        var instance = run.Text("instance-id");
        var outcome = status
            .ToUpperInvariant()
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace("_", "", StringComparison.Ordinal) switch
        {
            "FAILED" or "TIMEDOUT" or "DELIVERYTIMEDOUT" or "EXECUTIONTIMEDOUT" or "UNDELIVERABLE" => AwsOutcome.Failed,
            "SUCCESS" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        var summary =
            $"{AwsWords.Sentence(sort.What)} {name}{(instance is null ? "" : $" on {instance}")}: {(outcome == AwsOutcome.Succeeded ? "succeeded" : AwsWords.Plain(status))}";
        var story =
            sort.Id is { } id && run.Text(id) is { } identity
                ? AwsStory.Repeated(
                    outcome,
                    $"Systems Manager {sort.What}",
                    $"{happened.Account} {happened.Region} {identity} {instance}",
                    AwsSeverity.Warning,
                    summary
                )
                : new()
                {
                    Name =
                        outcome == AwsOutcome.Failed
                            ? $"Systems Manager {sort.What} failed"
                            : $"Systems Manager {sort.What}",
                    Phase = AwsPhase.Happened,
                    Severity = outcome == AwsOutcome.Failed ? AwsSeverity.Warning : AwsSeverity.Info,
                    Summary = summary,
                };
        return story with
        {
            State = status,
            Reason = run.Text("execution-summary"),
            Resource = name,
            At = run.Time("end-time"),
            ConsolePath = Page(happened),
            Facts =
            [
                new("instance", instance ?? ""),
                new(
                    "execution",
                    run.Text("ExecutionId") ?? run.Text("window-execution-id") ?? run.Text("command-id") ?? ""
                ),
                new("started_by", AwsWords.Last(run.Text("ExecutedBy") ?? "")),
                new("error_code", run.Text("error-code") ?? ""),
            ],
        };
    }

    private static string Page(AwsEvent happened) =>
        happened.Detail.Text("ExecutionId") is { } execution
            ? $"systems-manager/automation/execution/{Uri.EscapeDataString(execution)}"
        : happened.Detail.Text("window-id") is { } window
            ? $"systems-manager/maintenance-windows/{Uri.EscapeDataString(window)}/history"
        : happened.Detail.Text("command-id") is { } command
            ? $"systems-manager/run-command/{Uri.EscapeDataString(command)}"
        : happened.Detail.Text("association-id") is { } association
            ? $"systems-manager/state-manager/{Uri.EscapeDataString(association)}/description"
        : "systems-manager/home";
}
