using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hosts.Tests.Support;

/// <summary>
/// A proxy that speaks SOCKS 5 (RFC 1928) and connects for CONNECT, for anybody or for one user (RFC 1929). Keeps what it
/// was asked to connect to.
/// </summary>
internal sealed class SocksProxy : IAsyncDisposable
{
    private const byte Version = 5;

    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public SocksProxy()
        : this(new(IPAddress.Loopback, 0)) { }

    public SocksProxy(IPEndPoint at)
    {
        listener = new(at);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Who may pass; null for anybody.</summary>
    public (string Name, string Password)? User { get; init; }

    /// <summary>What every request is answered; null where it connects.</summary>
    public SocksReply? Refusal { get; init; }

    /// <summary>Leaves in the middle of the conversation.</summary>
    public bool HangsUp { get; init; }

    /// <summary>Names that only this proxy knows.</summary>
    public IReadOnlyDictionary<string, IPAddress> Names { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>As they came: a name stays one.</summary>
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
                if (!await IsLetInAsync(stream) || HangsUp)
                {
                    return;
                }

                var (command, to) = await RequestAsync(stream);
                if (Refusal is { } refusal)
                {
                    await ReplyAsync(stream, refusal);
                }
                else if (to is null)
                {
                    await ReplyAsync(stream, SocksReply.AddressTypeNotSupported);
                }
                else if (command != 1)
                {
                    await ReplyAsync(stream, SocksReply.CommandNotSupported);
                }
                else
                {
                    await ConnectAsync(stream, to);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One of the three has left.
            }
        }
    }

    /// <summary>Chooses a method of those offered: 0 nobody in particular, 2 a user with a password, 255 none of them.</summary>
    private async Task<bool> IsLetInAsync(NetworkStream stream)
    {
        if (await ByteAsync(stream) != Version)
        {
            return false;
        }

        var offered = await BytesAsync(stream, await ByteAsync(stream));
        byte method = User is null ? (byte)0 : (byte)2;
        if (!offered.Contains(method))
        {
            await stream.WriteAsync(new byte[] { Version, 255 }, stop.Token);
            return false;
        }

        await stream.WriteAsync(new byte[] { Version, method }, stop.Token);
        if (User is not { } user)
        {
            return true;
        }

        await ByteAsync(stream);
        var (name, password) = (await TextAsync(stream), await TextAsync(stream));
        var isUser = (name, password) == user;
        await stream.WriteAsync(new byte[] { 1, isUser ? (byte)0 : (byte)1 }, stop.Token);
        return isUser;
    }

    /// <summary>The command, and where to; null for an address of an unknown kind.</summary>
    private async Task<(byte Command, DnsEndPoint? To)> RequestAsync(NetworkStream stream)
    {
        var head = await BytesAsync(stream, 4);
        var host = head[3] switch
        {
            1 => $"{new IPAddress(await BytesAsync(stream, 4))}",
            3 => await TextAsync(stream),
            4 => $"{new IPAddress(await BytesAsync(stream, 16))}",
            _ => null,
        };
        if (host is null)
        {
            return (head[1], null);
        }

        var to = new DnsEndPoint(host, BinaryPrimitives.ReadUInt16BigEndian(await BytesAsync(stream, 2)));
        Requests.Enqueue($"{to.Host}:{to.Port}");
        return (head[1], to);
    }

    private async Task ConnectAsync(NetworkStream stream, DnsEndPoint to)
    {
        using var other = new TcpClient();
        try
        {
            await (
                Names.TryGetValue(to.Host, out var address)
                    ? other.ConnectAsync(address, to.Port, stop.Token)
                    : other.ConnectAsync(to.Host, to.Port, stop.Token)
            );
        }
        catch (SocketException e)
        {
            await ReplyAsync(
                stream,
                e.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => SocksReply.ConnectionRefused,
                    SocketError.NetworkUnreachable => SocksReply.NetworkUnreachable,
                    SocketError.HostNotFound or SocketError.TryAgain or SocketError.HostUnreachable =>
                        SocksReply.HostUnreachable,
                    _ => SocksReply.GeneralFailure,
                }
            );
            return;
        }

        await ReplyAsync(stream, SocksReply.Succeeded);
        await Task.WhenAny(
            stream.CopyToAsync(other.GetStream(), stop.Token),
            other.GetStream().CopyToAsync(stream, stop.Token)
        );
    }

    /// <summary>With the address 0.0.0.0:0, which says that it does not matter.</summary>
    private ValueTask ReplyAsync(NetworkStream stream, SocksReply reply) =>
        stream.WriteAsync(new byte[] { Version, (byte)reply, 0, 1, 0, 0, 0, 0, 0, 0 }, stop.Token);

    private async Task<byte> ByteAsync(NetworkStream stream) => (await BytesAsync(stream, 1))[0];

    private async Task<byte[]> BytesAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, stop.Token);
        return bytes;
    }

    private async Task<string> TextAsync(NetworkStream stream) =>
        Encoding.UTF8.GetString(await BytesAsync(stream, await ByteAsync(stream)));
}

/// <summary>RFC 1928, section 6.</summary>
internal enum SocksReply : byte
{
    Succeeded,
    GeneralFailure,
    NotAllowed,
    NetworkUnreachable,
    HostUnreachable,
    ConnectionRefused,
    TtlExpired,
    CommandNotSupported,
    AddressTypeNotSupported,
}
