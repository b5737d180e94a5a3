namespace AlertHub.Sources.Aws.Security;

/// <summary>Whether Inspector scans a resource: one that it does not is uncovered until it does, or is gone.</summary>
internal static class InspectorCoverage
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("inspector2-coverage", "aws.inspector2", ["Inspector2 Coverage"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var coverage = happened.Detail;
        var scan = coverage.Member("scanStatus") ?? default;
        if (happened.Resource is not { } resource || scan.Text("statusCodeValue") is not { } status)
        {
            return null;
        }

        var reason = scan.Text("reason");
        var type = AwsWords.Plain(coverage.Text("scanType") ?? "any");
        // What is gone, stopped or left out on purpose needs no scan.
        var isUncovered =
            status != "ACTIVE" && reason is not ("RESOURCE_TERMINATED" or "EC2_INSTANCE_STOPPED" or "EXCLUDED_BY_TAG");
        var name = AwsWords.Last(resource);
        return new()
        {
            Name = "Inspector coverage lost",
            Identity = $"{happened.Account} {happened.Region} {resource} {type}",
            Phase = isUncovered ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            State = status,
            Summary = (status, isUncovered) switch
            {
                ("ACTIVE", _) => $"Inspector scans {name} ({type})",
                (_, true) =>
                    $"Inspector does not scan {name} ({type}){(reason is null ? "" : $": {AwsWords.Plain(reason)}")}",
                _ => $"Inspector need not scan {name} ({type}): {AwsWords.Plain(reason ?? "")}",
            },
            Resource = name,
            At = coverage.Time("eventTimestamp"),
            ConsolePath = "inspector/v2/home#/coverage",
            Facts = [new("scan_type", type)],
        };
    }
}
