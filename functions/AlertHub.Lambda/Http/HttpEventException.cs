namespace AlertHub.Lambda.Http;

/// <summary>An event that no server can answer. The message says what it is instead and what to do.</summary>
public sealed class HttpEventException : Exception
{
    private HttpEventException(string message)
        : base(message) { }

    internal static HttpEventException NoRequest() =>
        new(
            "The event is no HTTP request of payload format 2.0: invoke this function through an API Gateway HTTP API or a function URL."
        );

    internal static HttpEventException OtherFormat(string version) =>
        new(
            $"The event has {(version == "1.0" ? "payload format 1.0" : "another payload format")}; set PayloadFormatVersion of the API's integration to 2.0."
        );

    internal static HttpEventException Unreadable(string reason) =>
        new(
            $"The event cannot be read: {reason}. It must be a request of an API Gateway HTTP API or a function URL (payload format 2.0)."
        );
}
