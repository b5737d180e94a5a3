using System.Text;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Access;

/// <summary>An answer of AWS.</summary>
internal sealed record AwsAnswer(int Status, byte[] Body)
{
    public string ContentType { get; init; } = "application/x-amz-json-1.0";

    /// <summary>The header <c>x-amzn-query-error</c> of services that once spoke another language.</summary>
    public string? QueryError { get; init; }

    public static AwsAnswer Json(JsonObject body) => new(200, Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static AwsAnswer Error(int status, string type, string message, string? queryError = null) =>
        new(status, Encoding.UTF8.GetBytes(new JsonObject { ["__type"] = type, ["message"] = message }.ToJsonString()))
        {
            QueryError = queryError is null ? null : $"{queryError};{(status < 500 ? "Sender" : "Receiver")}",
        };

    /// <summary>What the service says when a call is denied.</summary>
    public static AwsAnswer Denied(AwsCall call, string caller, string action, string resource)
    {
        var message =
            $"User: {caller} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action";
        return call.Service is "sqs" or "monitoring"
            ? Error(403, "com.amazon.coral.service#AccessDeniedException", message, "AccessDenied")
            : Error(400, "com.amazon.coral.service#AccessDeniedException", message);
    }

    /// <summary>What the service says when there was too much.</summary>
    public static AwsAnswer Throttled(AwsCall call) =>
        call.Service switch
        {
            "dynamodb" => Error(
                400,
                "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded."
            ),
            "sqs" => Error(400, "com.amazonaws.sqs#RequestThrottled", "Request is throttled.", "RequestThrottled"),
            _ => Error(400, "ThrottlingException", "Rate exceeded", "Throttling"),
        };
}
