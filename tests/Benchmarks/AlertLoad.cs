using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>
/// Posts of alerts, made beforehand and written to sockets by hand, so that the generator takes as little of the machine
/// as it can.
/// </summary>
internal sealed class AlertLoad
{
    public const int Connections = 4;
    public const int AlertsInRequest = 64;

    private readonly byte[][] requests;

    private AlertLoad(byte[][] requests) => this.requests = requests;

    public int Alerts => requests.Length * AlertsInRequest;

    /// <summary>As Prometheus sends them: eight labels, two annotations, an end some minutes ahead.</summary>
    /// <param name="first">The number of the first alert; the numbers make their labels.</param>
    /// <param name="alerts">How many.</param>
    /// <param name="now">When they began; a load with a later one is the same alerts sent again.</param>
    /// <param name="startsAt">When the trouble began.</param>
    public static AlertLoad Of(int first, int alerts, DateTimeOffset startsAt, DateTimeOffset now) =>
        new([
            .. Enumerable
                .Range(0, alerts / AlertsInRequest)
                .Select(request => Request(first + (request * AlertsInRequest), startsAt, now)),
        ]);

    /// <summary>Posts all of it; how long that took until the last was answered.</summary>
    public async Task<TimeSpan> PostAsync(int port)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(connection => Task.Run(() => PostAsync(port, connection)))
        );
        return Stopwatch.GetElapsedTime(startedAt);
    }

    private async Task PostAsync(int port, int connection)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var buffer = new byte[4096];
        for (var i = connection; i < requests.Length; i += Connections)
        {
            await socket.SendAsync(requests[i]);
            await ReadAsync(socket, buffer);
        }
    }

    private static async Task ReadAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (read == 0 || (end > 0 && !buffer.AsSpan().StartsWith("HTTP/1.1 200"u8)))
            {
                throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, length));
            }

            if (end > 0 && length >= end + 4 + BodyLength(buffer.AsSpan(0, end)))
            {
                return;
            }
        }
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _)
            ? length
            : throw new InvalidOperationException($"an answer without a length: {Encoding.ASCII.GetString(head)}");
    }

    private const string Alert = """
        {"annotations":{"description":"node-NUMBER has used nearly all of its memory for 5 minutes; look at what runs there before it is killed","summary":"Memory of node-NUMBER is nearly full"},"endsAt":"END","startsAt":"START","generatorURL":"http://prometheus.example:9090/graph?g0.expr=node_memory_MemAvailable_bytes&g0.tab=1","labels":{"alertname":"NodeMemoryRULE","cluster":"eu-central-1","env":"production","instance":"node-NUMBER.example.com:9100","job":"node","namespace":"monitoring","severity":"warning","team":"platform"}}
        """;

    private static byte[] Request(int first, DateTimeOffset startsAt, DateTimeOffset now)
    {
        var template = Alert.Replace("START", $"{startsAt:O}").Replace("END", $"{now.AddMinutes(4):O}");
        var alerts = Enumerable
            .Range(first, AlertsInRequest)
            .Select(i => template.Replace("NUMBER", $"{i}").Replace("RULE", $"{i % 100}"));
        var bytes = Encoding.UTF8.GetBytes($"[{string.Join(',', alerts)}]");
        var head =
            $"POST /api/v2/alerts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. bytes];
    }
}
