using System.Globalization;
using AlertHub.Notifying;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Channels;

/// <summary>oauth2 against a real token server.</summary>
public sealed class Tokens
{
    private readonly ManualClock clock = new();

    [Fact]
    public async Task A_token_is_had_once_and_used_until_it_expires()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await WebServer.StartAsync();
        using var channel = Channel(server, issuer, ", scopes: [a, b], endpoint_params: {audience: x}");

        await channel.SendAsync();
        await channel.SendAsync();
        clock.Advance(TimeSpan.FromSeconds(51));
        await channel.SendAsync();

        Assert.Equal(["Bearer t1", "Bearer t1", "Bearer t2"], Sent(server));
        Assert.All(
            issuer.Requests,
            static r =>
            {
                Assert.Equal("grant_type=client_credentials&scope=a+b&audience=x", r.Body);
                Assert.Equal("Basic aWQlMjYxOnBsYW50ZWQ=", r["Authorization"]);
            }
        );
    }

    [Fact]
    public async Task Many_at_once_ask_for_one_token()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await WebServer.StartAsync();
        using var channel = Channel(server, issuer);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => channel.SendAsync()));

        Assert.Single(issuer.Requests);
        Assert.Equal(20, server.Requests.Count);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await WebServer.StartAsync(
            static (request, context) =>
            {
                context.Response.StatusCode = request["Authorization"] == "Bearer t1" ? 401 : 200;
                return Task.CompletedTask;
            }
        );
        using var channel = Channel(server, issuer);

        Assert.IsType<DeliveryResult.Delivered>(await channel.SendAsync());

        Assert.Equal(["Bearer t1", "Bearer t2"], Sent(server));
        Assert.Single(server.Requests.Select(static r => r.Body).Distinct());
    }

    [Fact]
    public async Task A_destination_that_refuses_every_token_is_not_asked_for_ever()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await WebServer.StartAsync(
            static (_, context) =>
            {
                context.Response.StatusCode = 401;
                return Task.CompletedTask;
            }
        );
        using var channel = Channel(server, issuer);

        Assert.IsType<DeliveryResult.Refused>(await channel.SendAsync());

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(2, issuer.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_wants_the_secret_in_the_body_gets_it_there()
    {
        await using var issuer = await IssuerAsync(static r =>
            r.Body.EndsWith("&client_id=id%261&client_secret=planted", StringComparison.Ordinal) ? null : 401
        );
        await using var server = await WebServer.StartAsync();
        using var channel = Channel(server, issuer);

        Assert.IsType<DeliveryResult.Delivered>(await channel.SendAsync());
        clock.Advance(TimeSpan.FromMinutes(1));
        await channel.SendAsync();

        Assert.Equal(3, issuer.Requests.Count);
        Assert.Null(issuer.Requests.Last()["Authorization"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Without_a_token_nothing_is_sent_and_the_token_server_named(int status)
    {
        await using var issuer = await IssuerAsync(_ => status);
        await using var server = await WebServer.StartAsync();
        using var channel = Channel(server, issuer);

        var reason = Assert.IsType<DeliveryResult.TryLater>(await channel.SendAsync()).Reason;

        Assert.Contains(issuer.Address.Authority, reason, StringComparison.Ordinal);
        Assert.Contains("oauth2", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", reason, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_token_server_that_nobody_serves_is_named()
    {
        await using var server = await WebServer.StartAsync();
        var nobody = $"http://127.0.0.1:{FreePort.Next()}/token";
        using var channel = Channel(server.Address, nobody, "");

        var reason = Assert.IsType<DeliveryResult.TryLater>(await channel.SendAsync()).Reason;

        Assert.Contains(new Uri(nobody).Authority, reason, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Sent(WebServer server) =>
        server.Requests.Select(static r => r["Authorization"]);

    /// <summary>Tokens t1, t2 and so on, each good for a minute; or a failure.</summary>
    private static Task<WebServer> IssuerAsync(Func<WebRequest, int?>? fails = null)
    {
        var count = 0;
        return WebServer.StartAsync(
            async (request, context) =>
            {
                context.Response.ContentType = "application/json";
                if (fails?.Invoke(request) is { } status)
                {
                    context.Response.StatusCode = status;
                    await context.Response.WriteAsync("""{"error":"invalid_client","error_description":"planted"}""");
                    return;
                }

                var token = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref count)}");
                await context.Response.WriteAsync(
                    $$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":60}"""
                );
            }
        );
    }

    private ConfiguredChannel Channel(WebServer server, WebServer issuer, string more = "") =>
        Channel(server.Address, $"{issuer.Address}token", more);

    private ConfiguredChannel Channel(Uri server, string tokenUrl, string more) =>
        new(
            $"webhook_configs: [{{url: '{server}', http_config: {{oauth2: {{client_id: 'id&1', client_secret: planted, token_url: '{tokenUrl}'{more}}}}}}}]",
            clock
        );
}
