namespace AlertHub.Sources.Aws.Keeping;

/// <summary>What becomes of recovery points, vaults and plans of AWS Backup. A recovery point that is only a part is no protection.</summary>
internal static class BackupPoint
{
    private const string Point = "Recovery Point State Change";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "backup-point",
            "aws.backup",
            [Point, "Backup Vault State Change", "Backup Plan State Change", "Region Setting State Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if ((detail.Text("status") ?? detail.Text("state")) is not { } state)
        {
            return null;
        }

        var isPoint = happened.DetailType == Point;
        var what = happened.DetailType.Replace(" State Change", "", StringComparison.Ordinal).ToLowerInvariant();
        var name = isPoint
            ? AwsWords.Last(detail.Text("resourceArn"))
            : detail.Text("backupVaultName") ?? detail.Text("backupPlanName") ?? AwsWords.Last(happened.Resource);
        var about =
            name.Length == 0 ? ""
            : isPoint ? $" of {name}"
            : $" {name}";
        var title = what.StartsWith("backup", StringComparison.Ordinal) ? AwsWords.Sentence(what) : $"Backup {what}";
        var isBad = state is "PARTIAL" or "FAILED";
        // That somebody deletes recovery points or a vault may be the beginning of something worse.
        var isGone = state is "DELETED" or "DELETING";
        return new()
        {
            Name = isBad || isGone ? $"{title} {AwsWords.Plain(state)}" : title,
            Phase = AwsPhase.Happened,
            Severity = isBad || isGone ? AwsSeverity.Warning : AwsSeverity.Info,
            State = state,
            Summary = $"{AwsWords.Sentence(what)}{about}: {AwsWords.Plain(state)}",
            Reason = detail.Text("statusMessage"),
            Resource = name,
            ConsolePath = "backup/home#/backupvaults",
            Facts =
            [
                new("vault", detail.Text("backupVaultName") ?? AwsWords.Last(detail.Text("backupVaultArn"))),
                new("resource_type", detail.Text("resourceType") ?? ""),
                new("recovery_point", isPoint ? happened.Resource ?? "" : ""),
            ],
        };
    }
}
