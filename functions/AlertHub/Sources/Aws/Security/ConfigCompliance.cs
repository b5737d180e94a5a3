using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>What a rule of Config says of a resource: wrong while it does not comply.</summary>
internal static class ConfigCompliance
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEither("config-compliance", "aws.config", ["Config Rules Compliance Change"], Tell);

    private static AwsStory? Tell(JsonElement change)
    {
        if (
            change.Text("messageType") != "ComplianceChangeNotification"
            || change.Text("configRuleName") is not { } rule
            || change.Text("resourceId") is not { } id
        )
        {
            return null;
        }

        var result = change.Member("newEvaluationResult") ?? default;
        var compliance = result.Text("complianceType");
        var type = change.Text("resourceType");
        var thing =
            $"{(type is null ? "Resource" : AwsWords.Sentence(AwsWords.Plain(AwsWords.Last(type))))} {AwsWords.Last(id)}";
        var account = change.Text("awsAccountId");
        var region = change.Text("awsRegion");
        return new()
        {
            Name = $"Config rule {rule}",
            Identity = $"{account} {region} {type} {id}",
            // A resource that is gone, or that the rule no longer looks at, has no compliance.
            Phase = compliance == "NON_COMPLIANT" ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            State = compliance,
            Summary = compliance switch
            {
                "NON_COMPLIANT" => $"{thing} does not comply with {rule}",
                "COMPLIANT" => $"{thing} complies with {rule}",
                _ => $"{thing} is no longer judged by {rule}",
            },
            Reason = result.Text("annotation"),
            Resource = AwsWords.Last(id),
            Account = account,
            Region = region,
            At = result.Time("resultRecordedTime") ?? change.Time("notificationCreationTime"),
            ConsolePath = $"config/home#/rules/details?configRuleName={Uri.EscapeDataString(rule)}",
            Facts =
            [
                new("resource_type", type ?? ""),
                new("before", change.Member("oldEvaluationResult")?.Text("complianceType") ?? ""),
            ],
        };
    }
}
