using System.Text;
using AlertHub.Notifying;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Channels;

/// <summary>What http_config says of credentials, headers, redirects and connections, seen by a real server.</summary>
public sealed class HttpSettings : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_request_says_who_sends_it_and_what()
    {
        await using var server = await WebServer.StartAsync();

        await SendAsync(server, "{}");

        var request = Assert.Single(server.Requests);
        Assert.Matches(@"^AlertHub/\d+\.\d+\.\d+$", request["User-Agent"]);
        Assert.Equal("application/json", request["Content-Type"]);
        Assert.Equal("POST", request.Method);
        Assert.StartsWith("{\"receiver\":\"r\"", request.Body, StringComparison.Ordinal);
        Assert.Null(request["Authorization"]);
    }

    [Theory]
    [InlineData("{basic_auth: {username: u, password: 'p:ü'}}", "Basic dTpwOsO8")]
    [InlineData("{basic_auth: {username: u}}", "Basic dTo=")]
    [InlineData("{authorization: {credentials: t0ken}}", "Bearer t0ken")]
    [InlineData("{authorization: {type: GenieKey, credentials: t0ken}}", "GenieKey t0ken")]
    [InlineData("{bearer_token: t0ken}", "Bearer t0ken")]
    [InlineData("{authorization: {type: Bearer}}", null)]
    public async Task Credentials_go_with_every_request(string config, string? header)
    {
        await using var server = await WebServer.StartAsync();

        Assert.IsType<DeliveryResult.Delivered>(await SendAsync(server, config));

        Assert.Equal(header, Assert.Single(server.Requests)["Authorization"]);
    }

    [Fact]
    public async Task Credentials_in_files_beside_the_configuration_are_read_anew_each_time()
    {
        await using var server = await WebServer.StartAsync();
        using var basic = Channel(server, "{basic_auth: {username_file: user, password_file: password}}");
        using var bearer = Channel(server, "{authorization: {credentials_file: token}}");
        foreach (var word in (string[])["one", "two"])
        {
            foreach (var file in (string[])["user", "password", "token"])
            {
                await File.WriteAllTextAsync(folder.File(file), $"{file}-{word}\n");
            }

            await basic.SendAsync();
            await bearer.SendAsync();
        }

        Assert.Equal(
            [Basic("user-one:password-one"), "Bearer token-one", Basic("user-two:password-two"), "Bearer token-two"],
            server.Requests.Select(static r => r["Authorization"])
        );
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named_and_nothing_sent()
    {
        await using var server = await WebServer.StartAsync();

        var result = await SendAsync(server, "{authorization: {credentials_file: token}}");

        Assert.Contains(
            folder.File("token"),
            Assert.IsType<DeliveryResult.TryLater>(result).Reason,
            StringComparison.Ordinal
        );
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_name_and_password_in_the_URL_are_sent_as_such()
    {
        await using var server = await WebServer.StartAsync();
        using var channel = new ConfiguredChannel(
            $"webhook_configs: [{{url: 'http://u%40x:p%3A@{server.Address.Authority}/'}}]"
        );

        await channel.SendAsync();

        Assert.Equal(Basic("u@x:p:"), Assert.Single(server.Requests)["Authorization"]);
    }

    [Fact]
    public async Task Headers_have_values_secrets_and_what_stands_in_files()
    {
        await using var server = await WebServer.StartAsync();
        await File.WriteAllTextAsync(folder.File("header"), "three ü\n");

        await SendAsync(
            server,
            "{http_headers: {X-One: {values: [one, more]}, X-Two: {secrets: [two]}, X-Three: {files: [header]}}}"
        );

        var request = Assert.Single(server.Requests);
        Assert.Equal("one, more", request["X-One"]);
        Assert.Equal("two", request["X-Two"]);
        Assert.Equal("three ü", request["X-Three"]);
    }

    [Fact]
    public async Task A_header_of_several_lines_is_not_sent()
    {
        await using var server = await WebServer.StartAsync();
        await File.WriteAllTextAsync(folder.File("header"), "one\nX-Injected: two");

        var result = await SendAsync(server, "{http_headers: {X-One: {files: [header]}}}");

        Assert.Contains("X-One", Assert.IsType<DeliveryResult.TryLater>(result).Reason, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_that_keeps_the_request_is_followed_with_all_of_it(int status)
    {
        await using var server = await RedirectingAsync(status, _ => "/there?x=1");

        Assert.IsType<DeliveryResult.Delivered>(
            await SendAsync(server, "{authorization: {credentials: t0ken}, http_headers: {X-Key: {secrets: [k]}}}")
        );

        Assert.Equal(["/", "/there?x=1"], server.Requests.Select(static r => r.Path));
        Assert.Single(server.Requests.Select(static r => r.Body).Distinct());
        Assert.All(server.Requests, static r => Assert.Equal("Bearer t0ken", r["Authorization"]));
        Assert.All(server.Requests, static r => Assert.Equal("k", r["X-Key"]));
    }

    [Theory]
    [InlineData(301, "{}")]
    [InlineData(302, "{}")]
    [InlineData(303, "{}")]
    [InlineData(307, "{follow_redirects: false}")]
    public async Task Any_other_redirect_would_lose_the_message_and_is_refused(int status, string config)
    {
        await using var server = await RedirectingAsync(status, _ => "/there");

        var refused = Assert.IsType<DeliveryResult.Refused>(await SendAsync(server, config));

        Assert.Contains($"{status}", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("redirect", refused.Reason, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Redirects_in_a_circle_come_to_an_end()
    {
        await using var server = await WebServer.StartAsync(
            static (_, context) =>
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = "/";
                return Task.CompletedTask;
            }
        );

        Assert.IsType<DeliveryResult.Refused>(await SendAsync(server, "{}"));

        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task Another_server_gets_the_message_but_no_credentials()
    {
        await using var other = await WebServer.StartAsync();
        await using var server = await RedirectingAsync(307, _ => $"{other.Address}there");

        await SendAsync(server, "{authorization: {credentials: t0ken}, http_headers: {X-Key: {secrets: [k]}}}");

        var request = Assert.Single(other.Requests);
        Assert.NotEmpty(request.Body);
        Assert.Null(request["Authorization"]);
        Assert.Null(request["X-Key"]);
    }

    [Fact]
    public async Task Requests_under_way_outlive_a_reload_and_later_ones_are_tried_later()
    {
        var arrived = new TaskCompletionSource();
        var reloaded = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync(
            async (_, _) =>
            {
                arrived.SetResult();
                await reloaded.Task;
            }
        );
        using var channel = Channel(server, "{}");

        var sending = channel.SendAsync();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        channel.Dispose();
        var later = await channel.SendAsync();
        reloaded.SetResult();

        Assert.IsType<DeliveryResult.Delivered>(await sending);
        Assert.Contains("replaced", Assert.IsType<DeliveryResult.TryLater>(later).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task No_result_tells_a_secret_that_the_destination_repeats(int status)
    {
        await using var server = await WebServer.StartAsync(
            async (request, context) =>
            {
                var basic = request["Authorization"]?.Split(' ')[1] ?? "";
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(
                    $"{request.Path} {string.Join(' ', request.Headers.Values)} {Encoding.UTF8.GetString(Convert.FromBase64String(basic))}"
                );
            }
        );
        foreach (var kind in (string[])["webhook_configs: [{url: ", "slack_configs: [{api_url: "])
        {
            using var channel = new ConfiguredChannel(
                $"{kind}'{server.Address}planted1/x?key=planted2', http_config: {{basic_auth: {{username: u, password: planted3}}, http_headers: {{X-Key: {{secrets: [planted4]}}}}}}}}]"
            );

            Assert.DoesNotContain("planted", $"{await channel.SendAsync()}", StringComparison.OrdinalIgnoreCase);
        }

        Assert.All(server.Requests, static r => Assert.Contains("planted4", r["X-Key"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bot_posts_with_its_token()
    {
        await using var server = await WebServer.StartAsync(
            static (_, context) => context.Response.WriteAsync("""{"ok":true,"ts":"1.2"}""")
        );
        await File.WriteAllTextAsync(folder.File("token"), "xoxb-1\n");
        using var channel = new ConfiguredChannel(
            $"slack_configs: [{{app_token_file: '{folder.File("token")}', app_url: '{server.Address}api', channel: '#c'}}]"
        );

        Assert.IsType<DeliveryResult.Delivered>(await channel.SendAsync());

        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer xoxb-1", request["Authorization"]);
        Assert.Equal("/api", request.Path);
        Assert.Contains("\"channel\":\"#c\"", request.Body, StringComparison.Ordinal);
    }

    private async Task<DeliveryResult> SendAsync(WebServer server, string config)
    {
        using var channel = Channel(server, config);
        return await channel.SendAsync();
    }

    private ConfiguredChannel Channel(WebServer server, string config) =>
        new($"webhook_configs: [{{url: '{server.Address}', http_config: {config}}}]", folder: folder.Path);

    private static Task<WebServer> RedirectingAsync(int status, Func<WebRequest, string> location) =>
        WebServer.StartAsync(
            (request, context) =>
            {
                if (request.Path == "/")
                {
                    context.Response.StatusCode = status;
                    context.Response.Headers.Location = location(request);
                }

                return Task.CompletedTask;
            }
        );

    private static string Basic(string text) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
}
