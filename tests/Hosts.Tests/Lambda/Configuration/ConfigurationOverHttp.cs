using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Api;
using AlertHub.Api.Web;
using AlertHub.Lambda.Configuration;
using AlertHub.Lambda.Http;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Lambda.Configuration;

/// <summary>Behind API Gateway, with tokens.</summary>
[Collection(SharedDynalite.Name)]
public sealed class ConfigurationOverHttp(Dynalite dynalite) : IAsyncLifetime, IDisposable
{
    private static readonly WebRules Rules = new()
    {
        Tokens =
        [
            new("ann", SHA256.HashData("token-of-ann"u8)),
            new("prometheus", SHA256.HashData("token-of-prometheus"u8)) { IsForProducers = true },
        ],
    };

    private readonly RecordedLog<ConfigEndpoints> log = new();
    private ConfigScene scene = null!;
    private WebAccess access = null!;
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        scene = await ConfigScene.StartAsync(dynalite);
        var server = new LambdaServer(TimeProvider.System);
        app = LambdaWebHost.Create(server);
        access = new(static (_, _) => new(Rules), new(), TimeProvider.System, NullLogger<WebAccess>.Instance);
        WebPipeline.Use(app, access, "/", metrics: null);
        new ConfigEndpoints(
            scene.Versions(scene.Open().CatchUpAsync),
            new Admission(loopbackOnly: false, new(BodyBudget.DefaultBytes)),
            log
        ).Map(app);
        await app.StartAsync();
        http = new(new HttpApiGateway(server, new())) { BaseAddress = new("https://localhost/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-ann");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await scene.DisposeAsync();
    }

    public void Dispose()
    {
        http.Dispose();
        access.Dispose();
    }

    private async Task<(int Status, string Body, string? Version)> AskAsync(
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new(method), $"hub/config{path}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return (
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ETag?.Tag.Trim('"')
        );
    }

    private static string Body(string receiver, string note = "") =>
        new JsonObject { ["alertmanager"] = ConfigScene.Text(receiver).Alertmanager, ["note"] = note }.ToJsonString();

    [Fact]
    public async Task One_is_put_shown_listed_and_taken_back()
    {
        Assert.Equal(404, (await AskAsync("GET", "")).Status);
        var put = await AskAsync(
            "PUT",
            "",
            """{"alertmanager":"route: {receiver: é}\nreceivers: [{name: é}]\ntemplates: [a.tmpl, none]","hub":"routes: []","templates":{"a.tmpl":"{{ define \"a\" }}<b>{{ end }}"},"note":"first"}"""
        );
        Assert.Equal((200, "1"), (put.Status, put.Version));
        var accepted = JsonNode.Parse(put.Body)!;
        Assert.Contains(
            "no template file",
            $"{Assert.Single(accepted["warnings"]!.AsArray())}",
            StringComparison.Ordinal
        );
        Assert.Equal(
            """{"version":1,"at":"2026-03-14T03:00:00+00:00","by":"ann","note":"first"}""",
            Without(accepted, "warnings")
        );

        var shown = await AskAsync("GET", "");
        Assert.Equal((200, "1"), (shown.Status, shown.Version));
        Assert.Equal(
            """{"version":1,"at":"2026-03-14T03:00:00+00:00","by":"ann","note":"first","alertmanager":"route: {receiver: é}\nreceivers: [{name: é}]\ntemplates: [a.tmpl, none]","hub":"routes: []","templates":{"a.tmpl":"{{ define \"a\" }}<b>{{ end }}"}}""",
            shown.Body
        );

        Assert.Equal(200, (await AskAsync("PUT", "", Body("b"))).Status);
        var rolledBack = await AskAsync("POST", "/rollback", """{"version":1}""");
        Assert.Equal((200, "3"), (rolledBack.Status, rolledBack.Version));
        Assert.Equal("as version 1", $"{JsonNode.Parse(rolledBack.Body)!["note"]}");
        Assert.Equal(
            """[{"version":3,"at":"2026-03-14T03:00:00+00:00","by":"ann","note":"as version 1"},{"version":2,"at":"2026-03-14T03:00:00+00:00","by":"ann","note":""},{"version":1,"at":"2026-03-14T03:00:00+00:00","by":"ann","note":"first"}]""",
            (await AskAsync("GET", "/versions")).Body
        );
        var second = await AskAsync("GET", "/versions/2");
        Assert.Equal((200, "2"), (second.Status, second.Version));
        Assert.DoesNotContain("\"hub\"", second.Body, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], scene.Used.Select(static used => used.Settings.Rules.Version));
    }

    private static string Without(JsonNode json, string name)
    {
        json.AsObject().Remove(name);
        return json.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("POST", "/check")]
    public async Task What_cannot_be_used_is_answered_with_all_that_is_wrong(string method, string path)
    {
        var (status, body, _) = await AskAsync(
            method,
            path,
            """{"alertmanager":"route: {receiver: b}\nreceivers: [{name: a, slack_configs: [{api_url: 'https://hooks.slack.com/x'}]}]"}"""
        );

        Assert.Equal(400, status);
        var objections = JsonNode.Parse(body)!["objections"]!.AsArray();
        Assert.True(objections.Count >= 2, body);
        Assert.All(objections, static o => Assert.StartsWith("alertmanager.yml:", $"{o}", StringComparison.Ordinal));
        Assert.Equal(404, (await AskAsync("GET", "")).Status);
        Assert.DoesNotContain("hooks.slack.com", body + string.Join("", log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_of_a_good_one_changes_nothing()
    {
        Assert.Equal((200, """{"objections":[],"warnings":[]}""", null), await AskAsync("POST", "/check", Body("a")));
        Assert.Equal(404, (await AskAsync("GET", "")).Status);
    }

    [Theory]
    [InlineData("PUT", "", "", "not as it must be")]
    [InlineData("PUT", "", "null", "the body is null")]
    [InlineData("PUT", "", "{}", "alertmanager")]
    [InlineData("PUT", "", """{"alertmanager":null}""", "alertmanager")]
    [InlineData("PUT", "", """{"alertmanager":"","hub":null}""", "hub")]
    [InlineData("PUT", "", """{"alertmanager":"","alertmanager":""}""", "alertmanager")]
    [InlineData("PUT", "", """{"alertmanager":"","version":1}""", "version")]
    [InlineData("PUT", "", """{"alertmanager":"\ud800"}""", "not as it must be")]
    [InlineData("PUT", "", """{"alertmanager":"","templates":{"a":1}}""", "templates")]
    [InlineData("POST", "/check", """{"alertmanager":"","templates":{"a":null}}""", "\"a\" has no text")]
    [InlineData("POST", "/check", "[]", "not as it must be")]
    [InlineData("POST", "/rollback", """{"version":"1"}""", "version")]
    [InlineData("POST", "/rollback", """{"note":"a"}""", "version")]
    public async Task A_body_of_another_form_is_refused(string method, string path, string body, string words)
    {
        var (status, answer, _) = await AskAsync(method, path, body);

        Assert.Equal(400, status);
        Assert.Contains(words, answer.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_is_said_to_be()
    {
        var noise = Convert.ToBase64String(RandomNumberGenerator.GetBytes(ConfigStore.LongestPackedBytes));

        Assert.Equal(413, (await AskAsync("PUT", "", new string(' ', ConfigEndpoints.LimitBytes + 1))).Status);
        Assert.Equal(413, (await AskAsync("PUT", "", $$"""{"alertmanager":"","hub":"# {{noise}}{{noise}}"}""")).Status);
        Assert.Equal(400, (await AskAsync("PUT", "", Body("a", new('n', ConfigOrigin.LongestNote + 1)))).Status);
    }

    [Fact]
    public async Task With_If_Match_nothing_is_overwritten_that_was_not_seen()
    {
        Assert.Equal(412, (await AskAsync("PUT", "", Body("a"), ("If-Match", "\"1\""))).Status);
        Assert.Equal(200, (await AskAsync("PUT", "", Body("a"))).Status);
        Assert.Equal(200, (await AskAsync("PUT", "", Body("b"), ("If-Match", "\"1\""))).Status);

        var (status, answer, _) = await AskAsync("PUT", "", Body("c"), ("If-Match", "\"1\""));

        Assert.Equal(412, status);
        Assert.Contains("Version 2 is in force, by ann", answer, StringComparison.Ordinal);
        Assert.Equal(400, (await AskAsync("PUT", "", Body("c"), ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Whoever_is_overtaken_is_told()
    {
        var first = true;
        scene.Gate.Verdict = (operation, _) =>
        {
            if (operation == "PutItem" && first)
            {
                first = false;
                scene.AppendAsync(ConfigScene.Text("b")).GetAwaiter().GetResult();
            }

            return GateVerdict.Pass;
        };

        Assert.Equal(409, (await AskAsync("PUT", "", Body("a"))).Status);
    }

    [Theory]
    [InlineData("/versions/2")]
    [InlineData("/versions/-1")]
    [InlineData("/versions/all")]
    public async Task A_version_that_is_not_kept_is_not_found(string path)
    {
        await AskAsync("PUT", "", Body("a"));

        Assert.Equal(404, (await AskAsync("GET", path)).Status);
        Assert.Equal(404, (await AskAsync("POST", "/rollback", """{"version":2}""")).Status);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("POST", "/check")]
    [InlineData("POST", "/rollback")]
    [InlineData("GET", "/versions")]
    [InlineData("GET", "/versions/1")]
    public async Task It_is_behind_the_door_and_not_for_those_who_send_alerts(string method, string path)
    {
        var body = method == "GET" ? null : Body("a");

        Assert.Equal(401, (await AskAsync(method, path, body, ("Authorization", "Bearer wrong"))).Status);
        Assert.Equal(403, (await AskAsync(method, path, body, ("Authorization", "Bearer token-of-prometheus"))).Status);
        var byPage = await AskAsync(method, path, body, ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(method == "GET", byPage.Status != 403);
        Assert.Empty((await scene.Store.HistoryAsync(default)).Entries);
    }

    [Fact]
    public async Task Another_method_is_refused() => Assert.Equal(405, (await AskAsync("DELETE", "")).Status);

    [Fact]
    public async Task Without_the_storage_whoever_asks_is_told_to_ask_again()
    {
        scene.Gate.Verdict = static (_, _) => new GateVerdict.Refused(400, "AccessDeniedException");

        foreach (var (method, path) in new[] { ("GET", ""), ("PUT", ""), ("GET", "/versions") })
        {
            var (status, answer, _) = await AskAsync(method, path, method == "PUT" ? Body("a") : null);
            Assert.Equal(503, status);
            Assert.Contains(scene.Table, answer, StringComparison.Ordinal);
        }
    }
}
