namespace AlertHub.Sources.Aws.Security;

/// <summary>Whether Malware Protection can scan a bucket: one that it cannot is unprotected, and silent, until it is active.</summary>
internal static class GuardDutyProtection
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "guardduty-protection",
            "aws.guardduty",
            [
                "GuardDuty Malware Protection Resource Status Active",
                "GuardDuty Malware Protection Resource Status Warning",
                "GuardDuty Malware Protection Resource Status Error",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var protection = happened.Detail;
        if (
            protection.Member("s3BucketDetails")?.Text("bucketName") is not { } bucket
            || protection.Text("resourceStatus") is not { } status
        )
        {
            return null;
        }

        var isActive = status == "ACTIVE";
        return new()
        {
            Name = "GuardDuty malware protection impaired",
            Identity = happened.Resource ?? bucket,
            Phase = isActive ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            State = status,
            Summary = status switch
            {
                "ACTIVE" => $"New objects in the bucket {bucket} are scanned for malware",
                "ERROR" => $"Nothing in the bucket {bucket} is scanned for malware",
                _ => $"Malware protection of the bucket {bucket} is impaired",
            },
            Reason = string.Join(
                ", ",
                protection
                    .Items("statusReasons")
                    .Select(static reason => reason.Text("code") ?? reason.AsText())
                    .OfType<string>()
                    .Select(static reason => AwsWords.Sentence(AwsWords.Plain(reason)))
            ),
            Resource = bucket,
            At = protection.Time("eventTime"),
            ConsolePath = "guardduty/home#/malware-scans/s3",
            Facts = [new("plan", happened.Resource is { } plan ? AwsWords.Last(plan) : "")],
        };
    }
}
