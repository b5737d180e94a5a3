using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.AwsJson;

/// <summary>A try that failed: an error answer, or none.</summary>
internal sealed class AwsJsonError
{
    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>
    /// The error's name in the service's model, when it told: it differs from the code where the service keeps the
    /// names of its query days.
    /// </summary>
    public string? Shape { get; init; }

    public HttpStatusCode Status { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The server's clock, when it told.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The server's wish, from <c>x-amz-retry-after</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of a try that had no answer.</summary>
    public Exception? Exception { get; init; }

    public bool IsTimeout => Exception is TimeoutException;

    public ErrorType Type =>
        Status == 0 ? ErrorType.Unknown
        : (int)Status < 500 ? ErrorType.Sender
        : ErrorType.Receiver;

    // Botocore's standard mode, AWSSDK.Core 4.0.102 and the codes services use for the same (checked 2026-11).
    public bool IsRetryable =>
        Exception is not null
        || Status
            is HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout
        || Code
            is "RequestTimeout"
                or "RequestTimeoutException"
                or "PriorRequestNotComplete"
                or "InternalError"
                or "InternalFailure"
                or "InternalServerError"
                or "ServiceUnavailable"
                or "ServiceUnavailableException"
                or "Unavailable"
                or "KMSThrottling"
                or "KMS.ThrottlingException"
                or "Throttling"
                or "ThrottlingException"
                or "ThrottledException"
                or "RequestThrottledException"
                or "RequestThrottled"
                or "TooManyRequestsException"
                or "ProvisionedThroughputExceededException"
                or "TransactionInProgressException"
                or "RequestLimitExceeded"
                or "BandwidthLimitExceeded"
                or "LimitExceededException"
                or "SlowDown"
                or "EC2ThrottledException";

    public bool IsClockSkew =>
        Code
            is "RequestTimeTooSkewed"
                or "RequestExpired"
                or "InvalidSignatureException"
                or "SignatureDoesNotMatch"
                or "AuthFailure"
                or "RequestInTheFuture";

    public bool IsExpiredCredentials =>
        Code is "UnrecognizedClientException" || Code.StartsWith("ExpiredToken", StringComparison.Ordinal);

    public static AwsJsonError NoAnswer(Exception exception) =>
        new()
        {
            Code = exception is TimeoutException ? "RequestTimeout" : "NetworkError",
            Message = exception.Message,
            Exception = exception,
        };

    public static AwsJsonError Parse(HttpResponseMessage response, byte[] body)
    {
        string? shape = null;
        string? message = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            shape = Trim(Text(document.RootElement, "__type") ?? Text(document.RootElement, "code"));
            message = Text(document.RootElement, "message") ?? Text(document.RootElement, "Message");
        }
        catch (JsonException)
        {
            // A proxy or load balancer answered; its page is not for a log line.
        }

        return new()
        {
            // CloudWatch and SQS have names from their query days, with the culprit behind: "ResourceNotFound;Sender".
            Code = Header(response, "x-amzn-query-error")?.Split(';')[0] ?? shape ?? response.StatusCode.ToString(),
            Shape = shape,
            Message = message ?? $"The service answered {(int)response.StatusCode} without a message.",
            Status = response.StatusCode,
            RequestId = Header(response, "x-amzn-requestid"),
            Date = response.Headers.Date,
            RetryAfter =
                int.TryParse(Header(response, "x-amz-retry-after"), out var milliseconds) && milliseconds >= 0
                    ? TimeSpan.FromMilliseconds(milliseconds)
                    : null,
        };
    }

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    // "com.amazonaws.ssm#ParameterNotFound:http://…" is ParameterNotFound.
    private static string? Trim(string? code)
    {
        if (code is null)
        {
            return null;
        }

        var colon = code.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? code : code[..colon];
        return name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
