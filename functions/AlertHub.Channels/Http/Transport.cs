using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>
/// Connections by a <see cref="TlsConfig"/> and a <see cref="ProxyConfig"/>. When a certificate's file changes, they are made
/// anew. TLS and the way through a proxy are ours to establish, since the platform's handler can neither ask for a server by
/// another name nor add headers to CONNECT; it does http:// through a proxy, and SOCKS.
/// </summary>
internal sealed class Transport(
    TlsConfig tls,
    ProxyConfig proxy,
    bool http2,
    SettingSecrets secrets,
    Func<string, string?> variable
) : HttpMessageHandler
{
    private const int LongestProxyAnswer = 8 * 1024;

    private readonly ProxyRules proxies = new(proxy, variable);
    private readonly Lock gate = new();
    private (TlsMaterial Material, HttpMessageInvoker Invoker)? current;
    private bool disposed;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var proxy = proxies.For(request.RequestUri!);
        if (proxy is { Scheme: not ("http" or "https" or "socks4" or "socks4a" or "socks5") })
        {
            throw new HttpRequestException(
                HttpRequestError.ProxyTunnelError,
                inner: new ProxyRefusalException(
                    $"a proxy of {proxy.Scheme}:// is none that can be used; give one of http://, https:// or socks5://"
                )
            );
        }

        var material = await TlsMaterial.ReadAsync(tls, secrets, cancellationToken).ConfigureAwait(false);
        try
        {
            return await With(material).SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
            when (proxy is not null && e.InnerException is not ProxyRefusalException && ProxyRefusalException.IsOne(e))
        {
            throw new HttpRequestException(e.HttpRequestError, e.Message, ProxyRefusalException.Of(proxy, e));
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
        {
            disposed = true;
            current?.Invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker With(TlsMaterial material)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (current is { } known && known.Material == material)
            {
                return known.Invoker;
            }

            var made = Make(material);
            current?.Invoker.Dispose();
            current = (material, made);
            return made;
        }
    }

    private HttpMessageInvoker Make(TlsMaterial material)
    {
        var options = material.Options(tls, http2);
        var handler = HttpDelivery.Connections();
        handler.SslOptions = options;
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        handler.Proxy = new PlatformProxy(proxies);
        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context, options, cancellationToken);
        return new(handler);
    }

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        SslClientAuthenticationOptions options,
        CancellationToken cancellationToken
    )
    {
        var url = context.InitialRequestMessage.RequestUri!;
        var through = proxies.For(url);
        if (url.Scheme != Uri.UriSchemeHttps || PlatformProxy.Takes(url, through))
        {
            return await OpenAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        }

        var stream = await OpenAsync(
                through is null ? context.DnsEndPoint : new(through.IdnHost, through.Port),
                cancellationToken
            )
            .ConfigureAwait(false);
        try
        {
            if (through is { Scheme: "https" })
            {
                stream = await SecureAsync(stream, new() { TargetHost = through.IdnHost }, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (through is not null)
            {
                await TunnelAsync(stream, url, through, cancellationToken).ConfigureAwait(false);
            }

            return await SecureAsync(stream, Named(options, url), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Stream> OpenAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions Named(SslClientAuthenticationOptions options, Uri url) =>
        new()
        {
            TargetHost = tls.ServerName.Length > 0 ? tls.ServerName : url.IdnHost,
            EnabledSslProtocols = options.EnabledSslProtocols,
            CertificateRevocationCheckMode = options.CertificateRevocationCheckMode,
            ApplicationProtocols = options.ApplicationProtocols,
            CertificateChainPolicy = options.CertificateChainPolicy?.Clone(),
            ClientCertificateContext = options.ClientCertificateContext,
            RemoteCertificateValidationCallback = options.RemoteCertificateValidationCallback,
        };

    private static async Task<Stream> SecureAsync(
        Stream stream,
        SslClientAuthenticationOptions options,
        CancellationToken cancellationToken
    )
    {
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task TunnelAsync(Stream stream, Uri url, Uri through, CancellationToken cancellationToken)
    {
        var host =
            url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]:{url.Port}" : $"{url.IdnHost}:{url.Port}";
        var request = new StringBuilder($"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n");
        if (through.UserInfo.Length > 0)
        {
            request.Append("Proxy-Authorization: Basic ").Append(BasicText.OfUserInfo(through)).Append("\r\n");
        }

        foreach (var (name, values) in proxy.ConnectHeader)
        {
            foreach (var value in values)
            {
                var text = await secrets.GetAsync(value, refresh: false, cancellationToken).ConfigureAwait(false);
                if (text.AsSpan().ContainsAny('\r', '\n'))
                {
                    throw new ProxyRefusalException($"proxy_connect_header '{name}' has several lines; give it one");
                }

                request.Append(name).Append(": ").Append(text).Append("\r\n");
            }
        }

        await stream
            .WriteAsync(Encoding.UTF8.GetBytes(request.Append("\r\n").ToString()), cancellationToken)
            .ConfigureAwait(false);
        if (await AnswerAsync(stream, cancellationToken).ConfigureAwait(false) is not ['2', _, _] and var status)
        {
            throw new ProxyRefusalException($"the proxy {through.Authority} answered {status}");
        }
    }

    /// <summary>The status of a proxy's answer. Byte by byte: what follows its end belongs to TLS.</summary>
    private static async Task<string> AnswerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        var one = new byte[1];
        while (answer.Length < LongestProxyAnswer && !answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
            answer.Append((char)one[0]);
        }

        var words = answer.ToString().Split([' ', '\r'], 3);
        return words is [['H', 'T', 'T', 'P', '/', ..], { Length: 3 } status, _] && status.All(char.IsAsciiDigit)
            ? status
            : "no HTTP";
    }
}
