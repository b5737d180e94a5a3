using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AlertHub;
using AlertHub.Api;
using AlertHub.Storing;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Web;

/// <summary>What comes packed, too large or at a bad time, and what goes out packed.</summary>
public sealed class Bodies
{
    private const string Configuration = "route: {receiver: team}\nreceivers: [{name: team}]\n";

    private static ByteArrayContent Json(byte[] body, string? encoding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }

    private static byte[] Packed(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] Alerts(int count, int padding = 0) =>
        Encoding.UTF8.GetBytes(
            $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $$$"""{"labels":{"alertname":"A","i":"{{{i}}}"},"annotations":{"p":"{{{new string('x', padding)}}}"}}"""))}]"
        );

    private static async Task<(int Status, string Body)> PostAsync(
        HubServer server,
        byte[] body,
        string? encoding = null,
        string path = "api/v2/alerts"
    )
    {
        using var content = Json(body, encoding);
        using var response = await server.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Packed_alerts_are_unpacked_and_no_more_than_is_harmless()
    {
        await using var server = await HubServer.StartAsync(Configuration);

        Assert.Equal((200, ""), await PostAsync(server, Packed(Alerts(64)), "gzip"));
        Assert.Equal(64, (await server.Hub.ReadAsync(default)).Alerts.Count);

        var bomb = await PostAsync(server, Packed(new byte[64 * 1024 * 1024]), "gzip");
        Assert.Equal(413, bomb.Status);
        Assert.Contains("larger than", bomb.Body, StringComparison.Ordinal);
        // Two thousandfold, though small enough as such.
        Assert.Equal(413, (await PostAsync(server, Packed(Alerts(1, 4 * 1024 * 1024)), "gzip")).Status);

        Assert.Equal(400, (await PostAsync(server, Alerts(1), "gzip")).Status);
        Assert.Equal(400, (await PostAsync(server, Packed(Alerts(64))[..^40], "gzip")).Status);
        var unknown = await PostAsync(server, Alerts(1), "zstd");
        Assert.Equal(415, unknown.Status);
        Assert.Contains("send it plain, or as gzip", unknown.Body, StringComparison.Ordinal);
        Assert.Equal(64, (await server.Hub.ReadAsync(default)).Alerts.Count);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_a_sentence()
    {
        await using var server = await HubServer.StartAsync(Configuration);

        var (status, body) = await PostAsync(server, Alerts(1, AlertHub.Api.AlertmanagerV2.AlertmanagerApi.LimitBytes));

        Assert.Equal(413, status);
        Assert.Contains("send it in parts", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_too_much_comes_at_once_the_sender_is_to_come_again()
    {
        await using var server = await HubServer.StartAsync(Configuration, bodies: new BodyBudget(1000));

        Assert.Equal(503, (await PostAsync(server, Alerts(64))).Status);
        Assert.Equal(200, (await PostAsync(server, Alerts(1))).Status);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_answered_with_503_and_nothing_of_it_is_there()
    {
        await using var server = await HubServer.StartAsync(
            Configuration,
            store: rules => new FailingStore(new MemoryStore(rules)) { Fault = "the disk is full" }
        );

        var (status, body) = await PostAsync(server, Alerts(3));
        Assert.Equal((503, "\"not stored, send it again later: the disk is full\"\n"), (status, body));
        var silence = """
            {"matchers":[{"name":"a","value":"b","isRegex":false}],"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z","createdBy":"a","comment":"b"}
            """;
        Assert.Equal(503, (await PostAsync(server, Encoding.UTF8.GetBytes(silence), path: "api/v2/silences")).Status);
        using var deleted = await server.Http.DeleteAsync(
            new Uri("api/v2/silence/6a1c7b9e-0000-4000-8000-000000000000", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, deleted.StatusCode);
        Assert.Empty(server.Work);
        Assert.Contains(server.Log.Lines, static line => line.Contains("the disk is full", StringComparison.Ordinal));
        var metrics = await server.Http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        Assert.Contains(
            "alertmanager_alerts_received_total{status=\"firing\",version=\"v2\"} 0\n",
            metrics,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Long_answers_go_out_packed_to_who_takes_that_and_short_ones_do_not()
    {
        await using var server = await HubServer.StartAsync(Configuration);
        await PostAsync(server, Alerts(1000));
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };

        async Task<(string Encoding, string Vary, long Length)> AskAsync(string path, string? accept)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (accept is not null)
            {
                request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
            }

            using var response = await http.SendAsync(request);
            return (
                string.Join(',', response.Content.Headers.ContentEncoding),
                string.Join(',', response.Headers.Vary),
                (await response.Content.ReadAsByteArrayAsync()).Length
            );
        }

        var plain = await AskAsync("api/v2/alerts", null);
        var packed = await AskAsync("api/v2/alerts", "deflate, gzip;q=0.5");
        Assert.Equal(("", "Origin"), (plain.Encoding, plain.Vary));
        Assert.Equal(("gzip", "Origin,Accept-Encoding"), (packed.Encoding, packed.Vary));
        Assert.InRange(packed.Length, 1, plain.Length / 5);
        Assert.Equal(plain, await AskAsync("api/v2/alerts", "gzip;q=0"));
        Assert.Equal("", (await AskAsync("api/v2/receivers", "gzip")).Encoding);
    }

    [Fact]
    public async Task Alerts_that_are_kept_are_counted_and_scheduled()
    {
        await using var server = await HubServer.StartAsync(Configuration);

        var (status, body) = await PostAsync(
            server,
            Encoding.UTF8.GetBytes(
                """[{"labels":{"alertname":"A"}},{"labels":{}},{"labels":{"alertname":"B"},"endsAt":"2020-01-01T00:00:00Z"}]"""
            )
        );

        Assert.Equal(400, status);
        Assert.StartsWith("\"1: the alert has no label", body, StringComparison.Ordinal);
        Assert.IsType<Work.Flush>(Assert.Single(server.Work).Work);
        var metrics = await server.Http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        foreach (
            var line in new[]
            {
                "alertmanager_alerts_received_total{status=\"firing\",version=\"v2\"} 2",
                "alertmanager_alerts_received_total{status=\"resolved\",version=\"v2\"} 1",
                "alertmanager_alerts_invalid_total{version=\"v2\"} 1",
                "alertmanager_alerts{state=\"active\"} 1",
                "alertmanager_dispatcher_aggregation_groups 1",
                "alertmanager_receivers 1",
                "alertmanager_http_request_duration_seconds_count{handler=\"/alerts\",method=\"post\"} 1",
            }
        )
        {
            Assert.Contains(line + "\n", metrics, StringComparison.Ordinal);
        }
    }
}
