using System.Text.Json;

namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A deployment of CodeDeploy: a group whose deployment failed is wrong until one of it succeeds.</summary>
internal static class CodeDeployDeployment
{
    private const string Instance = "CodeDeploy Instance State-change Notification";

    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "codedeploy-deployment",
                "aws.codedeploy",
                ["CodeDeploy Deployment State-change Notification", Instance],
                Tell
            )
            .OrJson(Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        return
            detail.Text("application") is { } application
            && detail.Text("deploymentGroup") is { } group
            && detail.Text("state") is { } state
            ? Tell(
                new(application, group, detail.Text("deploymentId"))
                {
                    State = state,
                    Instance = happened.DetailType == Instance ? detail.Text("instanceId") ?? "an instance" : null,
                },
                $"{happened.Account} {happened.Region}"
            )
            : null;
    }

    /// <summary>What a trigger publishes; the error, too, is JSON in a string.</summary>
    private static AwsStory? Tell(JsonElement notice, AwsMessage message)
    {
        if (
            notice.Text("eventTriggerName") is null
            || notice.Text("applicationName") is not { } application
            || notice.Text("deploymentGroupName") is not { } group
            || (notice.Text("status") ?? notice.Text("instanceStatus")) is not { } state
        )
        {
            return null;
        }

        var account = notice.Text("accountId") ?? message.Topic?.Account;
        var region = notice.Text("region") ?? message.Topic?.Region;
        var error = ForeignJson.Parse(notice.Text("errorInformation") ?? "") ?? default;
        var deployment = new Deployment(application, group, notice.Text("deploymentId"))
        {
            State = state,
            Instance = notice.Text("instanceId") is { } instance ? AwsWords.Last(instance) : null,
        };
        return Tell(deployment, $"{account} {region}") with
        {
            Reason = error.Text("ErrorMessage"),
            Account = account,
            Region = region,
        };
    }

    private static AwsStory Tell(Deployment deployment, string where)
    {
        var (application, group, id) = deployment;
        // The bus says SUCCESS and FAILURE, a trigger SUCCEEDED and FAILED.
        var outcome = deployment.State.ToUpperInvariant() switch
        {
            "FAILURE" or "FAILED" => AwsOutcome.Failed,
            "SUCCESS" or "SUCCEEDED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        return AwsStory.Repeated(
            outcome,
            deployment.Instance is null ? "CodeDeploy deployment" : "CodeDeploy deployment to instance",
            // An instance that failed may be replaced: nothing will tell that it succeeded.
            deployment.Instance
                is null
                ? $"{where} {application} {group}"
                : null,
            AwsSeverity.Warning,
            $"Deployment of {application} to {deployment.Instance ?? group}: {Words(outcome, deployment.State)}"
        ) with
        {
            State = deployment.State,
            Resource = application,
            ConsolePath = id is null ? null : $"codesuite/codedeploy/deployments/{Uri.EscapeDataString(id)}",
            Facts =
            [
                new("deployment_group", group),
                new("deployment", id ?? ""),
                new("instance", deployment.Instance ?? ""),
            ],
        };
    }

    private static string Words(AwsOutcome outcome, string state) =>
        outcome switch
        {
            AwsOutcome.Failed => "failed",
            AwsOutcome.Succeeded => "succeeded",
            _ => AwsWords.Plain(state),
        };

    private sealed record Deployment(string Application, string Group, string? Id)
    {
        public required string State { get; init; }

        /// <summary>Null where it is about the whole deployment.</summary>
        public string? Instance { get; init; }
    }
}
