using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AlertHub.Local.Web;

namespace Hosts.Tests.Support;

/// <summary>A folder with a web configuration and certificates.</summary>
internal sealed class WebFiles : IDisposable
{
    public const string User = "prometheus";

    public const string Password = "secret";

    /// <summary>Of <see cref="Password"/>, at the lowest cost.</summary>
    public const string Hash = "$2b$04$./ABCDEFGHIJKLMNOPQRSeutgGjHuSfrkRPsTOFVVP/MEA20C3V86";

    private readonly TemporaryFolder folder = new();
    private readonly X509Certificate2 authority = Issue("CN=authority", null, isServer: false);

    public RecordedLog<WebConfigFile> Log { get; } = new();

    public string Path(string name) => folder.File(name);

    public void Write(string name, string text) => File.WriteAllText(Path(name), text);

    /// <summary>A server's certificate and key, as server.crt and server.key; its serial number.</summary>
    public string WriteServer()
    {
        using var certificate = Issue("CN=localhost", authority, isServer: true);
        Write("server.crt", certificate.ExportCertificatePem());
        Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Write("ca.crt", authority.ExportCertificatePem());
        return certificate.SerialNumber;
    }

    /// <summary>A client's certificate; of the authority in ca.crt, or of itself.</summary>
    public X509Certificate2 Client(bool isIssued, string name = "prometheus.example")
    {
        using var certificate = Issue($"CN={name}", isIssued ? authority : null, isServer: false, name);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    public WebConfigFile Load(string text)
    {
        Write("web.yml", text);
        return WebConfigFile.Load(Path("web.yml"), TimeProvider.System, Log, out var objections)
            ?? throw new InvalidOperationException(string.Join('\n', objections));
    }

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    private static X509Certificate2 Issue(string subject, X509Certificate2? issuer, bool isServer, string? name = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var isAuthority = subject == "CN=authority";
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension(
                    [new Oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")],
                    false
                )
            );
        }

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name ?? "localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = (DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(1));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to.AddHours(1));
        }

        using var issued = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
