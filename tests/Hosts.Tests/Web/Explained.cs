using System.Net.Http.Json;
using System.Text.Json;
using Hosts.Tests.Support;

namespace Hosts.Tests.Web;

public sealed class Explained
{
    private const string Configuration = """
        route: {receiver: hook, group_by: [alertname]}
        receivers: [{name: hook, webhook_configs: [{url: 'http://127.0.0.1:9/'}]}]
        """;

    [Fact]
    public async Task Why_somebody_is_told_is_answered_by_matchers_and_by_fingerprint_as_JSON_and_as_text()
    {
        await using var server = await HubServer.StartAsync(Configuration);
        using var alerts = JsonContent.Create(
            JsonDocument.Parse("""[{"labels":{"alertname":"A","i":"1"}},{"labels":{"alertname":"A","i":"<2>"}}]""")
        );
        using var taken = await server.Http.PostAsync(new Uri("api/v2/alerts", UriKind.Relative), alerts);
        taken.EnsureSuccessStatusCode();

        var both = await JsonAsync(server, "hub/explain?filter=alertname%3DA");
        Assert.Equal(2, both.GetArrayLength());
        var (_, one) = await GetAsync(server, "hub/explain?filter=i%3D%22%3C2%3E%22");
        Assert.Contains("\"<2>\"", one, StringComparison.Ordinal);
        var explanation = Assert.Single(JsonDocument.Parse(one).RootElement.EnumerateArray());
        Assert.Equal("hook", explanation.GetProperty("groups")[0].GetProperty("receiver").GetString());

        var fingerprint = explanation.GetProperty("fingerprint").GetString();
        var same = await JsonAsync(server, $"hub/explain/{fingerprint}");
        Assert.Equal(fingerprint, same[0].GetProperty("fingerprint").GetString());

        var (status, text) = await GetAsync(server, $"hub/explain/{fingerprint}", "text/plain");
        Assert.Equal(200, status);
        Assert.StartsWith("{alertname=\"A\", i=\"<2>\"}\n", text, StringComparison.Ordinal);

        // What they share is said once.
        (_, text) = await GetAsync(server, "hub/explain?filter=alertname%3DA", "text/plain");
        Assert.Equal(2, text.Split("\n  fingerprint ").Length - 1);
        Assert.Equal(1, text.Split("\nGroup ").Length - 1);
        Assert.Contains("explained above: {i=\"1\"}, {i=\"<2>\"}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "hub/explain?filter=alertname%3DB")]
    [InlineData(404, "hub/explain/0123456789abcdef")]
    [InlineData(400, "hub/explain/xyz")]
    [InlineData(400, "hub/explain?filter=%3D")]
    public async Task Who_asks_for_nothing_that_is_there_is_told_so(int expected, string path)
    {
        await using var server = await HubServer.StartAsync(Configuration);

        var (status, text) = await GetAsync(server, path);

        Assert.Equal(expected, status);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonAsync(HubServer server, string path)
    {
        var (status, body) = await GetAsync(server, path);
        Assert.Equal(200, status);
        return JsonDocument.Parse(body).RootElement;
    }

    private static async Task<(int Status, string Body)> GetAsync(HubServer server, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using var answer = await server.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
