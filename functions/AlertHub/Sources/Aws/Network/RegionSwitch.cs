using System.Text.Json;

namespace AlertHub.Sources.Aws.Network;

/// <summary>
/// Plans of Application Recovery Controller that move an application to another region: an execution that failed is wrong until
/// one succeeds, its steps and what is wrong with a plan are told of. Of the types of event AWS shows <c>ExecutionStarted</c> and
/// <c>StepStarted</c> (https://docs.aws.amazon.com/r53recovery/latest/dg/eventbridge-region-switch.html); the others are those that
/// the API lists for an <c>ExecutionEvent</c>.
/// </summary>
internal static class RegionSwitch
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "arc-regionswitch",
            "aws.arc-region-switch",
            ["ARC Region Switch Plan Execution", "ARC Region Switch Plan Evaluation"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Resource is not { } arn)
        {
            return null;
        }

        var detail = happened.Detail;
        // plan/shop:0123ab, or plan/shop/0123ab
        var plan = Arn.Parse(arn)?.Resource.Split('/', ':') is [_, var name, ..] ? name : arn;
        var story =
            detail.Member("metadata", "warning")?.AsText() is { } warning ? Warned(plan, warning)
            : detail.Text("eventType") is { } type ? Executed(arn, plan, type, detail)
            : null;
        return story is null
            ? null
            : story with
            {
                // It may be sent twice.
                Identity = story.Phase == AwsPhase.Happened ? detail.Text("idempotencyKey") : story.Identity,
                Resource = plan,
                Account = Arn.Parse(arn)?.Account,
                ConsolePath = "route53recovery/home",
                Facts =
                [
                    new("execution", detail.Text("executionId") ?? ""),
                    new(
                        "changes",
                        AwsWords.Several([
                            .. (detail.Member("stepDetails") ?? default)
                                .Items("resource")
                                .Select(static each => each.AsText())
                                .OfType<string>(),
                        ])
                    ),
                ],
            };
    }

    private static AwsStory Warned(string plan, string warning) =>
        new()
        {
            Name = "ARC Region switch plan not fit",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            Summary = $"The plan {plan} may not work when it is needed",
            Reason = warning,
        };

    private static AwsStory Executed(string arn, string plan, string type, JsonElement detail)
    {
        var step = detail.Member("stepDetails", "stepName")?.AsText();
        var words = AwsWords.Plain(type);
        var about = detail.Text("executionAction") is { } action ? $"{plan}, {action}" : plan;
        return AwsStory.Repeated(
            words switch
            {
                "execution failed" => AwsOutcome.Failed,
                "execution succeeded" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            "ARC Region switch",
            arn,
            AwsSeverity.Critical,
            $"{about}: {words}{(step is null ? "" : $" ({step})")}"
        ) with
        {
            Severity =
                words is "execution failed" or "execution succeeded" ? AwsSeverity.Critical
                : IsGrave(words) ? AwsSeverity.Warning
                : AwsSeverity.Info,
            State = type,
        };
    }

    /// <summary>Traffic begins to move, or the plan waits for somebody.</summary>
    private static bool IsGrave(string words) =>
        words == "execution started"
        || words.EndsWith("failed", StringComparison.Ordinal)
        || words.EndsWith("approval", StringComparison.Ordinal)
        || words.Contains("paused", StringComparison.Ordinal);
}
