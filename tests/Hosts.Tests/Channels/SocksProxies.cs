using System.Net;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Channels;

/// <summary>A <c>proxy_url</c> of socks5://, through a real proxy.</summary>
public sealed class SocksProxies : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData("socks5")]
    [InlineData("socks5h")]
    public async Task A_plain_request_goes_through_and_the_proxy_looks_up_the_name(string scheme)
    {
        await using var server = await WebServer.StartAsync();
        await using var proxy = new SocksProxy { Names = Known("hooks.invalid") };

        var result = await SendAsync(
            new($"http://hooks.invalid:{server.Address.Port}/x"),
            $"{scheme}://{proxy.Authority}"
        );

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.Equal([$"hooks.invalid:{server.Address.Port}"], proxy.Requests);
        Assert.Equal("/x", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task A_secure_request_goes_through_with_a_user()
    {
        await using var server = await WebServer.StartAsync(authority.Issue());
        await using var proxy = new SocksProxy { User = ("u", "p@"), Names = Known("hooks.invalid") };

        var result = await SendAsync(
            new($"https://hooks.invalid:{server.Address.Port}/x"),
            $"socks5://u:p%40@{proxy.Authority}"
        );

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.Equal("/x", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task An_address_goes_through_as_one()
    {
        await using var server = await WebServer.StartAsync();
        await using var proxy = new SocksProxy();

        var result = await SendAsync(server.Address, $"socks5://{proxy.Authority}");

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.Equal([server.Address.Authority], proxy.Requests);
    }

    /// <summary>Another address of this machine than other tests listen on.</summary>
    [Fact]
    public async Task Without_a_port_it_is_SOCKS_usual_one()
    {
        await using var server = await WebServer.StartAsync();
        await using var proxy = new SocksProxy(IPEndPoint.Parse("127.10.80.1:1080"));

        Assert.IsType<DeliveryResult.Delivered>(await SendAsync(server.Address, "socks5h://127.10.80.1"));
    }

    [Theory]
    [InlineData("", "SOCKS server did not return a suitable authentication method")]
    [InlineData("u:planted@", "Failed to authenticate with the SOCKS server")]
    public async Task Who_is_not_let_in_is_told_which_proxy_it_was(string user, string reason)
    {
        await using var proxy = new SocksProxy { User = ("u", "p") };

        Refused(
            $"the proxy {proxy.Authority} does not let us through: {reason}",
            await SendAsync(new("https://hooks.invalid/x"), $"socks5://{user}{proxy.Authority}")
        );
        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("GeneralFailure", "0x01")]
    [InlineData("NotAllowed", "0x02, its rules do not allow it")]
    [InlineData("NetworkUnreachable", "0x03, it does not reach the network")]
    [InlineData("HostUnreachable", "0x04, it does not find the host")]
    [InlineData("ConnectionRefused", "0x05, the host refuses the connection")]
    public async Task What_the_proxy_answers_is_told_and_the_message_was_not_sent(string refusal, string reason)
    {
        await using var proxy = new SocksProxy { Refusal = Enum.Parse<SocksReply>(refusal) };

        Refused(
            $"the proxy {proxy.Authority} does not let us through: SOCKS server failed to connect to the destination. Received error code {reason}",
            await SendAsync(new("http://hooks.invalid/x"), $"socks5://u:planted@{proxy.Authority}")
        );
    }

    [Fact]
    public async Task Nobody_listens_where_the_proxy_connects_to()
    {
        await using var proxy = new SocksProxy { Names = Known("hooks.invalid") };

        Refused(
            $"the proxy {proxy.Authority} does not let us through: SOCKS server failed to connect to the destination. Received error code 0x05, the host refuses the connection",
            await SendAsync(new($"http://hooks.invalid:{FreePort.Next()}/x"), $"socks5://{proxy.Authority}")
        );
    }

    [Fact]
    public async Task A_proxy_that_hangs_up_is_named()
    {
        await using var proxy = new SocksProxy { HangsUp = true };

        var result = await SendAsync(new("http://hooks.invalid/x"), $"socks5://{proxy.Authority}");

        Assert.StartsWith(
            $"hooks.invalid: the proxy {proxy.Authority} does not let us through: ",
            Assert.IsType<DeliveryResult.TryLater>(result).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("socks5", "http")]
    [InlineData("socks5", "https")]
    [InlineData("http", "http")]
    [InlineData("http", "https")]
    public async Task A_proxy_that_is_not_there_is_not_taken_for_the_destination(string scheme, string target)
    {
        var port = FreePort.Next();

        Refused(
            $"no connection to the proxy 127.0.0.1:{port}",
            await SendAsync(new($"{target}://hooks.invalid/x"), $"{scheme}://u:planted@127.0.0.1:{port}")
        );
    }

    [Fact]
    public async Task A_proxy_of_another_kind_is_refused_with_what_can_be_used() =>
        Refused(
            "a proxy of ftp:// is none that can be used; give one of http://, https:// or socks5://",
            await SendAsync(new("http://hooks.invalid/x"), "ftp://u:planted@127.0.0.1")
        );

    private static void Refused(string reason, DeliveryResult result)
    {
        var told = Assert.IsType<DeliveryResult.TryLater>(result).Reason;
        Assert.EndsWith($": {reason}", told, StringComparison.Ordinal);
        Assert.StartsWith("hooks.invalid", told, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", told, StringComparison.Ordinal);
    }

    private static Dictionary<string, IPAddress> Known(string name) => new() { [name] = IPAddress.Loopback };

    private static async Task<DeliveryResult> SendAsync(Uri to, string proxy)
    {
        using var channel = new ConfiguredChannel(
            $"webhook_configs: [{{url: '{to}', http_config: {{tls_config: {{insecure_skip_verify: true}}, proxy_url: '{proxy}'}}}}]"
        );
        return await channel.SendAsync();
    }
}
