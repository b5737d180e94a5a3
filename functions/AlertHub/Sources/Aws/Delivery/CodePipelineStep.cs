using System.Text.Json;

namespace AlertHub.Sources.Aws.Delivery;

/// <summary>
/// A stage or an action of a pipeline: one that failed is wrong until it succeeds. An approval is waited for until somebody
/// has decided; one that is refused is news of its own, which is no success.
/// </summary>
internal static class CodePipelineStep
{
    private const string Approval = "CodePipeline approval needed";

    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "codepipeline-step",
                "aws.codepipeline",
                ["CodePipeline Stage Execution State Change", "CodePipeline Action Execution State Change"],
                Tell
            )
            .OrJson(Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (
            detail.Text("pipeline") is not { } pipeline
            || detail.Text("state") is not { } state
            || detail.Text("stage") is not { } stage
        )
        {
            return null;
        }

        var action = detail.Text("action");
        var result = detail.Member("execution-result") ?? default;
        var where = $"{happened.Account} {happened.Region}";
        var story =
            action is not null && detail.Member("type")?.Text("category") == "Approval"
                ? Approving(where, pipeline, stage, action, state)
                : Working(where, pipeline, stage, action, state);
        return story with
        {
            State = state,
            Reason = result.Text("external-execution-summary") ?? Additional(happened),
            Description = happened.Additional.Text("customData"),
            Resource = pipeline,
            ConsolePath = Page(pipeline),
            Facts =
            [
                new("stage", stage),
                new("action", action ?? ""),
                new("error", result.Text("error-code") ?? ""),
                new("execution", detail.Text("execution-id") ?? ""),
                new("review_url", happened.Additional.Text("externalEntityLink") ?? ""),
                new("details_url", result.Text("external-execution-url") ?? ""),
            ],
        };
    }

    private static AwsStory Working(string where, string pipeline, string stage, string? action, string state) =>
        AwsStory.Repeated(
            state switch
            {
                "FAILED" => AwsOutcome.Failed,
                "SUCCEEDED" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            action is null ? "CodePipeline stage" : "CodePipeline action",
            $"{where} {pipeline} {stage} {action}",
            AwsSeverity.Warning,
            $"{(action is null ? $"Stage {stage}" : $"Action {action} in {stage}")} of {pipeline}: {AwsWords.Plain(state)}"
        );

    private static AwsStory Approving(string where, string pipeline, string stage, string action, string state)
    {
        var identity = $"{where} {pipeline} {stage} {action}";
        var waiting = new AwsStory
        {
            Name = Approval,
            Identity = identity,
            Phase = state == "STARTED" ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Info,
            Summary = state switch
            {
                "STARTED" => $"{pipeline} waits in {stage} for somebody to approve {action}",
                "SUCCEEDED" => $"{action} in {stage} of {pipeline} is approved",
                _ => $"{action} in {stage} of {pipeline}: {AwsWords.Plain(state)}",
            },
        };
        return state == "FAILED"
            ? new()
            {
                Name = "CodePipeline approval rejected",
                Phase = AwsPhase.Happened,
                Severity = AwsSeverity.Warning,
                Summary = $"{action} in {stage} of {pipeline} is rejected, or nobody approved it in time",
                Endings =
                [
                    new(Approval, AwsSeverity.Info, identity)
                    {
                        Summary = $"{pipeline} no longer waits in {stage} for {action}: it is not approved",
                    },
                ],
            }
            : waiting;
    }

    /// <summary>What an approval action publishes to its topic.</summary>
    private static AwsStory? Tell(JsonElement root, AwsMessage message)
    {
        if (
            root.Member("approval") is not { } approval
            || approval.Text("pipelineName") is not { } pipeline
            || approval.Text("stageName") is not { } stage
            || approval.Text("actionName") is not { } action
        )
        {
            return null;
        }

        var region = root.Text("region") ?? message.Topic?.Region;
        return Approving($"{message.Topic?.Account} {region}", pipeline, stage, action, "STARTED") with
        {
            State = "STARTED",
            Description = approval.Text("customData"),
            Resource = pipeline,
            Region = region,
            ConsolePath = Page(pipeline),
            Facts =
            [
                new("approve_url", approval.Text("approvalReviewLink") ?? ""),
                new("review_url", approval.Text("externalEntityLink") ?? ""),
                new("expires", approval.Text("expires") ?? ""),
                new("stage", stage),
                new("action", action),
            ],
        };
    }

    /// <summary>What a notification rule adds of the actions that failed.</summary>
    public static string? Additional(AwsEvent happened) =>
        happened
            .Additional.Items("failedActions")
            .Select(static each =>
                each.Text("additionalInformation") is { } why ? $"{each.Text("action")}: {why}" : null
            )
            .FirstOrDefault(static each => each is not null);

    public static string Page(string pipeline) =>
        $"codesuite/codepipeline/pipelines/{Uri.EscapeDataString(pipeline)}/view";
}
