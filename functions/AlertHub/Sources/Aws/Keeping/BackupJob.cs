using System.Text.RegularExpressions;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>A job of AWS Backup: a resource whose backup failed is unprotected until one of it is completed.</summary>
internal static partial class BackupJob
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "backup-job",
                "aws.backup",
                ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
                Tell
            )
            .OrText(static (text, _) => Tell(text));

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
        return Tell(outcome, what, resource, state == "PARTIAL" ? "only partly done" : AwsWords.Plain(state)) with
        {
            State = state,
            Reason = job.Text("statusMessage"),
            At = job.Time("completionDate"),
            Facts =
            [
                new("resource_type", job.Text("resourceType") ?? ""),
                new("vault", job.Text("backupVaultName") ?? AwsWords.Last(job.Text("destinationBackupVaultArn"))),
                new("job", job.Text("backupJobId") ?? job.Text("copyJobId") ?? job.Text("restoreJobId") ?? ""),
            ],
        };
    }

    /// <summary>What a vault publishes to its topic: sentences, with names and values behind them.</summary>
    private static AwsStory? Tell(string text)
    {
        var match = Notice().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var what = match.Groups["what"] is { Success: true, Value: var other } ? other.ToLowerInvariant() : "backup";
        var said = match.Groups["said"].Value;
        var outcome =
            said.Contains("success", StringComparison.Ordinal) ? AwsOutcome.Succeeded
            : Bad().IsMatch(said) ? AwsOutcome.Failed
            : AwsOutcome.Neither;
        return Tell(outcome, what, match.Groups["arn"].Value, said) with
        {
            State = said,
            Facts = [new("job", Job().Match(text).Groups["id"].Value)],
        };
    }

    private static AwsStory Tell(AwsOutcome outcome, string what, string? resource, string said)
    {
        var name = resource is null ? "a resource" : AwsWords.Last(resource);
        return AwsStory.Repeated(
            outcome,
            what == "backup" ? "Backup" : $"Backup {what}",
            resource is null ? null : $"{what} {resource}",
            AwsSeverity.Warning,
            $"{AwsWords.Sentence(what)} of {name}: {said}"
        ) with
        {
            Resource = name,
            ConsolePath = "backup/home#/jobs",
        };
    }

    [GeneratedRegex(
        @"^An AWS Backup (?:(?<what>copy|restore) )?job (?:was |has )?(?<said>[^.]+)\..*?(?<!point )\bResource ARN ?: ?(?<arn>arn:\S+?)[.,]?(?:\s|$)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.IgnoreCase
    )]
    private static partial Regex Notice();

    [GeneratedRegex(@"Job ?Id ?: ?(?<id>[\w-]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Job();

    [GeneratedRegex("fail|stop|abort|expire", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bad();
}
