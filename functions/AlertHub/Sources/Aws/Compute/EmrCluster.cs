namespace AlertHub.Sources.Aws.Compute;

/// <summary>A cluster of EMR, wrong from one that ended with errors until one of the same name works; and the steps on it.</summary>
internal static class EmrCluster
{
    private const string Cluster = "EMR Cluster State Change";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("emr-cluster", "aws.emr", [Cluster, "EMR Step Status Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("state") is not { } state || detail.Text("clusterId") is not { } id)
        {
            return null;
        }

        var isCluster = happened.DetailType == Cluster;
        var name = detail.Text("name") ?? id;
        var outcome = (isCluster, state) switch
        {
            (true, "TERMINATED_WITH_ERRORS") or (false, "FAILED") => AwsOutcome.Failed,
            (true, "WAITING" or "TERMINATED") or (false, "COMPLETED") => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        // Of a cluster it is JSON in a string: {"code":"","message":""}.
        var why = ForeignJson.Parse(detail.Text("stateChangeReason") ?? "")?.Text("message");
        return AwsStory.Repeated(
            outcome,
            isCluster ? "EMR cluster" : "EMR step",
            $"{happened.Account} {happened.Region} {name}",
            AwsSeverity.Warning,
            isCluster ? $"Cluster {name}: {AwsWords.Plain(state)}" : $"Step {name} on {id}: {AwsWords.Plain(state)}"
        ) with
        {
            State = state,
            Description = why is null ? null : detail.Text("message"),
            Reason = why ?? detail.Text("message"),
            Resource = name,
            ConsolePath = $"emr/home#/clusterDetails/{Uri.EscapeDataString(id)}",
            Facts =
            [
                new("cluster", id),
                new("step", detail.Text("stepId") ?? ""),
                new("action_on_failure", detail.Text("actionOnFailure") ?? ""),
            ],
        };
    }
}
