using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>What Malware Protection found in an object of S3. Each scan is one of its own.</summary>
internal static class GuardDutyScan
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "guardduty-scan",
            "aws.guardduty",
            ["GuardDuty Malware Protection Object Scan Result", "GuardDuty Malware Protection Post Scan Action Failed"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var scanned = happened.Detail.Member("s3ObjectDetails") ?? default;
        var result = happened.Detail.Member("scanResultDetails") ?? default;
        var actions = happened.Detail.Items("postScanActions").ToList();
        if (
            scanned.Text("bucketName") is not { } bucket
            || scanned.Text("objectKey") is not { } key
            || (result.Text("scanResultStatus") ?? (actions.Count > 0 ? "ACTION_FAILED" : null)) is not { } status
        )
        {
            return null;
        }

        var at = $"s3://{bucket}/{key}";
        var threats = AwsWords.Several([
            .. result.Items("threats").Select(static threat => threat.Text("name")).OfType<string>(),
        ]);
        var (name, severity, summary) = status switch
        {
            "THREATS_FOUND" => (
                "GuardDuty malware found",
                AwsSeverity.Critical,
                $"Malware in {at}{(threats.Length > 0 ? $": {threats}" : "")}"
            ),
            "NO_THREATS_FOUND" => ("GuardDuty malware scan", AwsSeverity.Info, $"No malware in {at}"),
            "ACTION_FAILED" => (
                "GuardDuty action after scan failed",
                AwsSeverity.Warning,
                $"{at} was scanned, but not tagged: whoever waits for the tag waits for ever"
            ),
            _ => (
                "GuardDuty malware scan failed",
                AwsSeverity.Warning,
                $"{at} was not scanned for malware: {AwsWords.Plain(status)}"
            ),
        };
        return new()
        {
            Name = name,
            Phase = AwsPhase.Happened,
            Severity = severity,
            State = result.Text("scanResultStatus"),
            Summary = summary,
            Reason = Reason(result, actions),
            Resource = bucket,
            At = happened.Detail.Time("eventTime"),
            ConsolePath = $"s3/object/{Uri.EscapeDataString(bucket)}?prefix={Uri.EscapeDataString(key)}",
            Facts = [new("version", scanned.Text("versionId") ?? "")],
        };
    }

    private static string Reason(JsonElement result, IEnumerable<JsonElement> actions) =>
        string.Join(
            ", ",
            result
                .Items("statusReasons")
                .Select(static reason => reason.AsText() ?? reason.Text("code"))
                .Concat(actions.Select(static action => action.Text("failureReason")))
                .OfType<string>()
                .Select(static reason => AwsWords.Sentence(AwsWords.Plain(reason)))
        );
}
