using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hosts.Tests.Support;

/// <summary>
/// A destination that fails in every way: plays a script, one fault for each request, and answers 200 when it is at its end.
/// On bare sockets, as no server can be made to behave so badly. Every request has a connection of its own.
/// </summary>
internal sealed class FaultyDestination : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Fault> script = [];
    private readonly Task accepting;

    public FaultyDestination(params ReadOnlySpan<Fault> script)
    {
        foreach (var fault in script)
        {
            this.script.Enqueue(fault);
        }

        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{listener.LocalEndpoint}/");

    /// <summary>The requests that came whole, head and body.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>What good answers say: Slack wants "ok".</summary>
    public string GoodBody { get; init; } = "";

    /// <summary>Until so many requests came whole.</summary>
    public async Task ReceivesAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Requests.Count < count)
        {
            await Task.Delay(10, patience.Token);
        }
    }

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
                var socket = await listener.AcceptSocketAsync(stop.Token);
                Connections++;
                serving.Add(
                    ServeAsync(socket, script.TryDequeue(out var next) ? next : new Fault.Answer(200, GoodBody))
                );
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket, Fault fault)
    {
        using (socket)
        {
            try
            {
                await PlayAsync(socket, fault);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The sender has left, or the test is over.
            }
        }
    }

    private async Task PlayAsync(Socket socket, Fault fault)
    {
        if (fault is Fault.ResetAtOnce)
        {
            Reset(socket);
            return;
        }

        using var stream = new NetworkStream(socket);
        var head = await HeadAsync(stream);
        if (fault is Fault.ResetBeforeBody)
        {
            Reset(socket);
            return;
        }

        Requests.Enqueue(head + await BodyAsync(stream, head));
        switch (fault)
        {
            case Fault.Answer answer:
                await AnswerAsync(stream, answer);
                break;
            case Fault.AnswerAfter later:
                await later.Until.WaitAsync(stop.Token);
                await AnswerAsync(stream, later.Then);
                break;
            case Fault.ResetAfterBody:
                Reset(socket);
                break;
            case Fault.HalfAnswer half:
                await WriteAsync(stream, $"HTTP/1.1 {half.Status} X\r\nContent-Length: 1000\r\n\r\nhalf of it");
                break;
            case Fault.HalfHead:
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Le");
                break;
            case Fault.Silence:
                await Task.Delay(Timeout.Infinite, stop.Token);
                break;
            case Fault.Trickle:
                await WriteAsync(stream, "HTTP/1.1 200 OK\r\nX: ");
                while (true)
                {
                    await WriteAsync(stream, "x");
                    await Task.Delay(20, stop.Token);
                }
            case Fault.Noise:
                await WriteAsync(stream, "220 mail.example ESMTP\r\n");
                break;
        }
    }

    private Task AnswerAsync(NetworkStream stream, Fault.Answer answer) =>
        WriteAsync(
            stream,
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {answer.Status} X\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(answer.Body)}\r\n{(answer.Headers.Length > 0 ? $"{answer.Headers.ReplaceLineEndings("\r\n")}\r\n" : "")}\r\n{answer.Body}"
            )
        );

    private Task WriteAsync(NetworkStream stream, string text) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop.Token).AsTask();

    /// <summary>Not a farewell but a slammed door: closing sends RST.</summary>
    private static void Reset(Socket socket) => socket.LingerState = new(true, 0);

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, stop.Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task<string> BodyAsync(NetworkStream stream, string head)
    {
        var body = new byte[int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], null)];
        await stream.ReadExactlyAsync(body, stop.Token);
        return Encoding.UTF8.GetString(body);
    }
}
