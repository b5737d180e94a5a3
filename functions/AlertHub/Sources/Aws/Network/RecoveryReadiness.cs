namespace AlertHub.Sources.Aws.Network;

/// <summary>
/// Whether Application Recovery Controller finds a cell, a check or a recovery group fit for a failover: wrong until it is
/// ready. All are sent from us-west-2: https://docs.aws.amazon.com/r53recovery/latest/dg/eventbridge-readiness.html.
/// </summary>
internal static class RecoveryReadiness
{
    private const string Prefix = "Route 53 Application Recovery Controller";

    public static AwsKind Kind { get; } =
        AwsKind.OfAnySource(
            "route53-readiness",
            [
                $"{Prefix} readiness check status change",
                $"{Prefix} cell readiness status change",
                $"{Prefix} recovery group readiness status change",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var change = happened.Detail;
        var (what, name) =
            change.Text("readiness-check-name") is { } check ? ("readiness check", check)
            : change.Text("cell-name") is { } cell ? ("cell", cell)
            : change.Text("recovery-group-name") is { } group ? ("recovery group", group)
            : ("", "");
        var status = change.Member("new-state")?.Text("readiness-status");
        if (name.Length == 0 || status is null)
        {
            return null;
        }

        return new()
        {
            Name = $"Recovery {what} not ready",
            Identity = happened.Resource ?? $"{happened.Account} {name}",
            Phase = status == "READY" ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            State = status,
            Summary = status switch
            {
                "READY" => $"The {what} {name} is ready for a failover",
                "NOT_READY" => $"The {what} {name} is not ready for a failover",
                _ => $"Nobody knows whether the {what} {name} is ready for a failover: {AwsWords.Plain(status)}",
            },
            Resource = name,
            ConsolePath = "route53recovery/home#/readiness/home",
            Facts = [new("before", change.Member("previous-state")?.Text("readiness-status") ?? "")],
        };
    }
}
