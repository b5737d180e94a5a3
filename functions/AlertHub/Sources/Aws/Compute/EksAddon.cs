namespace AlertHub.Sources.Aws.Compute;

/// <summary>
/// An add-on of an EKS cluster: its health, and what is done with it. What is in the events beyond their resource is not
/// documented, so that only what is sure is read.
/// </summary>
internal static class EksAddon
{
    private const string Prefix = "EKS Addon ";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "eks-addon",
            "aws.eks",
            [
                $"{Prefix}Creation Failed",
                $"{Prefix}Creation Succeeded",
                $"{Prefix}Update Failed",
                $"{Prefix}Update Succeeded",
                $"{Prefix}Deletion Failed",
                $"{Prefix}Deletion Succeeded",
                $"{Prefix}Health Degraded",
                $"{Prefix}Health Restored",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        // arn:aws:eks:region:account:addon/CLUSTER/ADDON/id
        if (happened.Resource?.Split('/') is not [_, var cluster, var addon, ..])
        {
            return null;
        }

        var what = happened.DetailType[Prefix.Length..].ToLowerInvariant();
        var isHealth = what.StartsWith("health", StringComparison.Ordinal);
        var isBad =
            what.EndsWith("failed", StringComparison.Ordinal) || what.EndsWith("degraded", StringComparison.Ordinal);
        return new()
        {
            Name = isHealth ? "EKS add-on degraded" : "EKS add-on operation failed",
            Identity = $"{happened.Account} {happened.Region} {cluster} {addon}",
            Phase = isBad ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            State = what.Split(' ')[^1].ToUpperInvariant(),
            Summary = $"Add-on {addon} of {cluster}: {what}",
            Reason = happened.Detail.Text("message"),
            Resource = cluster,
            ConsolePath = $"eks/clusters/{Uri.EscapeDataString(cluster)}/add-ons/{Uri.EscapeDataString(addon)}",
            Facts = [new("addon", addon)],
        };
    }
}
