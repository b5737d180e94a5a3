using Microsoft.AspNetCore.Http;

namespace AlertHub.Lambda.Http;

/// <summary>
/// Of a request through an HTTP API or a function URL (payload format 2.0) what a server needs. The names are those of
/// Amazon.Lambda.APIGatewayEvents' request. See
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
/// </summary>
internal sealed record HttpEvent
{
    public required string Method { get; init; }

    /// <summary>As it came: see <see cref="RequestPath"/>. Never empty.</summary>
    public required string RawPath { get; init; }

    /// <summary>As the client sent it, without the question mark.</summary>
    public required string RawQueryString { get; init; }

    /// <summary>Names are lower-case; several values of one header are one text, with commas between them.</summary>
    public required IHeaderDictionary Headers { get; init; }

    /// <summary>What stood in Cookie headers, one by one.</summary>
    public required IReadOnlyList<string> Cookies { get; init; }

    /// <summary>Decoded from base64, still packed where the client packed it.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Such as <c>HTTP/1.1</c>: what the client and API Gateway spoke.</summary>
    public required string? Protocol { get; init; }

    /// <summary>The client, as API Gateway saw its connection.</summary>
    public required string? SourceIp { get; init; }

    /// <summary><c>$default</c> for function URLs.</summary>
    public required string? Stage { get; init; }

    /// <summary>The host that was asked: of the API, of the function URL, or a custom domain.</summary>
    public required string? DomainName { get; init; }

    /// <summary>API Gateway's, which clients see as <c>Apigw-Requestid</c>; not Lambda's.</summary>
    public required string? RequestId { get; init; }
}
