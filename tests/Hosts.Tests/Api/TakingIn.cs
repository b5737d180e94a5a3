using System.Text;
using AlertHub.Api;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

public sealed class TakingIn : IAsyncLifetime, IDisposable
{
    private readonly FakeSns sns = new(DateTimeOffset.UnixEpoch);
    private ApiServer server = null!;

    public async Task InitializeAsync() =>
        server = await ApiServer.StartAsync(new() { Topics = [] }, sns, TimeProvider.System);

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => sns.Dispose();

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_webhook_is_stored_as_it_came(string method)
    {
        using var body = new StringContent("{\"version\":\"4\"}");

        var answer = await server.SendAsync(new(method), "/webhook", body);

        Assert.Equal((200, "accepted as message 1\n"), answer);
        Assert.Equal("{\"version\":\"4\"}", Encoding.UTF8.GetString(Assert.Single(server.Stored).Body.Span));
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

        Assert.Equal((200, "accepted as messages 1, 2\n"), await server.PostAsync("/events", two));
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
        Assert.All(server.Stored, message => Assert.Null(message.Id));
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
