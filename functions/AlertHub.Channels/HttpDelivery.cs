using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using AlertHub.Channels.Http;
using AlertHub.Configuration;
using AlertHub.Notifying;

namespace AlertHub.Channels;

/// <summary>One HTTP request of a channel, and what became of it. Never throws for what the network or the other side does.</summary>
public sealed class HttpDelivery : IDisposable
{
    /// <summary>From the first byte out to the last byte of the answer read, unless the destination's settings say otherwise.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The most that settings may ask for: an attempt must end well within the lease of its delivery.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <summary>As many as Go's client follows.</summary>
    private const int MostRedirects = 10;

    private const int LongestAnswerBytes = 8 * 1024;

    internal static readonly string UserAgent =
        $"AlertHub/{typeof(HttpDelivery).Assembly.GetName().Version?.ToString(3)}";

    private readonly HttpMessageInvoker http;
    private readonly TimeProvider time;

    internal HttpDelivery(HttpMessageHandler handler, TimeProvider time) => (http, this.time) = (new(handler), time);

    /// <summary>Whether redirects that keep the request as it is (307, 308) are followed.</summary>
    internal bool FollowsRedirects { get; init; }

    /// <summary>HTTP/2 where the server has it, over TLS.</summary>
    internal bool UsesHttp2 { get; init; }

    /// <summary>One without settings, which follows no redirect.</summary>
    public static HttpDelivery Create(TimeProvider time) => new(Connections(), time);

    /// <summary>
    /// Follows no redirect, keeps no cookie and bounds the wait for a connection. One for the life of a configuration;
    /// <see cref="SocketsHttpHandler.PooledConnectionLifetime"/> lets it notice changed addresses.
    /// </summary>
    internal static SocketsHttpHandler Connections() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Lambda freezes a function between alarms: a connection from before is dead without knowing it.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        };

    /// <summary>Posts <paramref name="body"/>; every result but an answer is final for this attempt.</summary>
    public Task<HttpOutcome> PostAsync(Uri url, byte[] body, string mediaType, CancellationToken cancellationToken) =>
        PostAsync(url, body, mediaType, Timeout, cancellationToken);

    /// <summary>The same within <paramref name="timeout"/>, at most <see cref="LongestTimeout"/>.</summary>
    public async Task<HttpOutcome> PostAsync(
        Uri url,
        byte[] body,
        string mediaType,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        timeout = timeout < LongestTimeout ? timeout : LongestTimeout;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var target = url;
        for (var redirects = 0; ; redirects++)
        {
            using var content = new ObservedContent(body, mediaType);
            using var request = Request(url, target, content);
            try
            {
                using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
                var answer = await ReadAsync(response, request, either.Token, cancellationToken).ConfigureAwait(false);
                if (redirects == MostRedirects || Next(answer, target) is not { } next)
                {
                    return answer;
                }

                target = next;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return Lost(
                    content,
                    content.Started
                        ? $"no answer from {target.Authority} within {timeout.TotalSeconds:0.###} s"
                        : $"no connection to {target.Authority} in time",
                    FailureReason.ContextDeadlineExceeded
                );
            }
            catch (SecretUnavailableException e)
            {
                return new HttpOutcome.Failed(new DeliveryResult.TryLater(e.Message));
            }
            catch (ObjectDisposedException)
            {
                return Lost(content, $"{target.Authority}: the configuration was replaced meanwhile");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return Lost(content, $"{target.Authority}: {Reason(e)}");
            }
        }
    }

    /// <summary>Closes the connections that nothing uses now, and the others when they are done.</summary>
    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Uri url, Uri target, ObservedContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = content,
            Version = UsesHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (!RequestOrigin.IsSame(url, target))
        {
            RequestOrigin.MarkAsElsewhere(request);
        }
        else if (url.UserInfo.Length > 0)
        {
            request.Headers.Authorization = new("Basic", BasicText.OfUserInfo(url));
        }

        return request;
    }

    /// <summary>
    /// Where to post again. Other redirects would turn the post into a get, as Go's client does it, and lose the message; one
    /// from https to http would show it to the network.
    /// </summary>
    private Uri? Next(HttpOutcome.Answered answer, Uri from) =>
        FollowsRedirects
        && answer
            is { Status: HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect, Location: { } location }
        && Uri.TryCreate(from, location, out var next)
        && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && from.Scheme == next.Scheme))
            ? next
            : null;

    /// <summary>What was never sent may be sent again without a doubt; what was sent may have arrived.</summary>
    private static HttpOutcome.Failed Lost(
        ObservedContent content,
        string reason,
        FailureReason failure = FailureReason.Other
    ) =>
        new(
            content.Started
                ? new DeliveryResult.Ambiguous(reason) { Failure = failure }
                : new DeliveryResult.TryLater(reason) { Failure = failure }
        );

    private static string Reason(Exception e) =>
        e switch
        {
            { InnerException: ProxyRefusalException or SecretUnavailableException } => e.InnerException.Message,
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            or { InnerException: AuthenticationException } =>
                "no secure connection: its certificate or TLS version was not accepted",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                "the host name cannot be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused",
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } =>
                "the connection was closed before an answer",
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http =>
                $"not an HTTP answer ({http.HttpRequestError})",
            _ => "the connection broke",
        };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var after = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return after is { } wait
            ? (
                wait < TimeSpan.Zero ? TimeSpan.Zero
                : wait > Retry.LongestWait ? Retry.LongestWait
                : wait
            )
            : null;
    }

    private async Task<HttpOutcome.Answered> ReadAsync(
        HttpResponseMessage response,
        HttpRequestMessage request,
        CancellationToken end,
        CancellationToken cancellationToken
    )
    {
        var text = new byte[LongestAnswerBytes];
        var length = 0;
        var isWhole = true;
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(end).ConfigureAwait(false);
            while (
                length < text.Length
                && await stream.ReadAsync(text.AsMemory(length), end).ConfigureAwait(false) is > 0 and var read
            )
            {
                length += read;
            }
        }
        catch (Exception e)
            when (e is IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            isWhole = false;
        }

        return Answer(response, Encoding.UTF8.GetString(text, 0, length), request) with
        {
            IsWhole = isWhole,
        };
    }

    private HttpOutcome.Answered Answer(HttpResponseMessage response, string text, HttpRequestMessage request)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        return new(response.StatusCode, mediaType, text, RetryAfter(response.Headers.RetryAfter))
        {
            Shown = AnswerText.Show(text, mediaType, request),
            Location = response.Headers.Location,
        };
    }

    /// <summary>Knows whether anything of it went out.</summary>
    private sealed class ObservedContent : ByteArrayContent
    {
        public ObservedContent(byte[] body, string mediaType)
            : base(body) => Headers.ContentType = new(mediaType);

        public bool Started { get; private set; }

        protected override Task SerializeToStreamAsync(
            Stream stream,
            TransportContext? context,
            CancellationToken cancellationToken
        )
        {
            Started = true;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }
}
