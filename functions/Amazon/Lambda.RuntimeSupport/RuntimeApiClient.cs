using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The four routes of the Lambda Runtime API, over one connection. See
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
/// </summary>
internal sealed class RuntimeApiClient : IDisposable
{
    /// <summary>6 MiB and 100 bytes; more is refused with 413.</summary>
    public const int MaxResponseBytes = 6 * 1024 * 1024 + 100;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    // An invoker and not HttpClient, which has a timeout: Lambda freezes the process in the middle of `next`, for hours.
    private readonly HttpMessageInvoker http = new(
        new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = false,
        }
    );

    private readonly string root;
    private readonly Uri next;

    public RuntimeApiClient(string endpoint)
    {
        root = $"http://{endpoint}/2018-06-01/runtime/";
        next = new Uri(root + "invocation/next");
    }

    public void Dispose() => http.Dispose();

    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, next);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await BrokenAsync(request, response);
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Invocation
        {
            RequestId =
                Header(response, "Lambda-Runtime-Aws-Request-Id")
                ?? throw new RuntimeApiException(
                    $"GET '{next}' answered without 'Lambda-Runtime-Aws-Request-Id'. Is this the Lambda Runtime API?"
                ),
            Input = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true),
            Deadline = long.TryParse(
                Header(response, "Lambda-Runtime-Deadline-Ms"),
                CultureInfo.InvariantCulture,
                out var deadline
            )
                ? DateTimeOffset.FromUnixTimeMilliseconds(deadline)
                : DateTimeOffset.MaxValue,
            FunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn") ?? "",
            TraceId = Header(response, "Lambda-Runtime-Trace-Id"),
            ClientContext = Header(response, "Lambda-Runtime-Client-Context"),
            CognitoIdentity = Header(response, "Lambda-Runtime-Cognito-Identity"),
        };
    }

    public Task<RuntimeApiVerdict> RespondAsync(string requestId, ReadOnlyMemory<byte> answer) =>
        PostAsync($"invocation/{requestId}/response", answer, Json, errorType: null);

    public Task<RuntimeApiVerdict> ReportErrorAsync(string requestId, ErrorReport error) =>
        PostAsync($"invocation/{requestId}/error", error.ToJson(), ErrorJson, error.Type);

    public Task<RuntimeApiVerdict> ReportInitErrorAsync(ErrorReport error) =>
        PostAsync("init/error", error.ToJson(), ErrorJson, error.Type);

    // No cancellation: what has been done is reported, even when the loop is to end.
    private async Task<RuntimeApiVerdict> PostAsync(
        string path,
        ReadOnlyMemory<byte> body,
        MediaTypeHeaderValue contentType,
        string? errorType
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, root + path)
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = contentType } },
        };
        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using var response = await http.SendAsync(request, CancellationToken.None);
        var verdict = response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => RuntimeApiVerdict.Accepted,
            HttpStatusCode.RequestEntityTooLarge => RuntimeApiVerdict.TooLarge,
            HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.Gone => RuntimeApiVerdict.Refused,
            _ => throw await BrokenAsync(request, response),
        };
        // To the end, or the connection could not be used again.
        await response.Content.ReadAsByteArrayAsync();
        return verdict;
    }

    private static async Task<RuntimeApiException> BrokenAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        return new RuntimeApiException(
            $"{request.Method} '{request.RequestUri}' of the Lambda Runtime API answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 1024))}"
        );
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
