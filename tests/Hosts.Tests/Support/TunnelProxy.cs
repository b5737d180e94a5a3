using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hosts.Tests.Support;

/// <summary>
/// An HTTP proxy: connects for CONNECT, answers other requests itself with 200. Keeps the head of every request. May want a
/// user.
/// </summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public TunnelProxy()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What Proxy-Authorization must be; null where anybody may pass.</summary>
    public string? Authorization { get; init; }

    /// <summary>What CONNECT is answered where it is not let through.</summary>
    public string? Refusal { get; init; }

    public ConcurrentQueue<string> Requests { get; } = [];

    public string Authority => $"{listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await HeadAsync(stream) is { Length: > 0 } head)
                {
                    Requests.Enqueue(head);
                    if (Authorization is { } wanted && !head.Contains(wanted, StringComparison.Ordinal))
                    {
                        await SayAsync(
                            stream,
                            "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\""
                        );
                    }
                    else if (Refusal is { } refusal)
                    {
                        await SayAsync(stream, refusal);
                    }
                    else if (head.StartsWith("CONNECT ", StringComparison.Ordinal))
                    {
                        await TunnelAsync(stream, head.Split(' ')[1]);
                        return;
                    }
                    else
                    {
                        await SayAsync(stream, "200 OK");
                        return;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One of the three has left.
            }
        }
    }

    private async Task TunnelAsync(NetworkStream stream, string to)
    {
        using var other = new TcpClient();
        await other.ConnectAsync(IPEndPoint.Parse(to), stop.Token);
        await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop.Token);
        await Task.WhenAny(
            stream.CopyToAsync(other.GetStream(), stop.Token),
            other.GetStream().CopyToAsync(stream, stop.Token)
        );
    }

    private Task SayAsync(NetworkStream stream, string answer) =>
        stream
            .WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n"), stop.Token)
            .AsTask();

    /// <summary>Up to the empty line; the body is read with it where there is one.</summary>
    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
            {
                return "";
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("Content-Length: ") is [_, var rest]
            ? int.Parse(rest.Split('\r')[0], null)
            : 0;
        await stream.ReadExactlyAsync(new byte[length], stop.Token);
        return head.ToString();
    }
}
