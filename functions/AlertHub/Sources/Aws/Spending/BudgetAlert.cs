using AlertHub.Alerts;

namespace AlertHub.Sources.Aws.Spending;

/// <summary>
/// The mail that Budgets writes to a topic when a threshold is passed. It is written anew each period, and nothing says that
/// it is over.
/// </summary>
internal static class BudgetAlert
{
    public static AwsKind Kind { get; } = AwsKind.OfText("budgets-alert", static (text, _) => Tell(text));

    private static AwsStory? Tell(string text)
    {
        if (!text.TrimStart().StartsWith("AWS Budget Notification", StringComparison.Ordinal))
        {
            return null;
        }

        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Value(lines, "Budget Name") is not { } budget)
        {
            return null;
        }

        var alert = Value(lines, "Alert Type") ?? "";
        var threshold = Value(lines, "Alert Threshold") ?? "";
        var amount = Value(lines, $"{alert} Amount");
        var budgeted = Value(lines, "Budgeted Amount");
        var isForecast = alert == "FORECASTED";
        var account = lines
            .Where(static line => line.StartsWith("AWS Account ", StringComparison.Ordinal))
            .Select(static line => line["AWS Account ".Length..])
            .FirstOrDefault();
        return new()
        {
            Name = isForecast ? "AWS budget forecast exceeded" : "AWS budget exceeded",
            Identity = $"{account} {budget} {alert} {threshold}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            Summary =
                $"Budget {budget}: {(isForecast ? "forecast" : "spent")} {amount ?? "more than the threshold"}{(budgeted is null ? "" : $" of {budgeted}")}",
            Resource = budget,
            Account = account,
            Facts =
            [
                new("budget_type", Value(lines, "Budget Type") ?? ""),
                new("alert_type", alert),
                new(Annotation.Threshold, threshold),
                new("budgets_url", Link(text) ?? "https://console.aws.amazon.com/billing/home#/budgets"),
            ],
        };
    }

    /// <summary><c>Budget Name: monthly</c>.</summary>
    private static string? Value(IEnumerable<string> lines, string name) =>
        lines
            .Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault(static value => value.Length > 0);

    private static string? Link(string text)
    {
        var start = text.IndexOf("https://", StringComparison.Ordinal);
        return start < 0 ? null : text[start..].Split([' ', '\n', '\t'])[0];
    }
}
