using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AlertHub.Notifying;

namespace AlertHub.Channels;

/// <summary>One HTTP request of a channel, and what became of it. Never throws for what the network or the other side does.</summary>
public sealed class HttpDelivery(HttpClient http, TimeProvider time)
{
    /// <summary>From the first byte out to the last byte of the answer read.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>No destination is left alone for longer, whatever its Retry-After asks.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const int LongestAnswerBytes = 8 * 1024;

    /// <summary>
    /// A client that follows no redirect, keeps no cookie and bounds the wait for a connection. One for the life of
    /// the process; <see cref="SocketsHttpHandler.PooledConnectionLifetime"/> lets it notice changed addresses.
    /// </summary>
    public static HttpClient CreateClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                // Lambda freezes a function between alarms: a connection from before is dead without knowing it.
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            }
        )
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };

    /// <summary>Posts <paramref name="body"/>; every result but an answer is final for this attempt.</summary>
    public async Task<HttpOutcome> PostAsync(
        Uri url,
        byte[] body,
        string mediaType,
        CancellationToken cancellationToken
    )
    {
        using var content = new ObservedContent(body, mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            var text = await ReadAsync(response, either.Token).ConfigureAwait(false);
            return new HttpOutcome.Answered(
                response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                text,
                RetryAfter(response.Headers.RetryAfter)
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Lost(
                content,
                content.Started
                    ? $"no answer from {url.Authority} within {Timeout.TotalSeconds:0} s"
                    : $"no connection to {url.Authority} in time"
            );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Lost(content, $"{url.Authority}: {Reason(e)}");
        }
    }

    /// <summary>What was never sent may be sent again without a doubt; what was sent may have arrived.</summary>
    private static HttpOutcome.Failed Lost(ObservedContent content, string reason) =>
        new(content.Started ? new DeliveryResult.Ambiguous(reason) : new DeliveryResult.TryLater(reason));

    private static string Reason(Exception e) =>
        e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                "the host name cannot be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                "no secure connection: its certificate or TLS version was not accepted",
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
                : wait > LongestWait ? LongestWait
                : wait
            )
            : null;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestAnswerBytes];
        var length = await stream
            .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>Knows whether anything of it went out.</summary>
    private sealed class ObservedContent : ByteArrayContent
    {
        public ObservedContent(byte[] body, string mediaType)
            : base(body) => Headers.ContentType = new(mediaType) { CharSet = "utf-8" };

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

/// <summary>An answer, or the result of having none.</summary>
public abstract record HttpOutcome
{
    private HttpOutcome() { }

    /// <param name="Status">The status code.</param>
    /// <param name="MediaType">The answer's media type; null where it names none.</param>
    /// <param name="Text">The answer's first 8 KiB.</param>
    /// <param name="RetryAfter">How long the destination asks to be left alone, at most <see cref="HttpDelivery.LongestWait"/>.</param>
    public sealed record Answered(HttpStatusCode Status, string? MediaType, string Text, TimeSpan? RetryAfter)
        : HttpOutcome
    {
        /// <summary>What a status code means where the destination does not say more.</summary>
        public DeliveryResult ToResult(string reason) =>
            (int)Status switch
            {
                >= 200 and < 300 => new DeliveryResult.Delivered(),
                408 or 425 or 429 or >= 500 => new DeliveryResult.TryLater(reason, RetryAfter),
                _ => new DeliveryResult.Refused(reason),
            };
    }

    public sealed record Failed(DeliveryResult Result) : HttpOutcome;
}
