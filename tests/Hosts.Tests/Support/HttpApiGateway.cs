using System.Text;
using System.Text.Json.Serialization;
using AlertHub.Lambda.Http;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Hosts.Tests.Support;

/// <summary>
/// An API Gateway HTTP API, or a function URL, before a server without a socket: requests become events and answers
/// answers. Left out is what the real one adds to an answer (Date, Apigw-Requestid, a Content-Type where there is none).
/// </summary>
internal sealed class HttpApiGateway(LambdaServer server, InvocationContext context) : HttpMessageHandler
{
    public const string HttpApi = "id.execute-api.eu-west-1.amazonaws.com";
    public const string FunctionUrl = "id.lambda-url.eu-west-1.on.aws";

    private static readonly SourceGeneratorLambdaJsonSerializer<HttpEventsJson> Json = new();

    public string DomainName { get; init; } = HttpApi;

    public string Stage { get; init; } = "$default";

    public static string Write(APIGatewayHttpApiV2ProxyRequest request)
    {
        using var json = new MemoryStream();
        Json.Serialize(request, json);
        return Encoding.UTF8.GetString(json.ToArray());
    }

    public static APIGatewayHttpApiV2ProxyRequest ReadRequest(string json) =>
        Json.Deserialize<APIGatewayHttpApiV2ProxyRequest>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    public static async Task<APIGatewayHttpApiV2ProxyResponse> InvokeAsync(
        LambdaServer server,
        string json,
        InvocationContext context
    )
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(json));
        await using var output = await server.HandleAsync(input, context);
        return Json.Deserialize<APIGatewayHttpApiV2ProxyResponse>(output);
    }

    /// <summary>The event of a request.</summary>
    public async Task<APIGatewayHttpApiV2ProxyRequest> EventAsync(HttpRequestMessage request)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync() : [];
        var (path, query) = request.RequestUri!.PathAndQuery.Split('?', 2) is [var p, var q]
            ? (p, q)
            : (request.RequestUri.AbsolutePath, "");
        // An HTTP API decodes the path, and takes what a %3F becomes for the beginning of the query.
        path = DomainName.Contains(".lambda-url.", StringComparison.Ordinal)
            ? path
            : Uri.UnescapeDataString(path).Split('?')[0];
        var headers = request
            .Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .ToDictionary(
                static header => header.Key.ToLowerInvariant(),
                static header => header.Value.ToString(),
                StringComparer.Ordinal
            );
        headers.TryAdd("host", request.RequestUri.Authority);
        headers["content-length"] = $"{body.Length}";
        headers.Remove("transfer-encoding");
        headers.Remove("cookie", out var cookies);
        var isText =
            !headers.ContainsKey("content-encoding")
            && headers.GetValueOrDefault("content-type") is { } type
            && (type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal));
        return new()
        {
            Version = "2.0",
            RouteKey = "$default",
            RawPath = Stage == "$default" ? path : $"/{Stage}{path}",
            RawQueryString = query,
            Cookies = cookies?.Split("; "),
            Headers = headers,
            RequestContext = new()
            {
                AccountId = "123456789012",
                ApiId = "id",
                DomainName = DomainName,
                DomainPrefix = "id",
                Http = new()
                {
                    Method = request.Method.Method,
                    Path = path,
                    Protocol = "HTTP/1.1",
                    SourceIp = "192.0.2.1",
                },
                RequestId = "JKJaXmPLvHcESHA=",
                RouteKey = "$default",
                Stage = Stage,
                Time = "12/Mar/2026:19:03:58 +0000",
                TimeEpoch = 1583348638390,
            },
            Body =
                body.Length == 0 ? null
                : isText ? Encoding.UTF8.GetString(body)
                : Convert.ToBase64String(body),
            IsBase64Encoded = body.Length > 0 && !isText,
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await InvokeAsync(server, Write(await EventAsync(request)), context);
        var body = answer.Body ?? "";
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)answer.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(
                answer.IsBase64Encoded ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body)
            ),
        };
        var headers = (answer.Headers ?? new Dictionary<string, string>()).Select(static h => (h.Key, h.Value));
        foreach (var (name, value) in headers.Concat((answer.Cookies ?? []).Select(static c => ("Set-Cookie", c))))
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}

[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpEventsJson : JsonSerializerContext;
