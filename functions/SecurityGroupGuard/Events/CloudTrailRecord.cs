using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertHub.Sources;

namespace SecurityGroupGuard.Events;

/// <summary>
/// One call of an API as CloudTrail tells it
/// (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html). All of it
/// may be missing.
/// </summary>
internal sealed record CloudTrailRecord
{
    public required string Id { get; init; }

    /// <summary>The first part of <c>eventSource</c>: <c>ec2</c>.</summary>
    public required string Service { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>Why it failed, without <c>Client.</c>; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What was asked, out of what it may be wrapped in.</summary>
    public required JsonElement Request { get; init; }

    public required JsonElement Response { get; init; }

    /// <summary>CloudTrail left out what was asked or answered because it was too long (<c>omitted: true</c>).</summary>
    public bool IsCut { get; init; }

    /// <summary>The record, or null where it is none.</summary>
    /// <param name="record">EventBridge's <c>detail</c>, or what LookupEvents answers as <c>CloudTrailEvent</c>.</param>
    /// <param name="envelope">EventBridge's event around it, for what the record lacks; undefined where there is none.</param>
    /// <param name="now">When it came, for a record without a time.</param>
    public static CloudTrailRecord? Read(JsonElement record, JsonElement envelope, DateTimeOffset now)
    {
        if (record.Text("eventName") is not { } name || record.Text("eventSource") is not { } source)
        {
            return null;
        }

        var actor = ActorJson.Read(record);
        var (request, response) = (record.Member("requestParameters"), record.Member("responseElements"));
        return new()
        {
            Id =
                record.Text("eventID")
                ?? record.Text("requestID")
                ?? envelope.Text("id")
                ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record.GetRawText()))),
            Service = source.Split('.')[0],
            Name = name,
            At = record.Time("eventTime") ?? envelope.Time("time") ?? now,
            // Who got the record is whose group it is; a caller may be of another account.
            Account = record.Text("recipientAccountId") ?? envelope.Text("account") ?? actor.Account ?? "",
            Region = record.Text("awsRegion") ?? envelope.Text("region") ?? "",
            Actor = actor,
            Error = Unprefixed(record.Text("errorCode") ?? record.Text("errorMessage")),
            Request = request?.Member($"{name}Request") ?? request ?? default,
            Response = response?.Member($"{name}Response") ?? response ?? default,
            IsCut =
                record.Text("omitted") == "true"
                || request?.Text("omitted") == "true"
                || response?.Text("omitted") == "true",
        };
    }

    /// <summary>One for each group that it changed; none where it is no such call.</summary>
    public IReadOnlyList<ChangeEvent> Changes() =>
        RuleCalls.Read(this) ?? TagCalls.Read(this) ?? AppliedCalls.Read(this) ?? [];

    /// <param name="group">The group's id; null where the record does not say it.</param>
    /// <param name="change">What it did to it.</param>
    public ChangeEvent To(string? group, Change change) =>
        new()
        {
            Id = Id,
            Name = Name,
            At = At,
            Actor = Actor,
            Group = new(Account, Region, group ?? ""),
            GroupName = Request.FieldText("groupName"),
            Change = change,
            Error = Error,
            IsDryRun = Error == "DryRunOperation" || Request.FieldText("dryRun") is "true" or "True",
        };

    public Change.Unknown Unknown() =>
        new(
            IsCut
                ? "CloudTrail left out what was too long (omitted: true)"
                : $"the event of {Name} does not say which rules, or not in a way that is known"
        );

    /// <summary>EC2's codes have <c>Client.</c> or <c>Server.</c> before them in CloudTrail, and in answers not.</summary>
    private static string? Unprefixed(string? code) =>
        code is null ? null
        : code.StartsWith("Client.", StringComparison.Ordinal) || code.StartsWith("Server.", StringComparison.Ordinal)
            ? code[7..]
        : code;
}
