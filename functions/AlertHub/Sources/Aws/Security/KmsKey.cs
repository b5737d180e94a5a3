using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>
/// What becomes of a key. One that will be deleted, or is disabled, is wrong until that is called back; what it encrypted is
/// lost with it.
/// </summary>
internal static class KmsKey
{
    private const string Scheduled = "KMS key deletion scheduled";
    private const string Disabled = "KMS key disabled";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvents(
            "kms-key",
            "aws.kms",
            [
                "KMS CMK Deletion",
                "KMS CMK Rotation",
                "KMS Imported Key Material Expiration",
                "AWS API Call via CloudTrail",
            ],
            static happened =>
                happened.DetailType == "AWS API Call via CloudTrail" ? Called(happened) : Happened(happened)
        );

    private static IReadOnlyList<AwsStory> Happened(AwsEvent happened)
    {
        if ((happened.Detail.Text("key-id") ?? happened.Resource) is not { } arn)
        {
            return [];
        }

        var key = AwsWords.Last(arn);
        return happened.DetailType switch
        {
            "KMS CMK Deletion" =>
            [
                Of(
                    happened,
                    key,
                    "KMS key deleted",
                    $"KMS key {key} is deleted; what it encrypted cannot be read again"
                ) with
                {
                    Severity = AwsSeverity.Critical,
                    Endings =
                    [
                        new(Scheduled, AwsSeverity.Critical, Identity(happened, key))
                        {
                            Summary = $"KMS key {key} is deleted",
                        },
                    ],
                },
            ],
            "KMS CMK Rotation" => [Of(happened, key, "KMS key rotated", $"KMS key {key} was rotated")],
            _ =>
            [
                Of(
                    happened,
                    key,
                    "KMS key material expired",
                    $"The imported material of KMS key {key} has expired; the key is unusable until it is imported again"
                ) with
                {
                    Severity = AwsSeverity.Critical,
                    Runbook = "https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-managing.html",
                },
            ],
        };
    }

    private static IReadOnlyList<AwsStory> Called(AwsEvent happened)
    {
        var call = happened.Detail;
        if (
            call.Text("errorCode") is not null
            || (KeyArn(call) ?? call.Member("requestParameters")?.Text("keyId")) is not { } arn
        )
        {
            return [];
        }

        var key = AwsWords.Last(arn);
        var who = CloudTrailIdentity.Name(call);
        var (name, phase, summary) = call.Text("eventName") switch
        {
            "ScheduleKeyDeletion" => (
                Scheduled,
                AwsPhase.Begins,
                $"{who} scheduled KMS key {key} for deletion{When(call)}; cancel that if anything still needs it"
            ),
            "CancelKeyDeletion" => (Scheduled, AwsPhase.Ends, $"{who} cancelled the deletion of KMS key {key}"),
            "DisableKey" => (Disabled, AwsPhase.Begins, $"{who} disabled KMS key {key}; nothing can use it"),
            "EnableKey" => (Disabled, AwsPhase.Ends, $"{who} enabled KMS key {key}"),
            _ => ("", AwsPhase.Happened, ""),
        };
        return name.Length == 0
            ? []
            :
            [
                Of(happened, key, name, summary) with
                {
                    Phase = phase,
                    Identity = Identity(happened, key),
                    Severity = AwsSeverity.Critical,
                    At = call.Time("eventTime"),
                    Facts = [new("user", who), new("remote_address", call.Text("sourceIPAddress") ?? "")],
                },
            ];
    }

    private static AwsStory Of(AwsEvent happened, string key, string name, string summary) =>
        new()
        {
            Name = name,
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            Summary = summary,
            Resource = key,
            At = happened.Time,
            ConsolePath = $"kms/home#/kms/keys/{Uri.EscapeDataString(key)}",
        };

    private static string Identity(AwsEvent happened, string key) => $"{happened.Account} {happened.Region} {key}";

    private static string? KeyArn(JsonElement call) =>
        call.Items("resources").Select(static each => each.Text("ARN")).FirstOrDefault();

    private static string When(JsonElement call) =>
        call.Member("requestParameters")?.Text("pendingWindowInDays") is { } days
            ? $" in {AwsWords.Count(days, "day")}"
            : "";
}
