using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>Access that IAM Access Analyzer found, and nobody may want; over once it is resolved, archived or deleted.</summary>
internal static class AccessAnalyzerFinding
{
    private const string Unused = "Unused Access Finding for IAM entities";
    private const string Internal = "Internal Access Finding";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "accessanalyzer-finding",
            "aws.access-analyzer",
            ["Access Analyzer Finding", Internal, Unused],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var finding = happened.Detail;
        if (
            (finding.Text("id") ?? finding.Text("findingId")) is not { } id
            || finding.Text("resource") is not { } resource
        )
        {
            return null;
        }

        var status = finding.Text("status");
        var isDeleted = finding.Text("isDeleted") == "true";
        var isPublic = finding.Text("isPublic") == "true";
        var (name, severity) = happened.DetailType switch
        {
            Unused => ("unused access", AwsSeverity.Info),
            Internal => ("internal access", AwsSeverity.Warning),
            _ => ("external access", isPublic ? AwsSeverity.Critical : AwsSeverity.Warning),
        };
        return new()
        {
            Name = $"Access Analyzer {name}",
            Identity = id,
            Phase = isDeleted || status is "RESOLVED" or "ARCHIVED" ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = severity,
            State = isDeleted ? "DELETED" : status,
            Summary =
                isDeleted || status == "RESOLVED" ? $"No longer: {Found(happened.DetailType, finding, isPublic)}"
                : status == "ARCHIVED" ? $"Accepted: {Found(happened.DetailType, finding, isPublic)}"
                : AwsWords.Sentence(Found(happened.DetailType, finding, isPublic)),
            Resource = AwsWords.Last(resource),
            Account = finding.Text("accountId"),
            Region = finding.Text("region"),
            At = finding.Time("updatedAt"),
            ConsolePath = "access-analyzer/home#/findings",
            Runbook = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings-remediate.html",
            Facts =
            [
                new("resource_arn", resource),
                new("analyzer", happened.Resource is { } analyzer ? AwsWords.Last(analyzer) : ""),
                new("finding_type", finding.Text("findingType") ?? ""),
                new(
                    "condition",
                    string.Join(
                        ", ",
                        finding.Member("condition")?.Texts().Select(static each => $"{each.Key}={each.Value}") ?? []
                    )
                ),
            ],
        };
    }

    private static string Found(string detailType, JsonElement finding, bool isPublic)
    {
        var thing = Thing(finding);
        if (finding.Text("error") is { } error)
        {
            return $"access to {thing} could not be analysed: {AwsWords.Plain(error)}";
        }

        if (detailType == Unused)
        {
            return finding.Text("findingType") switch
            {
                "UnusedIAMRole" => $"nobody uses {thing}",
                "UnusedIAMUserAccessKey" => $"an access key of {thing} is not used",
                "UnusedIAMUserPassword" => $"the password of {thing} is not used",
                _ => $"{thing} has permissions that it does not use",
            };
        }

        var actions = AwsWords.Several([
            .. finding.Items("action").Select(static each => each.AsText()).OfType<string>(),
        ]);
        return $"{(isPublic ? "anybody" : Principal(finding))} can reach {thing}{(actions.Length > 0 ? $": {actions}" : "")}";
    }

    private static string Principal(JsonElement finding) =>
        finding.Member("principal")?.Texts().Select(static each => each.Value).FirstOrDefault() is not { } who
            ? "somebody"
        : who.All(char.IsAsciiDigit) ? $"the account {who}"
        : who;

    /// <summary><c>AWS::S3::Bucket</c> is a bucket.</summary>
    private static string Thing(JsonElement finding) =>
        $"the {AwsWords.Last(finding.Text("resourceType") ?? "resource").ToLowerInvariant()} {AwsWords.Last(finding.Text("resource") ?? "")}";
}
