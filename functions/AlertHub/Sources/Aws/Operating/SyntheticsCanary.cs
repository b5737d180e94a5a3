namespace AlertHub.Sources.Aws.Operating;

/// <summary>A canary: one whose run failed is wrong until a run of it passes.</summary>
internal static class SyntheticsCanary
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "synthetics-canary",
            "aws.synthetics",
            [
                "Synthetics Canary Status Change",
                "Synthetics Canary TestRun Failure",
                "Synthetics Canary TestRun Successful",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var canary = happened.Detail;
        if (canary.Text("canary-name") is not { } name)
        {
            return null;
        }

        var story =
            canary.Text("test-run-status") is { } run ? Run(happened, name, run)
            : canary.Text("current-state") is { } state ? Changed(name, state, canary.Text("previous-state"))
            : null;
        return story is null
            ? null
            : story with
            {
                Reason = canary.Text("state-reason") is { } reason && reason != "null" ? reason : null,
                Resource = name,
                Account = canary.Text("account-id"),
                ConsolePath = $"cloudwatch/home#synthetics:canary/detail/{Uri.EscapeDataString(name)}",
                Facts =
                [
                    new("artifacts", canary.Text("artifact-location") ?? ""),
                    new("run", canary.Text("canary-run-id") ?? ""),
                ],
            };
    }

    private static AwsStory Run(AwsEvent happened, string name, string status) =>
        AwsStory.Repeated(
            status switch
            {
                "FAILED" => AwsOutcome.Failed,
                "PASSED" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            "Synthetics canary run",
            $"{happened.Account} {happened.Region} {name}",
            AwsSeverity.Critical,
            $"Canary {name}: {AwsWords.Plain(status)}"
        ) with
        {
            State = status,
        };

    /// <summary>A canary that cannot run at all says so once, and not when it is well again.</summary>
    private static AwsStory Changed(string name, string state, string? before) =>
        new()
        {
            Name = state == "ERROR" ? "Synthetics canary in error" : "Synthetics canary",
            Phase = AwsPhase.Happened,
            Severity = state == "ERROR" ? AwsSeverity.Warning : AwsSeverity.Info,
            State = state,
            Summary =
                $"Canary {name} is {(state == "ERROR" ? "in error" : AwsWords.Plain(state))}{(before is null ? "" : $", was {AwsWords.Plain(before)}")}",
        };
}
