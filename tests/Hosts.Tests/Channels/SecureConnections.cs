using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AlertHub.Notifying;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Hosts.Tests.Channels;

/// <summary>tls_config against real TLS, with authorities made for the test.</summary>
public sealed class SecureConnections : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestAuthority authority = new();

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_gets_nothing()
    {
        await using var server = await WebServer.StartAsync(authority.Issue());

        Refused(await SendAsync(server, "{}"));

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("{ca: TEXT}")]
    [InlineData("{ca_file: ca.pem}")]
    [InlineData("{insecure_skip_verify: true}")]
    public async Task A_server_of_a_given_authority_is_trusted(string tls)
    {
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);
        await using var server = await WebServer.StartAsync(authority.Issue());

        Assert.IsType<DeliveryResult.Delivered>(
            await SendAsync(server, tls.Replace("TEXT", Quoted(authority.Pem), StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task An_authority_whose_file_is_replaced_is_trusted_from_then_on()
    {
        using var before = new TestAuthority();
        await File.WriteAllTextAsync(folder.File("ca.pem"), before.Pem);
        await using var server = await WebServer.StartAsync(authority.Issue());
        using var channel = Channel(server, "{ca_file: ca.pem}");

        Refused(await channel.SendAsync());
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);

        Assert.IsType<DeliveryResult.Delivered>(await channel.SendAsync());
    }

    [Theory]
    [InlineData("{ca_file: ca.pem}", false)]
    [InlineData("{ca_file: ca.pem, server_name: other.example}", false)]
    [InlineData("{ca_file: ca.pem, server_name: hooks.example}", true)]
    public async Task The_certificate_is_for_the_host_or_the_name_that_is_given(string tls, bool good)
    {
        var asked = "";
        var certificate = authority.Issue("hooks.example");
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);
        await using var server = await WebServer.StartAsync(tls: options =>
            options.ServerCertificateSelector = (_, name) =>
            {
                asked = name;
                return certificate;
            }
        );

        var result = await SendAsync(server, tls);

        if (good)
        {
            Assert.IsType<DeliveryResult.Delivered>(result);
            Assert.Equal("hooks.example", asked);
            Assert.Equal(server.Address.Authority, Assert.Single(server.Requests)["Host"]);
        }
        else
        {
            Refused(result);
        }
    }

    [Theory]
    [InlineData("{ca_file: ca.pem, cert_file: cert.pem, key_file: key.pem}")]
    [InlineData("{ca_file: ca.pem, cert: CERT, key: KEY}")]
    public async Task A_server_that_wants_a_certificate_of_the_client_gets_it(string tls)
    {
        using var client = authority.Issue("alerthub");
        var (certificate, key) = (
            client.ExportCertificatePem(),
            client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()
        );
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);
        await File.WriteAllTextAsync(folder.File("cert.pem"), certificate);
        await File.WriteAllTextAsync(folder.File("key.pem"), key);
        var seen = "";
        await using var server = await WebServer.StartAsync(tls: options =>
        {
            options.ServerCertificate = authority.Issue();
            options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            options.ClientCertificateValidation = (given, _, _) =>
            {
                seen = given.Thumbprint;
                return true;
            };
        });

        var result = await SendAsync(
            server,
            tls.Replace("CERT", Quoted(certificate), StringComparison.Ordinal)
                .Replace("KEY", Quoted(key), StringComparison.Ordinal)
        );

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.Equal(client.Thumbprint, seen);
    }

    [Theory]
    [InlineData("ca_file: ca.pem, cert_file: ca.pem, key_file: bad.pem")]
    [InlineData("ca_file: bad.pem")]
    public async Task What_is_no_certificate_is_told_and_not_shown(string tls)
    {
        await File.WriteAllTextAsync(folder.File("ca.pem"), authority.Pem);
        await File.WriteAllTextAsync(folder.File("bad.pem"), "planted");
        await using var server = await WebServer.StartAsync(authority.Issue());

        var reason = Assert.IsType<DeliveryResult.TryLater>(await SendAsync(server, $"{{{tls}}}")).Reason;

        Assert.Contains("tls_config", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{insecure_skip_verify: true, min_version: TLS13}", SslProtocols.Tls12, false)]
    [InlineData("{insecure_skip_verify: true, min_version: TLS12}", SslProtocols.Tls12, true)]
    [InlineData("{insecure_skip_verify: true, max_version: TLS12}", SslProtocols.Tls13, false)]
    [InlineData("{insecure_skip_verify: true, max_version: TLS13}", SslProtocols.Tls13, true)]
    public async Task Versions_of_TLS_are_those_that_are_acceptable(string tls, SslProtocols server, bool good)
    {
        await using var destination = await WebServer.StartAsync(tls: options =>
        {
            options.ServerCertificate = authority.Issue();
            options.SslProtocols = server;
        });

        var result = await SendAsync(destination, tls);

        Assert.Equal(good, result is DeliveryResult.Delivered);
    }

    [Theory]
    [InlineData("", "HTTP/2")]
    [InlineData(", enable_http2: false", "HTTP/1.1")]
    public async Task HTTP_2_is_used_where_the_server_has_it_unless_it_is_switched_off(string config, string protocol)
    {
        await using var server = await WebServer.StartAsync(authority.Issue());

        await SendAsync(server, $"{{insecure_skip_verify: true}}{config}");

        Assert.Equal(protocol, Assert.Single(server.Requests).Protocol);
    }

    [Fact]
    public async Task A_redirect_out_of_TLS_is_not_followed()
    {
        await using var plain = await WebServer.StartAsync();
        await using var server = await WebServer.StartAsync(
            (_, context) =>
            {
                context.Response.StatusCode = 308;
                context.Response.Headers.Location = $"{plain.Address}";
                return Task.CompletedTask;
            },
            options => options.ServerCertificate = authority.Issue()
        );

        Assert.IsType<DeliveryResult.Refused>(await SendAsync(server, "{insecure_skip_verify: true}"));

        Assert.Empty(plain.Requests);
    }

    private static void Refused(DeliveryResult result) =>
        Assert.Contains("certificate", Assert.IsType<DeliveryResult.TryLater>(result).Reason, StringComparison.Ordinal);

    private async Task<DeliveryResult> SendAsync(WebServer server, string tls)
    {
        using var channel = Channel(server, tls);
        return await channel.SendAsync();
    }

    private ConfiguredChannel Channel(WebServer server, string tls) =>
        new($"webhook_configs: [{{url: '{server.Address}', http_config: {{tls_config: {tls}}}}}]", folder: folder.Path);

    private static string Quoted(string pem) => $"\"{pem.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
