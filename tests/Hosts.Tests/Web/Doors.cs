using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.Web;

/// <summary>Who may come in by <c>--web.config.file</c>.</summary>
public sealed class Doors : IDisposable
{
    private const string Configuration = "route: {receiver: team}\nreceivers: [{name: team}]\n";

    private const string Users = $$"""
        basic_auth_users:
          {{WebFiles.User}}: {{WebFiles.Hash}}
        """;

    private readonly WebFiles files = new();

    public void Dispose() => files.Dispose();

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static async Task<(int Status, string Challenge)> AskAsync(
        Uri server,
        string path,
        AuthenticationHeaderValue? credentials
    )
    {
        using var http = new HttpClient { BaseAddress = server };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = credentials;
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, string.Join(", ", response.Headers.WwwAuthenticate));
    }

    [Fact]
    public async Task A_password_lets_in_as_it_does_with_Alertmanager_and_health_is_behind_the_door_too()
    {
        using var web = files.Load(Users);
        await using var server = await HubServer.StartAsync(Configuration, web);
        files.Write("alertmanager.yml", Configuration);
        await using var alertmanager = ChildProcess.Start(
            "/usr/bin/prometheus-alertmanager",
            [
                $"--config.file={files.Path("alertmanager.yml")}",
                $"--storage.path={files.Path("data")}",
                $"--web.config.file={files.Path("web.yml")}",
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=",
            ]
        );
        var line = await alertmanager.LineAsync("Listening on");
        var real = new Uri(
            $"http://{line[line.IndexOf("127.0.0.1:", StringComparison.Ordinal)..].Split(' ', '"')[0]}/"
        );
        AuthenticationHeaderValue?[] credentials =
        [
            null,
            Basic(WebFiles.User, WebFiles.Password),
            Basic(WebFiles.User, "wrong"),
            Basic(WebFiles.User, "wrong"),
            Basic("nobody", WebFiles.Password),
            Basic("", ""),
            new("Basic", "%%%"),
            new("basic", Basic(WebFiles.User, WebFiles.Password).Parameter),
            new("Bearer", WebFiles.Password),
            new("Basic"),
        ];
        foreach (var path in new[] { "api/v2/status", "-/healthy", "-/ready", "metrics", "nothing" })
        {
            foreach (var each in credentials)
            {
                Assert.Equal(
                    ($"{path} {each}", await AskAsync(real, path, each)),
                    ($"{path} {each}", await AskAsync(server.Address, path, each))
                );
            }
        }
    }

    [Fact]
    public async Task A_password_is_computed_once_only()
    {
        // At this cost a comparison takes as long as a hundred answers; without a memory the test takes half a minute.
        using var web = files.Load(
            "basic_auth_users: {a: $2b$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u}"
        );
        await using var server = await HubServer.StartAsync(Configuration, web);

        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(200, (await AskAsync(server.Address, "-/healthy", Basic("a", "secret"))).Status);
        }
    }

    [Fact]
    public async Task Several_tokens_let_in_and_one_in_a_file_can_be_replaced()
    {
        files.Write("token", "first-token-of-the-file\n");
        using var web = files.Load(
            """
            bearer_tokens:
              - {name: prometheus, token_file: token}
              - {name: other, token: written-out-token}
            """
        );
        await using var server = await HubServer.StartAsync(Configuration, web);

        Assert.Equal((401, "Bearer"), await AskAsync(server.Address, "-/healthy", null));
        Assert.Equal((401, "Bearer"), await AskAsync(server.Address, "-/healthy", new("Bearer", "wrong")));
        Assert.Equal((401, "Bearer"), await AskAsync(server.Address, "-/healthy", Basic("a", "b")));
        Assert.Equal(200, (await AskAsync(server.Address, "-/healthy", new("Bearer", "written-out-token"))).Status);
        Assert.Equal(
            200,
            (await AskAsync(server.Address, "-/healthy", new("Bearer", "first-token-of-the-file"))).Status
        );

        files.Write("token", "second-token-of-the-file");
        await UntilAsync(async () =>
            (await AskAsync(server.Address, "-/healthy", new("Bearer", "second-token-of-the-file"))).Status == 200
        );
        Assert.Equal(
            401,
            (await AskAsync(server.Address, "-/healthy", new("Bearer", "first-token-of-the-file"))).Status
        );
    }

    [Theory]
    [InlineData("GET", "-/healthy", 200)]
    [InlineData("GET", "-/ready", 200)]
    [InlineData("POST", "api/v2/alerts", 200)]
    [InlineData("POST", "webhook", 200)]
    [InlineData("POST", "events", 200)]
    [InlineData("GET", "api/v2/alerts", 403)]
    [InlineData("GET", "api/v2/status", 403)]
    [InlineData("POST", "api/v2/silences", 403)]
    [InlineData("DELETE", "api/v2/silence/00000000-0000-4000-8000-000000000000", 403)]
    [InlineData("GET", "hub/explain", 403)]
    [InlineData("POST", "-/reload", 403)]
    [InlineData("GET", "metrics", 403)]
    public async Task A_token_for_alerts_lets_in_for_nothing_else(string method, string path, int status)
    {
        using var web = files.Load("bearer_tokens: [{name: a, token: written-out-token, scope: alerts}]");
        await using var server = await HubServer.StartAsync(Configuration, web, prefix: "/hub-of-ours");
        using var request = new HttpRequestMessage(new(method), $"hub-of-ours/{path}");
        request.Headers.Authorization = new("Bearer", "written-out-token");
        request.Content = method == "POST" ? new StringContent("[]", Encoding.UTF8, "application/json") : null;

        using var response = await server.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }

    [Fact]
    public async Task Labels_of_a_token_stand_on_what_comes_with_it_whatever_that_says()
    {
        using var web = files.Load(
            """
            bearer_tokens:
              - {name: a, token: token-of-tenant-a, labels: {tenant: a}}
              - {name: b, token: token-of-tenant-b, labels: {tenant: b, source: b}}
            """
        );
        await using var server = await HubServer.StartAsync(Configuration, web);
        foreach (var (path, token) in new[] { ("api/v2/alerts", "a"), ("api/v2/alerts", "b"), ("events", "b") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Authorization = new("Bearer", $"token-of-tenant-{token}");
            request.Content = new StringContent(
                path == "events" ? "trouble" : """[{"labels":{"alertname":"A","tenant":"a"}}]""",
                Encoding.UTF8,
                "application/json"
            );
            using var response = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var alerts = (await server.Hub.ReadAsync(default)).Alerts.Values;
        Assert.Equal(["a", "b", "b"], alerts.Select(alert => alert.Labels["tenant"]).Order());
        Assert.Equal(2, alerts.Count(alert => alert.Labels["source"] == "b"));
    }

    [Fact]
    public async Task Passwords_and_tokens_are_both_asked_for()
    {
        using var web = files.Load(Users + "\nbearer_tokens: [{name: a, token: written-out-token}]");
        await using var server = await HubServer.StartAsync(Configuration, web);

        Assert.Equal((401, "Basic, Bearer"), await AskAsync(server.Address, "-/healthy", null));
        Assert.Equal((200, ""), await AskAsync(server.Address, "-/healthy", Basic(WebFiles.User, WebFiles.Password)));
        Assert.Equal((200, ""), await AskAsync(server.Address, "-/healthy", new("Bearer", "written-out-token")));
    }

    [Fact]
    public async Task A_file_that_breaks_leaves_in_force_what_it_said()
    {
        using var web = files.Load(Users);
        await using var server = await HubServer.StartAsync(Configuration, web);
        files.Write("web.yml", "basic_auth_users: {a: $2b$nonsense}");

        await UntilAsync(async () =>
        {
            await AskAsync(server.Address, "-/healthy", null);
            return files.Log.Lines.Any(static line => line.Contains("stays in force", StringComparison.Ordinal));
        });

        Assert.Equal(
            200,
            (await AskAsync(server.Address, "-/healthy", Basic(WebFiles.User, WebFiles.Password))).Status
        );
        Assert.DoesNotContain("nonsense", string.Join('\n', files.Log.Lines), StringComparison.Ordinal);
        files.Write("web.yml", "");
        await UntilAsync(async () => (await AskAsync(server.Address, "-/healthy", null)).Status == 200);
    }

    [Fact]
    public async Task Headers_stand_on_every_answer_and_what_comes_too_fast_is_refused()
    {
        using var web = files.Load(
            """
            http_server_config: {headers: {X-Frame-Options: deny, Strict-Transport-Security: max-age=1}}
            rate_limit: {interval: 1h, burst: 2}
            """
        );
        await using var server = await HubServer.StartAsync(Configuration, web);

        foreach (var (path, status) in new[] { ("-/healthy", 200), ("nothing", 404), ("-/healthy", 429) })
        {
            using var response = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((HttpStatusCode)status, response.StatusCode);
            if (status != 429)
            {
                Assert.Equal("deny", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
                Assert.Equal("max-age=1", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
            }
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; !await holds(); attempt++)
        {
            Assert.InRange(attempt, 0, 300);
            await Task.Delay(100);
        }
    }
}
