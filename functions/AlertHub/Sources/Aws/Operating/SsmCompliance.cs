namespace AlertHub.Sources.Aws.Operating;

/// <summary>An instance that lacks patches, or an association: wrong until it complies.</summary>
internal static class SsmCompliance
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ssm-compliance", "aws.ssm", ["Configuration Compliance State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var change = happened.Detail;
        if (
            change.Text("resource-id") is not { } resource
            || change.Text("compliance-status") is not { } status
            || change.Text("compliance-type") is not { } type
        )
        {
            return null;
        }

        var complies = status == "compliant";
        return new()
        {
            Name = $"Systems Manager {type.ToLowerInvariant()} compliance lost",
            Identity = $"{happened.Account} {happened.Region} {resource} {type} {change.Text("patch-baseline-id")}",
            Phase = complies ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            State = status,
            Summary = (type, complies) switch
            {
                ("Patch", false) => $"{resource} lacks patches",
                ("Patch", true) => $"{resource} has its patches",
                ("Association", false) => $"{resource} is not configured as its associations say",
                ("Association", true) => $"{resource} is configured as its associations say",
                (_, false) => $"{resource} does not comply: {type}",
                _ => $"{resource} complies: {type}",
            },
            Resource = resource,
            ConsolePath = "systems-manager/compliance",
            Facts =
            [
                new("patch_baseline", change.Text("patch-baseline-id") ?? ""),
                new("compliance_severity", change.Text("severity") ?? ""),
            ],
        };
    }
}
