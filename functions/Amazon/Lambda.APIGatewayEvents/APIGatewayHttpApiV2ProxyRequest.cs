namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>
/// A request through an HTTP API (payload format 2.0) or a function URL. Every field may be missing. Header names are
/// lower-case; several values of one header or parameter are joined by commas.
/// </summary>
public class APIGatewayHttpApiV2ProxyRequest
{
    public string? Version { get; set; }

    public string? RouteKey { get; set; }

    public string? RawPath { get; set; }

    public string? RawQueryString { get; set; }

    public string[]? Cookies { get; set; }

    public IDictionary<string, string>? Headers { get; set; }

    public IDictionary<string, string>? QueryStringParameters { get; set; }

    public ProxyRequestContext? RequestContext { get; set; }

    public string? Body { get; set; }

    public IDictionary<string, string>? PathParameters { get; set; }

    /// <summary>Of <see cref="Body"/>: set for every content type that API Gateway does not take for text.</summary>
    public bool IsBase64Encoded { get; set; }

    public IDictionary<string, string>? StageVariables { get; set; }

    public class ProxyRequestContext
    {
        public string? AccountId { get; set; }

        public string? ApiId { get; set; }

        public AuthorizerDescription? Authorizer { get; set; }

        public string? DomainName { get; set; }

        public string? DomainPrefix { get; set; }

        public HttpDescription? Http { get; set; }

        public string? RequestId { get; set; }

        public string? RouteId { get; set; }

        public string? RouteKey { get; set; }

        public string? Stage { get; set; }

        /// <summary>Like <c>12/Mar/2020:19:03:58 +0000</c>; <see cref="TimeEpoch"/> is easier to read.</summary>
        public string? Time { get; set; }

        /// <summary>Epoch milliseconds.</summary>
        public long TimeEpoch { get; set; }
    }

    public class HttpDescription
    {
        public string? Method { get; set; }

        public string? Path { get; set; }

        public string? Protocol { get; set; }

        public string? SourceIp { get; set; }

        public string? UserAgent { get; set; }
    }

    public class AuthorizerDescription
    {
        public JwtDescription? Jwt { get; set; }

        public class JwtDescription
        {
            public IDictionary<string, string>? Claims { get; set; }

            public string[]? Scopes { get; set; }
        }
    }
}
