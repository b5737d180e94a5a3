using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>
/// A call of AWS's API that a rule lets through, since somebody wants to know of it. Stopping what watches is wrong until it
/// is started again; all others are events of their own.
/// </summary>
internal static class CloudTrailCall
{
    public static AwsKind Kind { get; } =
        AwsKind.OfAnySource(
            "cloudtrail-call",
            [
                "AWS API Call via CloudTrail",
                "AWS Service Event via CloudTrail",
                "AWS Console Action via CloudTrail",
                "AWS Network Activity Event via CloudTrail",
            ],
            Tell
        );

    private sealed record Watching(string Name, AwsSeverity Severity, AwsPhase Phase, string Words);

    private static readonly Dictionary<string, Watching> Watched = new(StringComparer.Ordinal)
    {
        ["StopLogging"] = new(
            "CloudTrail logging stopped",
            AwsSeverity.Critical,
            AwsPhase.Begins,
            "stopped logging to"
        ),
        ["StartLogging"] = new("CloudTrail logging stopped", AwsSeverity.Critical, AwsPhase.Ends, "started logging to"),
        ["StopConfigurationRecorder"] = new(
            "Config recorder stopped",
            AwsSeverity.Critical,
            AwsPhase.Begins,
            "stopped the recorder"
        ),
        ["StartConfigurationRecorder"] = new(
            "Config recorder stopped",
            AwsSeverity.Critical,
            AwsPhase.Ends,
            "started the recorder"
        ),
    };

    /// <summary>What takes away the means to see or to undo.</summary>
    private static readonly HashSet<string> Dangerous = new(StringComparer.Ordinal)
    {
        "DeleteConfigurationRecorder",
        "DeleteDeliveryChannel",
        "DeleteDetector",
        "DeleteFlowLogs",
        // Of Detective.
        "DeleteGraph",
        "DeleteTrail",
        "DisableSecurityHub",
        "LeaveOrganization",
    };

    /// <summary>What gives access, makes something public, takes a protection away, loses data or moves traffic.</summary>
    private static readonly HashSet<string> Sensitive = new(StringComparer.Ordinal)
    {
        "AttachRolePolicy",
        "AttachUserPolicy",
        "AuthorizeSecurityGroupIngress",
        "CreateAccessKey",
        "CreateLoginProfile",
        "CreateUser",
        "DeactivateMFADevice",
        "DeleteBucketPublicAccessBlock",
        "DeleteConnection",
        "DeleteFileSystem",
        "DeleteProtection",
        "DeleteTable",
        "DeleteVirtualInterface",
        "DeleteVpnConnection",
        "DeleteWebACL",
        "DisassociateWebACL",
        "ExecuteBudgetAction",
        "ModifySnapshotAttribute",
        "PurgeQueue",
        "PutBucketPolicy",
        "PutEventSelectors",
        "PutRolePolicy",
        "PutUserPolicy",
        "UpdateAssumeRolePolicy",
        "UpdateRoutingControlState",
        "UpdateTrail",
    };

    /// <summary>Parameters that tend to hold what a call is about, first match first.</summary>
    private static readonly string[] Subjects =
    [
        "name",
        "trailName",
        "configurationRecorderName",
        "bucketName",
        "keyId",
        "userName",
        "roleName",
        "groupId",
        "groupName",
        "functionName",
        "instanceId",
        "dBInstanceIdentifier",
        "tableName",
        "clusterName",
        "stackName",
        "secretId",
        "SecretId",
        "detectorId",
        "serviceName",
        "graphArn",
        "queueUrl",
        "fileSystemId",
        "connectionId",
        "vpnConnectionId",
        "virtualInterfaceId",
        "routingControlArn",
        "budgetName",
        "resourceArn",
    ];

    /// <summary>Parameters without which a call says nothing: traffic on or off.</summary>
    private static readonly string[] Choices = ["routingControlState", "executionType"];

    /// <summary>The event in CloudTrail's history; null where it has no id.</summary>
    public static string? Page(JsonElement call) =>
        call.Text("eventID") is { } id ? $"cloudtrailv2/home#/events/{Uri.EscapeDataString(id)}" : null;

    private static AwsStory? Tell(AwsEvent happened)
    {
        var call = happened.Detail;
        if (call.Text("eventName") is not { } name)
        {
            return null;
        }

        var service = (call.Text("eventSource") ?? happened.Source).Split('.')[0];
        var error = call.Text("errorCode");
        var isOfService = call.Text("eventType") == "AwsServiceEvent";
        var parameters =
            (isOfService ? call.Member("additionalEventData") ?? call.Member("serviceEventDetails") : null)
            ?? call.Member("requestParameters")
            ?? default;
        var subject = Subjects.Select(each => parameters.Text(each)).FirstOrDefault(static each => each is not null);
        var thing = subject is null ? null : AwsWords.Last(subject);
        var choice = Choices.Select(each => parameters.Text(each)).FirstOrDefault(static each => each is not null);
        var watching = error is null ? Watched.GetValueOrDefault(name) : null;
        var who = CloudTrailIdentity.Name(call);
        // A service stands in the place of all three.
        var address = call.Text("sourceIPAddress");
        var agent = call.Text("userAgent");
        var account = call.Text("recipientAccountId") ?? happened.Account;
        return new()
        {
            Name = watching?.Name ?? $"CloudTrail {name}",
            Identity = watching is null ? null : $"{account} {call.Text("awsRegion")} {thing}",
            Phase = watching?.Phase ?? AwsPhase.Happened,
            Severity = watching?.Severity ?? Severity(name, error, CloudTrailIdentity.IsRoot(call)),
            State = error,
            Summary =
                isOfService ? $"{service}: {name}{(thing is null ? "" : $" of {thing}")}"
                : watching is { } watched ? $"{who} {watched.Words} {thing ?? "what is recorded"}{From(call)}"
                : $"{who} {Did(error)} {name} of {service}{(thing is null ? "" : $" on {thing}")}{(choice is null ? "" : $" ({AwsWords.Plain(choice)})")}{From(call)}{(error is null ? "" : $": {error}")}",
            Description = CloudTrailRules.Of(parameters),
            Reason = call.Text("errorMessage"),
            Resource = thing,
            Account = account,
            Region = call.Text("awsRegion"),
            At = call.Time("eventTime"),
            ConsolePath = Page(call),
            Facts =
            [
                new("service", service),
                new("user", who),
                new("remote_address", address is null || address == who ? "" : address),
                new("user_agent", agent is null || agent == address ? "" : agent),
            ],
        };
    }

    /// <summary>A dry run ends in an error in any case.</summary>
    private static string Did(string? error) =>
        error is null ? "called"
        : error.EndsWith("DryRunOperation", StringComparison.Ordinal) ? "tried out"
        : "was refused";

    private static AwsSeverity Severity(string name, string? error, bool isRoot) =>
        // Nobody does that as root who could do it otherwise.
        error is null
        && (Dangerous.Contains(name) || (isRoot && Sensitive.Contains(name)))
            ? AwsSeverity.Critical
        : name.EndsWith("Failed", StringComparison.Ordinal)
        || isRoot
        || Dangerous.Contains(name)
        || Sensitive.Contains(name)
            ? AwsSeverity.Warning
        : AwsSeverity.Info;

    /// <summary>Where it came from; of what a service did for somebody CloudTrail has the service's name.</summary>
    public static string From(JsonElement call) =>
        call.Text("sourceIPAddress") is { } address && !address.EndsWith(".amazonaws.com", StringComparison.Ordinal)
            ? $" from {address}"
            : "";
}
