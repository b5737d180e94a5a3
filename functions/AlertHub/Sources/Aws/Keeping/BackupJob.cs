namespace AlertHub.Sources.Aws.Keeping;

/// <summary>A job of AWS Backup: a resource whose backup failed is unprotected until one of it is completed.</summary>
internal static class BackupJob
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "backup-job",
            "aws.backup",
            ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        // Copy jobs write their members in lower case.
        var job = happened.Detail;
        if ((job.Text("state") ?? job.Text("status")) is not { } state)
        {
            return null;
        }

        var what = happened.DetailType.Split(' ')[0].ToLowerInvariant();
        var resource = job.Text("resourceArn") ?? job.Text("createdResourceArn") ?? happened.Resource;
        var outcome = state switch
        {
            "FAILED" or "ABORTED" or "EXPIRED" or "PARTIAL" => AwsOutcome.Failed,
            "COMPLETED" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        var name = resource?.Split('/', ':')[^1] ?? "a resource";
        return AwsStory.Repeated(
            outcome,
            what == "backup" ? "Backup" : $"Backup {what}",
            $"{what} {resource}",
            AwsSeverity.Warning,
            $"{char.ToUpperInvariant(what[0])}{what[1..]} of {name}: {state.ToLowerInvariant()}"
        ) with
        {
            State = state,
            Reason = job.Text("statusMessage"),
            Resource = name,
            At = job.Time("completionDate"),
            ConsolePath = "backup/home#/jobs",
            Facts =
            [
                new("resource_type", job.Text("resourceType") ?? ""),
                new("vault", job.Text("backupVaultName") ?? ""),
                new("job", job.Text("backupJobId") ?? job.Text("copyJobId") ?? job.Text("restoreJobId") ?? ""),
            ],
        };
    }
}
