using System.Text.RegularExpressions;

namespace AlertHub.Sources.Aws.Delivery;

/// <summary>
/// A stack that failed or was rolled back is wrong until it is created, updated or deleted; one that drifted until it is in
/// sync. What becomes of its resources is told of.
/// </summary>
internal static partial class CloudFormationStack
{
    private const string Drift = "CloudFormation Drift Detection Status Change";

    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "cloudformation-stack",
                "aws.cloudformation",
                ["CloudFormation Stack Status Change", "CloudFormation Resource Status Change", Drift],
                static happened => happened.DetailType == Drift ? Drifted(happened) : Tell(happened)
            )
            .OrText(static (text, _) => Tell(text));

    private static AwsStory? Tell(AwsEvent happened)
    {
        var details = happened.Detail.Member("status-details") ?? default;
        return happened.Detail.Text("stack-id") is { } stack && details.Text("status") is { } status
            ? Tell(
                new Change(stack, status)
                {
                    Reason = details.Text("status-reason"),
                    Logical = happened.Detail.Text("logical-resource-id"),
                    Type = happened.Detail.Text("resource-type"),
                }
            )
            : null;
    }

    /// <summary>What a stack publishes to its topics: lines of <c>key='value'</c>, of the stack itself and of its resources.</summary>
    private static AwsStory? Tell(string text)
    {
        if (!text.StartsWith("StackId='", StringComparison.Ordinal))
        {
            return null;
        }

        var lines = Line()
            .Matches(text)
            .DistinctBy(static match => match.Groups["key"].Value)
            .ToDictionary(
                static match => match.Groups["key"].Value,
                static match => match.Groups["value"].Value,
                StringComparer.Ordinal
            );
        if (
            lines.GetValueOrDefault("StackId") is not { Length: > 0 } stack
            || lines.GetValueOrDefault("ResourceStatus") is not { Length: > 0 } status
        )
        {
            return null;
        }

        // The stack is a resource of its own, and so is each nested in it.
        var isStack = lines.GetValueOrDefault("PhysicalResourceId") == stack;
        var where = Arn.Parse(stack);
        return Tell(
            new Change(stack, status)
            {
                Reason = lines.GetValueOrDefault("ResourceStatusReason") is { Length: > 0 } why ? why : null,
                Logical = isStack ? null : lines.GetValueOrDefault("LogicalResourceId"),
                Type = isStack ? null : lines.GetValueOrDefault("ResourceType"),
            }
        ) with
        {
            Account = where?.Account,
            Region = where?.Region,
            At = Timestamp.Parse(lines.GetValueOrDefault("Timestamp")),
        };
    }

    private static AwsStory Tell(Change change)
    {
        var name = NameOf(change.Stack);
        if (change.Logical is not null)
        {
            var isFailure = change.Status.EndsWith("_FAILED", StringComparison.Ordinal);
            return new()
            {
                Name = isFailure ? "CloudFormation resource failed" : "CloudFormation resource",
                Phase = AwsPhase.Happened,
                Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
                State = change.Status,
                Summary = $"{change.Logical} of {name}: {AwsWords.Plain(change.Status)}",
                Reason = change.Reason,
                Resource = name,
                ConsolePath = Page(change.Stack, "events"),
                Facts = [new("resource_type", change.Type ?? ""), new("logical_id", change.Logical)],
            };
        }

        // A rollback is told when it begins, so that nobody waits for its end; that it is complete makes nothing right.
        var outcome =
            change.Status.Contains("ROLLBACK", StringComparison.Ordinal)
            || change.Status.EndsWith("_FAILED", StringComparison.Ordinal)
                ? AwsOutcome.Failed
            : change.Status.EndsWith("_COMPLETE", StringComparison.Ordinal) ? AwsOutcome.Succeeded
            : AwsOutcome.Neither;
        return AwsStory.Repeated(
            outcome,
            "CloudFormation stack",
            change.Stack,
            AwsSeverity.Warning,
            $"Stack {name}{Words(change.Status)}"
        ) with
        {
            State = change.Status,
            Reason = change.Reason,
            Resource = name,
            ConsolePath = Page(change.Stack, "events"),
        };
    }

    /// <summary>What is not said of a state as AWS has it: that a rollback means a failure, and whether one is stuck.</summary>
    private static string Words(string status)
    {
        var what = status.StartsWith("ROLLBACK", StringComparison.Ordinal)
            ? "create"
            : status.Split('_')[0].ToLowerInvariant();
        return status switch
        {
            _ when status.EndsWith("ROLLBACK_FAILED", StringComparison.Ordinal) =>
                $" failed to {what}, could not be rolled back, and is stuck",
            _ when status.EndsWith("ROLLBACK_COMPLETE", StringComparison.Ordinal) =>
                $" failed to {what}, and was rolled back",
            _ when status.Contains("ROLLBACK", StringComparison.Ordinal) =>
                $" failed to {what}, and is being rolled back",
            _ when status.EndsWith("_FAILED", StringComparison.Ordinal) => $" failed to {what}",
            _ => $": {AwsWords.Plain(status)}",
        };
    }

    private static AwsStory? Drifted(AwsEvent happened)
    {
        var details = happened.Detail.Member("status-details") ?? default;
        if (happened.Detail.Text("stack-id") is not { } stack || details.Text("detection-status") is not { } detection)
        {
            return null;
        }

        var name = NameOf(stack);
        var count = happened.Detail.Member("drift-detection-details")?.Number("drifted-stack-resource-count");
        var status = details.Text("stack-drift-status");
        return AwsStory.Repeated(
            status switch
            {
                "DRIFTED" => AwsOutcome.Failed,
                "IN_SYNC" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            "CloudFormation drift",
            stack,
            AwsSeverity.Warning,
            status switch
            {
                "DRIFTED" when count > 0 =>
                    $"Stack {name} has drifted: {AwsWords.Count((int)Math.Min(count.Value, 10_000), "resource")} changed outside it",
                "DRIFTED" => $"Stack {name} has drifted",
                "IN_SYNC" => $"Stack {name} is in sync",
                _ => $"Drift of stack {name}: {AwsWords.Plain(detection)}",
            }
        ) with
        {
            Name = status is "DRIFTED" or "IN_SYNC" ? "CloudFormation stack drifted" : "CloudFormation drift detection",
            State = status ?? detection,
            Resource = name,
            ConsolePath = Page(stack, "drifts"),
            Facts = [new("detection", happened.Detail.Text("stack-drift-detection-id") ?? "")],
        };
    }

    /// <summary>arn:aws:cloudformation:region:account:stack/NAME/id</summary>
    private static string NameOf(string stack) => stack.Split('/') is [_, var name, ..] ? name : stack;

    private static string Page(string stack, string tab) =>
        $"cloudformation/home#/stacks/{tab}?stackId={Uri.EscapeDataString(stack)}";

    [GeneratedRegex(
        "^(?<key>[A-Za-z]+)='(?<value>.*?)'[ \\t]*$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Line();

    private sealed record Change(string Stack, string Status)
    {
        public string? Reason { get; init; }

        /// <summary>Of a resource; null where it is the stack itself.</summary>
        public string? Logical { get; init; }

        public string? Type { get; init; }
    }
}
