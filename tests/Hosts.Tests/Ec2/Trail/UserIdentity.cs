using System.Text.Json.Nodes;

namespace Hosts.Tests.Ec2.Trail;

/// <summary>Who calls, as CloudTrail tells it.</summary>
internal abstract record UserIdentity
{
    private UserIdentity() { }

    /// <summary>A service on whose behalf it is done: <c>cloudformation.amazonaws.com</c>.</summary>
    public string? InvokedBy { get; init; }

    public string SourceIp { get; init; } = "203.0.113.7";

    /// <summary>The person behind a role, where sessions say so.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>A session of a role.</summary>
    /// <param name="Role">Its name.</param>
    /// <param name="Session">Of it.</param>
    /// <param name="Path">Of the role, with slashes around; it is in the issuer's ARN, not in the session's.</param>
    public sealed record AssumedRole(string Role, string Session, string Path = "/") : UserIdentity
    {
        protected override JsonObject Write(string account, string accessKey)
        {
            var session = new JsonObject
            {
                ["sessionIssuer"] = new JsonObject
                {
                    ["type"] = "Role",
                    ["principalId"] = "AROAEXAMPLE" + Role.ToUpperInvariant(),
                    ["arn"] = $"arn:aws:iam::{account}:role{Path}{Role}",
                    ["accountId"] = account,
                    ["userName"] = Role,
                },
                ["attributes"] = new JsonObject
                {
                    ["creationDate"] = "2026-01-02T00:00:00Z",
                    ["mfaAuthenticated"] = "false",
                },
            };
            if (SourceIdentity is not null)
            {
                session["sourceIdentity"] = SourceIdentity;
            }

            return new()
            {
                ["type"] = "AssumedRole",
                ["principalId"] = $"AROAEXAMPLE{Role.ToUpperInvariant()}:{Session}",
                ["arn"] = $"arn:aws:sts::{account}:assumed-role/{Role}/{Session}",
                ["accountId"] = account,
                ["accessKeyId"] = accessKey,
                ["sessionContext"] = session,
            };
        }
    }

    public sealed record IamUser(string Name, string Path = "/") : UserIdentity
    {
        protected override JsonObject Write(string account, string accessKey) =>
            new()
            {
                ["type"] = "IAMUser",
                ["principalId"] = "AIDAEXAMPLE" + Name.ToUpperInvariant(),
                ["arn"] = $"arn:aws:iam::{account}:user{Path}{Name}",
                ["accountId"] = account,
                ["accessKeyId"] = accessKey,
                ["userName"] = Name,
            };
    }

    /// <summary>The account's own.</summary>
    public sealed record Root : UserIdentity
    {
        protected override JsonObject Write(string account, string accessKey) =>
            new()
            {
                ["type"] = "Root",
                ["principalId"] = account,
                ["arn"] = $"arn:aws:iam::{account}:root",
                ["accountId"] = account,
                ["accessKeyId"] = accessKey,
            };
    }

    /// <summary>A service of AWS of its own accord, which has no credentials to show.</summary>
    public sealed record Service(string Host) : UserIdentity
    {
        protected override JsonObject Write(string account, string accessKey) =>
            new() { ["type"] = "AWSService", ["invokedBy"] = Host };
    }

    /// <summary>Whatever a test wants there.</summary>
    public sealed record Other(JsonObject Json) : UserIdentity
    {
        protected override JsonObject Write(string account, string accessKey) => (JsonObject)Json.DeepClone();
    }

    public JsonObject ToJson(string account, string accessKey)
    {
        var json = Write(account, accessKey);
        if (InvokedBy is not null)
        {
            json["invokedBy"] = InvokedBy;
        }

        return json;
    }

    protected abstract JsonObject Write(string account, string accessKey);
}
