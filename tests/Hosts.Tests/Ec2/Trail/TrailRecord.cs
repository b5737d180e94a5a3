using System.Globalization;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Ec2.Trail;

/// <summary>What CloudTrail writes about one call, and EventBridge wraps.</summary>
internal sealed record TrailRecord
{
    public required string Action { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required UserIdentity Who { get; init; }

    public required string AccessKey { get; init; }

    public required string UserAgent { get; init; }

    public required string RequestId { get; init; }

    public required JsonObject Request { get; init; }

    /// <summary>Null where it was refused.</summary>
    public JsonObject? Answer { get; init; }

    public Ec2Refusal? Refusal { get; init; }

    /// <summary>The event as a function gets it.</summary>
    public JsonObject ToEvent()
    {
        var time = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var record = new JsonObject
        {
            ["eventVersion"] = "1.10",
            ["userIdentity"] = Who.ToJson(AccountId, AccessKey),
            ["eventTime"] = time,
            ["eventSource"] = "ec2.amazonaws.com",
            ["eventName"] = Action,
            ["awsRegion"] = Region,
            // A service on somebody's behalf stands here itself.
            ["sourceIPAddress"] = Who.InvokedBy ?? Who.SourceIp,
            ["userAgent"] = Who.InvokedBy ?? UserAgent,
        };
        if (Refusal is not null)
        {
            record["errorCode"] = Refusal.TrailCode;
            record["errorMessage"] = Refusal.Message;
        }

        record["requestParameters"] = Request;
        record["responseElements"] = Answer;
        record["requestID"] = RequestId;
        record["eventID"] = Guid.NewGuid().ToString();
        record["readOnly"] = false;
        record["eventType"] = "AwsApiCall";
        record["managementEvent"] = true;
        record["recipientAccountId"] = AccountId;
        record["eventCategory"] = "Management";
        return new()
        {
            ["version"] = "0",
            ["id"] = Guid.NewGuid().ToString(),
            ["detail-type"] = "AWS API Call via CloudTrail",
            ["source"] = "aws.ec2",
            ["account"] = AccountId,
            ["time"] = time,
            ["region"] = Region,
            ["resources"] = new JsonArray(),
            ["detail"] = record,
        };
    }
}
