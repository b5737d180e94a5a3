using System.IO.Pipelines;
using System.Net;
using Amazon.Lambda.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AlertHub.Lambda.Http;

/// <summary>One request and what becomes its answer, as the features that ASP.NET Core asks its servers for.</summary>
internal sealed class HttpExchange
    : IHttpRequestBodyDetectionFeature,
        IHttpRequestLifetimeFeature,
        IRequestBodyPipeFeature,
        IDisposable
{
    private readonly CancellationTokenSource aborted;
    private readonly ILambdaLogger logger;
    private readonly string id;

    /// <param name="request">The event.</param>
    /// <param name="path">Its path.</param>
    /// <param name="context">Of the invocation.</param>
    /// <param name="aborted">What <see cref="RequestAborted"/> is at first. Disposed with this.</param>
    public HttpExchange(HttpEvent request, RequestPath path, ILambdaContext context, CancellationTokenSource aborted)
    {
        this.aborted = aborted;
        logger = context.Logger;
        id = request.RequestId ?? context.AwsRequestId;
        RequestAborted = aborted.Token;
        CanHaveBody = request.Body.Length > 0;
        Reader = PipeReader.Create(new(request.Body));
        Features.Set<IHttpRequestFeature>(Describe(request, path));
        Features.Set<IHttpRequestBodyDetectionFeature>(this);
        Features.Set<IRequestBodyPipeFeature>(this);
        Features.Set<IHttpRequestLifetimeFeature>(this);
        Features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature { TraceIdentifier = id });
        Features.Set<IHttpConnectionFeature>(new Connection(id, request.SourceIp));
        Features.Set<IHttpResponseFeature>(Response);
        Features.Set<IHttpResponseBodyFeature>(Response);
    }

    public FeatureCollection Features { get; } = new(16);

    public Response Response { get; } = new();

    public bool CanHaveBody { get; }

    /// <summary>All of it is there, so that the first read has all of it. <see cref="HttpRequest.Body"/> reads from it as well.</summary>
    public PipeReader Reader { get; }

    /// <summary>
    /// Cancelled when the invocation's time is nearly up. Not when the client goes away: API Gateway does not tell, and
    /// the answer is made for nobody.
    /// </summary>
    public CancellationToken RequestAborted { get; set; }

    /// <summary>The endpoint wanted no answer to go out.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Where there is a connection, it would be closed.</summary>
    public void Abort()
    {
        IsGivenUp = true;
        aborted.Cancel();
    }

    public void Dispose() => aborted.Dispose();

    /// <summary>The answer where the endpoint has none: whoever has the log finds out why.</summary>
    public Answer Failed() =>
        Answer.Of(
            StatusCodes.Status500InternalServerError,
            $"AlertHub failed at this request; its log says why, under {id}."
        );

    /// <summary>Types and places of an exception and its causes. What they say stays out of the log: it may quote a secret.</summary>
    public void Log(Exception fault)
    {
        var what = "a fault of AlertHub's";
        for (var e = fault; e is not null; e = e.InnerException)
        {
            Log($"{what}: {e.GetType().Name} {e.StackTrace?.Trim()}");
            what = "caused by";
        }
    }

    /// <summary>With the endpoint's name, and not the path, which a stranger wrote.</summary>
    public void Log(string line) =>
        logger.LogError(
            $"request {id} ({Features.Get<IEndpointFeature>()?.Endpoint?.DisplayName ?? "no endpoint"}): {line}"
        );

    private HttpRequestFeature Describe(HttpEvent request, RequestPath path) =>
        new()
        {
            Protocol = request.Protocol ?? HttpProtocol.Http11,
            Scheme = Uri.UriSchemeHttps,
            Method = request.Method,
            PathBase = path.Base,
            Path = path.Path,
            QueryString = request.RawQueryString.Length > 0 ? "?" + request.RawQueryString : "",
            RawTarget =
                request.RawQueryString.Length > 0 ? $"{request.RawPath}?{request.RawQueryString}" : request.RawPath,
            Headers = Headers(request),
            Body = Reader.AsStream(),
        };

    /// <summary>
    /// As they came, each value whole: where one ends and the next begins only those can tell who know the header (dates
    /// and browsers' names have commas). The length is that of the body as it is here: it came in one piece, whatever the
    /// client and API Gateway did.
    /// </summary>
    private static IHeaderDictionary Headers(HttpEvent request)
    {
        var headers = request.Headers;
        if (request.Cookies.Count > 0)
        {
            headers.Cookie = string.Join("; ", request.Cookies);
        }

        if (headers.Host.Count == 0)
        {
            headers.Host = request.DomainName;
        }

        headers.Remove(Microsoft.Net.Http.Headers.HeaderNames.TransferEncoding);
        if (request.Body.Length > 0 || headers.ContentLength is not null || !IsBodiless(request.Method))
        {
            headers.ContentLength = request.Body.Length;
        }

        return headers;
    }

    /// <summary>Methods that are sent without a length where there is no body.</summary>
    private static bool IsBodiless(string method) =>
        HttpMethods.IsGet(method)
        || HttpMethods.IsHead(method)
        || HttpMethods.IsDelete(method)
        || HttpMethods.IsOptions(method);

    /// <summary>The client's to API Gateway. Few ask, so that its address is read for them only.</summary>
    private sealed class Connection(string id, string? sourceIp) : IHttpConnectionFeature
    {
        public string ConnectionId { get; set; } = id;

        public IPAddress? RemoteIpAddress
        {
            get => field ??= IPAddress.TryParse(sourceIp, out var client) ? client : null;
            set;
        }

        public int RemotePort { get; set; }

        public IPAddress? LocalIpAddress { get; set; }

        public int LocalPort { get; set; }
    }
}
