using System.Text;
using System.Text.Json.Nodes;

namespace Hosts.Tests.FlowLogs;

/// <summary>The collector that stands in for Splunk's answers as Splunk's documentation has it.</summary>
public sealed class HecServerAnswers
{
    private const string Event = """{"event":"a","fields":{"cwl_id":"a"}}""";
    private const string Channel = "7f1d9f3c-5a0f-4d6e-9d2b-6f3f0e3d9c11";

    [Theory]
    [InlineData("event", null, Channel, Event, 401, 2, null)]
    [InlineData("event", "Bearer x", Channel, Event, 401, 3, null)]
    [InlineData("event", "Splunk x", Channel, Event, 403, 4, null)]
    [InlineData("event", "token", null, Event, 400, 10, null)]
    [InlineData("event", "token", "x", Event, 400, 11, null)]
    [InlineData("event", "token", Channel, "", 400, 5, null)]
    [InlineData("event", "token", Channel, "{", 400, 6, 0)]
    [InlineData("event/1.0", "token", Channel, Event + " " + Event + "x", 400, 6, 2)]
    [InlineData("event", "token", Channel, Event + "[" + Event + "]", 400, 6, 1)]
    [InlineData("event", "token", Channel, """{"event":"a","index":"b"}""", 400, 7, 0)]
    [InlineData("event", "token", Channel, Event + """{"fields":{}}""", 400, 12, 1)]
    [InlineData("event", "token", Channel, Event + """{"event":""}""" + Event, 400, 13, 1)]
    [InlineData("event", "token", Channel, Event + """{"event":"b","fields":[1]}""", 400, 15, 1)]
    [InlineData("event", "token", Channel, Event + "\n" + Event, 200, 0, null)]
    public async Task A_post_is_answered_by_code(
        string path,
        string? authorization,
        string? channel,
        string body,
        int status,
        int code,
        int? at
    )
    {
        await using var server = await HecServer.StartAsync(HecServer.Acknowledging);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, $"/services/collector/{path}"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (authorization is not null)
        {
            authorization = authorization == "token" ? $"Splunk {server.Token}" : authorization;
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (channel is not null)
        {
            request.Headers.Add("X-Splunk-Request-Channel", channel);
        }

        using var response = await http.SendAsync(request);

        var said = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(
            (status, code, at),
            ((int)response.StatusCode, (int)said["code"]!, (int?)said["invalid-event-number"])
        );
        Assert.Equal(code == 0 ? 0 : null, (int?)said["ackId"]);
        Assert.Equal(code == 0 ? 2 : at ?? 0, server.Taken.Count);
    }

    [Fact]
    public async Task Its_health_is_told_to_anybody()
    {
        await using var server = await HecServer.StartAsync();
        using var http = new HttpClient();

        var health = JsonNode.Parse(await http.GetStringAsync(new Uri(server.Url, "/services/collector/health/1.0")))!;

        Assert.Equal(17, (int)health["code"]!);
    }
}
