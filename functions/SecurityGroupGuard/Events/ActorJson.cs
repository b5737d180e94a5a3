using System.Text.Json;
using AlertHub.Sources;

namespace SecurityGroupGuard.Events;

/// <summary>
/// CloudTrail's <c>userIdentity</c>, of whichever type
/// (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html).
/// </summary>
internal static class ActorJson
{
    public static Actor Read(JsonElement record)
    {
        var identity = record.Member("userIdentity") ?? default;
        var session = identity.Member("sessionContext") ?? default;
        return new()
        {
            Type = identity.Text("type"),
            Name = identity.Text("userName") ?? session.Member("sessionIssuer")?.Text("userName"),
            Arn = identity.Text("arn"),
            IssuerArn = session.Member("sessionIssuer")?.Text("arn"),
            Account = identity.Text("accountId") ?? session.Member("sessionIssuer")?.Text("accountId"),
            AccessKey = identity.Text("accessKeyId"),
            SourceIdentity = session.Text("sourceIdentity"),
            InvokedBy = identity.Text("invokedBy"),
            OnBehalfOf = identity.Member("onBehalfOf")?.Text("userId"),
            HasMfa = session.Member("attributes")?.Text("mfaAuthenticated")?.ToLowerInvariant() switch
            {
                "true" => true,
                "false" => false,
                _ => null,
            },
            SourceAddress = record.Text("sourceIPAddress"),
            UserAgent = record.Text("userAgent"),
        };
    }
}
