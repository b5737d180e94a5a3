using System.Text;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Channels;

/// <summary>proxy_url and what belongs to it, through a real proxy.</summary>
public sealed class Proxies : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task A_secure_request_goes_through_a_tunnel_that_sees_nothing_of_it()
    {
        await using var proxy = new TunnelProxy { Authorization = Basic("u:p@") };
        await using var server = await WebServer.StartAsync(authority.Issue());

        var result = await SendAsync(
            server.Address,
            $"proxy_url: 'http://u:p%40@{proxy.Authority}', proxy_connect_header: {{X-Tenant: [planted, more]}}"
        );

        Assert.IsType<DeliveryResult.Delivered>(result);
        var request = Assert.Single(proxy.Requests);
        Assert.StartsWith($"CONNECT {server.Address.Authority} HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Tenant: planted\r\nX-Tenant: more\r\n", request, StringComparison.Ordinal);
        Assert.Null(Assert.Single(server.Requests)["X-Tenant"]);
    }

    [Fact]
    public async Task A_plain_request_is_given_to_the_proxy()
    {
        await using var proxy = new TunnelProxy { Authorization = Basic("u:p") };

        var result = await SendAsync(new("http://hooks.invalid/x"), $"proxy_url: 'http://u:p@{proxy.Authority}'");

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.StartsWith("POST http://hooks.invalid/x HTTP/1.1", proxy.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_and_the_message_was_not_sent()
    {
        await using var proxy = new TunnelProxy { Refusal = "502 Bad Gateway" };

        var result = await SendAsync(
            new("https://hooks.invalid/x"),
            $"proxy_url: 'http://u:planted@{proxy.Authority}'"
        );

        Assert.Equal(
            $"hooks.invalid: the proxy {proxy.Authority} answered 502",
            Assert.IsType<DeliveryResult.TryLater>(result).Reason
        );
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("example.org,127.0.0.0/8", false)]
    [InlineData("*", false)]
    public async Task Hosts_that_go_without_proxy_are_reached_directly(string noProxy, bool through)
    {
        await using var proxy = new TunnelProxy();
        await using var server = await WebServer.StartAsync(authority.Issue());

        await SendAsync(server.Address, $"proxy_url: 'http://{proxy.Authority}', no_proxy: '{noProxy}'");

        Assert.Equal(through, !proxy.Requests.IsEmpty);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("HTTP_PROXY", null, true)]
    [InlineData("http_proxy", null, true)]
    [InlineData("HTTPS_PROXY", null, false)]
    [InlineData("HTTP_PROXY", ".invalid", false)]
    public async Task The_environment_says_which_proxy_where_it_is_asked(string name, string? noProxy, bool through)
    {
        await using var proxy = new TunnelProxy();

        await SendAsync(
            new("http://hooks.invalid/"),
            "proxy_from_environment: true",
            variable =>
                variable == name ? proxy.Authority
                : variable == "NO_PROXY" ? noProxy
                : null
        );

        Assert.Equal(through, !proxy.Requests.IsEmpty);
    }

    private static async Task<DeliveryResult> SendAsync(Uri to, string config, Func<string, string?>? variable = null)
    {
        using var channel = new ConfiguredChannel(
            $"webhook_configs: [{{url: '{to}', http_config: {{tls_config: {{insecure_skip_verify: true}}, {config}}}}}]",
            variable: variable
        );
        return await channel.SendAsync();
    }

    private static string Basic(string text) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
}
