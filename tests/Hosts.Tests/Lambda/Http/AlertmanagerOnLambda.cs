using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Storing;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Http;

/// <summary>Alertmanager's API behind API Gateway, and on Kestrel, over one store.</summary>
public sealed partial class AlertmanagerOnLambda
{
    private const string Configuration =
        "route: {receiver: team, group_by: [alertname]}\nreceivers: [{name: team}, {name: other}]\n";

    /// <summary>Where every request that a real Alertmanager was compared by is made on both hosts.</summary>
    [Theory]
    [InlineData("http-requests.txt", null)]
    [InlineData("http-prefixed.txt", "http://alerts.example/am/")]
    public async Task Every_request_gets_the_same_answer(string table, string? externalUrl)
    {
        var url = externalUrl is null ? null : new Uri(externalUrl.TrimEnd('/'));
        var prefix = AlertHub.Api.Web.WebPaths.RoutePrefix(null, url);
        await using var kestrel = await HubServer.StartAsync(Configuration, prefix: prefix, externalUrl: url);
        await using var lambda = await HubServer.StartAsync(
            Configuration,
            prefix: prefix,
            externalUrl: url,
            invocation: new()
        );
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var wrong = new List<string>();
        foreach (var row in Repository.Cases(table, '¦'))
        {
            var expected = await AskAsync(http, kestrel.Address, row[0]);
            var answer = await AskAsync(lambda.Http, lambda.Address, row[0]);
            if (answer != expected)
            {
                wrong.Add($"{row[0]}\n{expected}\n--- on Lambda\n{answer}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n======\n", wrong));
    }

    [Fact]
    public async Task Over_one_store_both_list_the_same_bytes_packed_and_not()
    {
        IAlertStore? store = null;
        await using var kestrel = await HubServer.StartAsync(
            Configuration,
            store: rules => store = new MemoryStore(rules)
        );
        await using var lambda = await HubServer.StartAsync(Configuration, store: _ => store!, invocation: new());
        Assert.Equal((200, ""), await PostAsync(lambda, Packed(Alerts(600)), "gzip"));
        Assert.Equal(
            200,
            (
                await PostAsync(
                    lambda,
                    """{"matchers":[{"name":"i","value":"7","isRegex":false}],"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z","createdBy":"é","comment":"b"}"""u8.ToArray(),
                    path: "api/v2/silences"
                )
            ).Status
        );

        foreach (
            var path in (string[])
                ["alerts", "alerts?filter=i%3D%227%22", "alerts/groups", "silences", "receivers", "status"]
        )
        {
            foreach (var accept in (string[])["identity", "gzip"])
            {
                var ours = await ListAsync(lambda, path, accept);
                Assert.Equal(WithoutStart(await ListAsync(kestrel, path, accept)), WithoutStart(ours));
                Assert.Equal(accept == "gzip" && path is ("alerts" or "alerts/groups"), ours.IsPacked);
            }
        }

        var id = System.Text.Json.Nodes.JsonNode.Parse((await ListAsync(lambda, "silences", "identity")).Text)![0]![
            "id"
        ];
        Assert.Equal(HttpStatusCode.OK, (await lambda.Http.DeleteAsync(Path($"api/v2/silence/{id}"))).StatusCode);
        Assert.Contains(
            "\"expired\"",
            (await ListAsync(kestrel, "silences", "identity")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Bodies_beyond_the_limit_are_refused_with_the_sentence_that_Kestrel_gives()
    {
        await using var kestrel = await HubServer.StartAsync(Configuration);
        await using var lambda = await HubServer.StartAsync(Configuration, invocation: new());
        var large = new byte[AlertHub.Api.AlertmanagerV2.AlertmanagerApi.LimitBytes + 1];
        Array.Fill(large, (byte)' ');

        var answer = await PostAsync(lambda, large);
        Assert.Equal(413, answer.Status);
        Assert.Equal(await PostAsync(kestrel, large), answer);
        Assert.Equal(await PostAsync(kestrel, large[1..]), await PostAsync(lambda, large[1..]));
        var bomb = Packed(new byte[64 * 1024 * 1024]);
        Assert.Equal(await PostAsync(kestrel, bomb, "gzip"), await PostAsync(lambda, bomb, "gzip"));
        Assert.Equal(await PostAsync(kestrel, Alerts(1), "gzip"), await PostAsync(lambda, Alerts(1), "gzip"));
    }

    [Fact]
    public async Task A_listing_that_Lambda_cannot_carry_is_answered_with_500_and_is_there_packed()
    {
        var invocation = new InvocationContext();
        await using var lambda = await HubServer.StartAsync(Configuration, invocation: invocation);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal((200, ""), await PostAsync(lambda, Alerts(1, 1024 * 1024, i)));
        }

        using var plain = await lambda.Http.GetAsync(Path("api/v2/alerts"));
        var sentence = await plain.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, plain.StatusCode);
        Assert.Equal(
            "The answer is larger than AWS Lambda carries (6291456 bytes). Ask for less, or take it packed (Accept-Encoding: gzip).\n",
            sentence
        );
        Assert.Contains("(/api/v2): the answer, 8", Assert.Single(invocation.Lines), StringComparison.Ordinal);
        Assert.True((await ListAsync(lambda, "alerts", "gzip")).IsPacked);
        Assert.StartsWith(
            "[",
            (await ListAsync(lambda, "alerts?filter=i%3D%223%22", "identity")).Text,
            StringComparison.Ordinal
        );
    }

    private static async Task<string> AskAsync(HttpClient http, Uri server, string row)
    {
        using var request = HttpCase.Request(row, server);
        using var response = await http.SendAsync(request);
        var headers = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(static h => h.Key is not ("Date" or "Transfer-Encoding" or "Content-Length"))
            .OrderBy(static h => h.Key, StringComparer.Ordinal)
            .Select(static h => $"{h.Key}: {string.Join(", ", h.Value.AsEnumerable())}");
        var body = await response.Content.ReadAsStringAsync();
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{Changing().Replace(body, "…")}";
    }

    private static async Task<(int Status, string Body)> PostAsync(
        HubServer server,
        byte[] body,
        string? encoding = null,
        string path = "api/v2/alerts"
    )
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await server.Http.PostAsync(Path(path), content);
        return ((int)response.StatusCode, Changing().Replace(await response.Content.ReadAsStringAsync(), "…"));
    }

    private static async Task<(bool IsPacked, string Text)> ListAsync(HubServer server, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path($"api/v2/{path}"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
        using var response = await server.Http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (!response.Content.Headers.ContentEncoding.Contains("gzip"))
        {
            return (false, Encoding.UTF8.GetString(body));
        }

        using var plain = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        return (true, await plain.ReadToEndAsync());
    }

    private static (bool, string) WithoutStart((bool IsPacked, string Text) answer) =>
        (answer.IsPacked, Uptime().Replace(answer.Text, ""));

    private static byte[] Packed(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] Alerts(int count, int padding = 0, int first = 0) =>
        Encoding.UTF8.GetBytes(
            $"[{string.Join(',', Enumerable.Range(first, count).Select(i => $$$"""{"labels":{"alertname":"A é","i":"{{{i}}}"},"annotations":{"p":"{{{new string('x', padding)}}}"}}"""))}]"
        );

    private static Uri Path(string path) => new(path, UriKind.Relative);

    /// <summary>Ids of silences, times, durations: of this hub and of this moment.</summary>
    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f-]{27}|20\d\d-\d\d-\d\dT[0-9:.]+Z|(?m)^(?!#).* [0-9.e+-]+$")]
    private static partial Regex Changing();

    [GeneratedRegex("\"uptime\":\"[^\"]+\"")]
    private static partial Regex Uptime();
}
