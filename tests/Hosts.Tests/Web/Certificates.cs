using System.Net;
using System.Security.Cryptography.X509Certificates;
using AlertHub.Local.Web;
using Hosts.Tests.Support;

namespace Hosts.Tests.Web;

/// <summary>TLS by <c>--web.config.file</c>.</summary>
public sealed class Certificates : IDisposable
{
    private const string Configuration = "route: {receiver: team}\nreceivers: [{name: team}]\n";
    private const string Server = "cert_file: server.crt, key_file: server.key";

    private readonly WebFiles files = new();

    public void Dispose() => files.Dispose();

    /// <summary>The serial number of the server's certificate, and the version of HTTP; null where it hangs up.</summary>
    private static async Task<(string Serial, Version Http)?> AskAsync(Uri server, X509Certificate2? client = null)
    {
        string? serial = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            serial = certificate?.GetSerialNumberString();
            return serial is not null;
        };
        if (client is not null)
        {
            handler.SslOptions.ClientCertificates = [client];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => client;
        }

        using var http = new HttpClient(handler)
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Timeout = TimeSpan.FromSeconds(30),
        };
        try
        {
            using var response = await http.GetAsync(new Uri(server, "-/healthy"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (serial ?? "", response.Version);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HubServer> StartAsync(WebConfigFile web) => await HubServer.StartAsync(Configuration, web);

    [Fact]
    public async Task A_renewed_certificate_serves_the_next_connection()
    {
        var first = files.WriteServer();
        using var web = files.Load($"tls_server_config: {{{Server}}}");
        await using var server = await StartAsync(web);
        Assert.Equal("https", server.Address.Scheme);
        Assert.Equal((first, HttpVersion.Version20), await AskAsync(server.Address));

        var second = files.WriteServer();
        for (var attempt = 0; (await AskAsync(server.Address))?.Serial != second; attempt++)
        {
            Assert.InRange(attempt, 0, 300);
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task Half_of_a_renewal_leaves_the_former_certificate_in_place()
    {
        var first = files.WriteServer();
        using var web = files.Load($"tls_server_config: {{{Server}}}");
        await using var server = await StartAsync(web);
        files.Write("server.key", "");
        while (!files.Log.Lines.Any(static line => line.Contains("stays in force", StringComparison.Ordinal)))
        {
            Assert.Equal(first, (await AskAsync(server.Address))?.Serial);
        }

        Assert.Equal(first, (await AskAsync(server.Address))?.Serial);
    }

    [Fact]
    public async Task Without_HTTP_2_it_speaks_HTTP_1()
    {
        files.WriteServer();
        using var web = files.Load(
            $"tls_server_config: {{{Server}, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256], max_version: TLS12}}\nhttp_server_config: {{http2: false}}"
        );
        await using var server = await StartAsync(web);

        Assert.Equal(HttpVersion.Version11, (await AskAsync(server.Address))?.Http);
    }

    [Theory]
    // Which client comes in: without a certificate, with one of its own making, with one of the authority.
    [InlineData("client_auth_type: NoClientCert", true, true, true)]
    [InlineData("client_auth_type: RequestClientCert", true, true, true)]
    [InlineData("client_auth_type: RequireAnyClientCert", false, true, true)]
    [InlineData("client_auth_type: VerifyClientCertIfGiven, client_ca_file: ca.crt", true, false, true)]
    [InlineData("client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt", false, false, true)]
    [InlineData(
        "client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt, client_allowed_sans: [prometheus.example]",
        false,
        false,
        true
    )]
    [InlineData(
        "client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt, client_allowed_sans: [127.0.0.1]",
        false,
        false,
        true
    )]
    [InlineData(
        "client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt, client_allowed_sans: [other.example]",
        false,
        false,
        false
    )]
    public async Task Clients_come_in_by_their_certificates(string options, bool none, bool own, bool issued)
    {
        files.WriteServer();
        using var web = files.Load($"tls_server_config: {{{Server}, {options}}}");
        await using var server = await StartAsync(web);
        using var stranger = files.Client(isIssued: false);
        using var known = files.Client(isIssued: true);

        Assert.Equal(
            (none, own, issued),
            (
                await AskAsync(server.Address) is not null,
                await AskAsync(server.Address, stranger) is not null,
                await AskAsync(server.Address, known) is not null
            )
        );
    }

    [Fact]
    public void What_cannot_be_used_is_said_at_the_start()
    {
        files.Write(
            "web.yml",
            "tls_server_config: {cert_file: missing.crt, key_file: missing.key}\nbearer_tokens: [{name: a, token_file: missing}]\n"
        );

        Assert.Null(WebConfigFile.Load(files.Path("web.yml"), TimeProvider.System, files.Log, out var objections));
        Assert.Collection(
            objections,
            static o =>
                Assert.StartsWith("bearer_tokens, \"a\": there is no token in missing", o, StringComparison.Ordinal),
            static o => Assert.Contains("missing.crt", o, StringComparison.Ordinal),
            static o => Assert.Contains("missing.key", o, StringComparison.Ordinal)
        );
        Assert.Null(WebConfigFile.Load(files.Path("none"), TimeProvider.System, files.Log, out objections));
        Assert.Contains("none", Assert.Single(objections), StringComparison.Ordinal);
    }
}
