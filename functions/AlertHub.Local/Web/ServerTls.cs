using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AlertHub.Configuration;
using AlertHub.Configuration.Web;

namespace AlertHub.Local.Web;

/// <summary>The server's side of TLS, as one set of files makes it.</summary>
internal sealed class ServerTls : IDisposable
{
    private readonly SslStreamCertificateContext certificate;
    private readonly X509Certificate2 own;
    private readonly ClientCertificates clients;
    private readonly SslProtocols protocols;
    private readonly CipherSuitesPolicy? suites;

    private ServerTls(
        TlsServerConfig config,
        X509Certificate2 own,
        X509Certificate2Collection chain,
        ClientCertificates clients
    )
    {
        this.own = own;
        this.clients = clients;
        certificate = SslStreamCertificateContext.Create(own, chain, offline: true);
        protocols = Protocols(config.MinVersion, config.MaxVersion);
        suites = Suites(config.CipherSuites);
    }

    /// <summary>For one connection.</summary>
    /// <param name="protocols">Of HTTP, in the order of preference.</param>
    public SslServerAuthenticationOptions Options(IReadOnlyList<SslApplicationProtocol> protocols) =>
        new()
        {
            ServerCertificateContext = certificate,
            EnabledSslProtocols = this.protocols,
            CipherSuitesPolicy = suites,
            ClientCertificateRequired = clients.AreAskedFor,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = clients.IsLetIn,
            ApplicationProtocols = [.. protocols],
        };

    /// <summary>What the files hold; null and what is wrong with them.</summary>
    public static ServerTls? Read(TlsServerConfig config, string folder, List<FileMark> files, List<string> wrong)
    {
        var cert = Pem("cert_file", config.Cert, config.CertFile);
        var key = Pem("key_file", Text(config.Key), config.KeyFile);
        var ca =
            config.ClientCaFile.Length + config.ClientCa.Length > 0
                ? Pem("client_ca_file", config.ClientCa, config.ClientCaFile)
                : "";
        if (cert is null || key is null || ca is null)
        {
            return null;
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(cert);
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(ca);
            if (ca.Length > 0 && roots.Count == 0)
            {
                wrong.Add("tls_server_config: client_ca_file holds no certificate; it must hold those of CAs as PEM");
                return null;
            }

            using var ephemeral = X509Certificate2.CreateFromPem(cert, key);
            // Windows cannot serve with a key that was not loaded this way: https://github.com/dotnet/runtime/issues/23749.
            var own = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), password: null);
            return new(config, own, chain, new(config.ClientAuth, roots, config.ClientAllowedSans));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            wrong.Add(
                $"tls_server_config: certificate and key cannot be used: {e.Message} Give a certificate and its own, unencrypted key as PEM."
            );
            return null;
        }
        catch (PlatformNotSupportedException)
        {
            wrong.Add("tls_server_config: cipher_suites cannot be chosen on this system; remove them");
            return null;
        }

        string? Pem(string field, string written, string file)
        {
            if (file.Length == 0)
            {
                return written;
            }

            var path = Path.Combine(folder, file);
            files.Add(FileMark.Of(path));
            try
            {
                return File.ReadAllText(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                wrong.Add($"tls_server_config: {field} cannot be read: {e.Message}");
                return null;
            }
        }

        static string Text(SecretReference? key) =>
            key is SecretReference.Literal literal ? literal.Value.Reveal() : "";
    }

    public void Dispose() => own.Dispose();

    private static SslProtocols Protocols(string least, string most)
    {
        (string Name, SslProtocols Protocol)[] all =
        [
#pragma warning disable SYSLIB0039, CA5397 // Whoever writes TLS10 into the file wants it.
            ("TLS10", SslProtocols.Tls),
            ("TLS11", SslProtocols.Tls11),
#pragma warning restore SYSLIB0039, CA5397
            ("TLS12", SslProtocols.Tls12),
            ("TLS13", SslProtocols.Tls13),
        ];
        return all.Where(v => string.CompareOrdinal(v.Name, least) >= 0 && string.CompareOrdinal(v.Name, most) <= 0)
            .Aggregate(SslProtocols.None, static (sum, v) => sum | v.Protocol);
    }

    /// <summary>As in Go, where the choice is one among those of TLS 1.2 and before.</summary>
    private static CipherSuitesPolicy? Suites(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || OperatingSystem.IsWindows() || OperatingSystem.IsAndroid())
        {
            return names.Count == 0 ? null : throw new PlatformNotSupportedException();
        }

        return new(
            names
                .Select(static n => Enum.Parse<TlsCipherSuite>(n))
                .Concat([
                    TlsCipherSuite.TLS_AES_256_GCM_SHA384,
                    TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                    TlsCipherSuite.TLS_AES_128_GCM_SHA256,
                ])
                .Distinct()
        );
    }
}
