using System.Net.Sockets;
using System.Text;
using AlertHub.Api;
using AlertHub.Local;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

public sealed class TakingIn : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    private readonly FakeSns sns = new(DateTimeOffset.UnixEpoch);
    private ApiServer server = null!;

    public async Task InitializeAsync() =>
        server = await ApiServer.StartAsync(new() { Topics = [] }, sns, new FixedTime(Now));

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => sns.Dispose();

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_webhook_is_stored_as_it_came(string method)
    {
        using var body = new StringContent("{\"version\":\"4\"}");

        var answer = await server.SendAsync(new(method), "/webhook", body);

        Assert.Equal((200, "accepted, 1 alert\n"), answer);
        var stored = Assert.Single(server.Stored);
        Assert.Equal("{\"version\":\"4\"}", Encoding.UTF8.GetString(stored.Body.Span));
        Assert.Equal(Now, stored.ReceivedAt);
    }

    [Theory]
    [InlineData("/webhook")]
    [InlineData("/events")]
    public async Task Whatever_comes_is_an_alert(string path)
    {
        foreach (
            byte[] bytes in (byte[][])
                [
                    [],
                    [0xFF, 0x00],
                    "{"u8.ToArray(),
                    "nonsense"u8.ToArray(),
                ]
        )
        {
            using var body = new ByteArrayContent(bytes);
            Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, path, body)).Status);
        }

        Assert.Equal(4, server.Stored.Count);
    }

    [Fact]
    public async Task An_event_with_several_records_is_several_messages()
    {
        const string two = """
            {"Records":[
              {"Sns":{"MessageId":"a","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"one"}},
              {"Sns":{"MessageId":"b","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"two"}}]}
            """;

        Assert.Equal((200, "accepted, 2 alerts\n"), await server.PostAsync("/events", two));
    }

    [Fact]
    public async Task An_unsigned_event_cannot_keep_out_the_signed_message_whose_id_it_claims()
    {
        const string sample = """
            {"MessageId":"a","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"one"}
            """;

        await server.PostAsync("/events", sample);
        await server.PostAsync("/events", sample);

        Assert.Equal(2, server.Stored.Count);
        Assert.All(server.Stored, message => Assert.Equal((null, Now), (message.Id, message.ReceivedAt)));
    }

    [Theory]
    [InlineData("/webhook")]
    [InlineData("/events")]
    public async Task A_storage_that_fails_makes_the_producer_try_again(string path)
    {
        server.StorageFault = "the disk of \"/data\" is full; make room";

        var answer = await server.PostAsync(path, "text");

        Assert.Equal((503, "Not stored, send it again later: the disk of \"/data\" is full; make room\n"), answer);
    }

    [Theory]
    [InlineData(Intake.LimitBytes, false, 200)]
    [InlineData(Intake.LimitBytes + 1, false, 413)]
    [InlineData(Intake.LimitBytes, true, 200)]
    [InlineData(Intake.LimitBytes + 1, true, 413)]
    public async Task A_body_has_a_limit_whether_it_is_announced_or_not(int bytes, bool chunked, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook")
        {
            Content = new ByteArrayContent(new byte[bytes]),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(expected == 200 ? 1 : 0, server.Stored.Count);
    }

    [Fact]
    public async Task Beyond_what_memory_there_is_for_bodies_the_producer_is_told_to_try_again()
    {
        await using var small = await ApiServer.StartAsync(
            new() { Topics = [] },
            sns,
            TimeProvider.System,
            bodyBudgetBytes: 1000
        );
        var ready = new TaskCompletionSource();
        small.StorageReady = ready.Task;
        var first = small.PostAsync("/webhook", new string('a', 600));
        await small.Storing.Task;

        Assert.Equal(
            (503, "Not stored, send it again later: too much comes in at once\n"),
            await small.PostAsync("/events", new string('b', 600))
        );

        ready.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await small.PostAsync("/events", new string('b', 600))).Status);
    }

    [Fact]
    public async Task So_many_connections_are_held_and_no_more()
    {
        List<Socket> open = [];
        try
        {
            for (var i = 0; i < WebHost.MostConnections; i++)
            {
                open.Add(await ConnectAsync());
            }

            // The last of them is served, the next is closed without a word.
            Assert.StartsWith("HTTP/1.1 200", await AskAsync(open[^1]), StringComparison.Ordinal);
            open.Add(await ConnectAsync());
            Assert.Equal("", await AskAsync(open[^1]));
        }
        finally
        {
            open.ForEach(static socket => socket.Dispose());
        }

        async Task<Socket> ConnectAsync()
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port);
            return socket;
        }

        static async Task<string> AskAsync(Socket socket)
        {
            try
            {
                await socket.SendAsync("GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
                var answer = new byte[200];
                return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer));
            }
            catch (SocketException)
            {
                return "";
            }
        }
    }

    [Fact]
    public async Task Health_is_of_the_process_and_readiness_of_the_storage()
    {
        Assert.Equal((200, "OK\n"), await server.SendAsync(HttpMethod.Get, "/-/healthy"));
        Assert.Equal((200, "OK\n"), await server.SendAsync(HttpMethod.Get, "/-/ready"));

        server.StorageFault = "it is locked";

        Assert.Equal((200, "OK\n"), await server.SendAsync(HttpMethod.Get, "/-/healthy"));
        Assert.Equal((503, "Not ready: it is locked\n"), await server.SendAsync(HttpMethod.Get, "/-/ready"));
    }

    [Fact]
    public async Task A_get_where_a_post_belongs_is_no_alert()
    {
        Assert.Equal(405, (await server.SendAsync(HttpMethod.Get, "/webhook")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, "/nowhere")).Status);
    }
}
