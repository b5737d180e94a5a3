namespace AlertHub.Api.Sns;

/// <summary>How SNS is called back: to its own host only, no redirects, little patience, small answers.</summary>
public static class SnsHttp
{
    /// <summary>SNS waits 15 s for our answer; within it come at most a certificate and a confirmation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A certificate is 2 KiB, a confirmation's answer less.</summary>
    private const int LargestAnswerBytes = 64 * 1024;

    public static HttpMessageHandler Handler() =>
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };

    internal static HttpClient Client(HttpMessageHandler handler) =>
        new(handler, disposeHandler: false) { Timeout = Patience, MaxResponseContentBufferSize = LargestAnswerBytes };
}
