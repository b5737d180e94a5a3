using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AlertHub.Configuration.Web;

namespace AlertHub.Local.Web;

/// <summary>Which certificates clients must have, by the rules of Go's crypto/tls.</summary>
internal sealed class ClientCertificates(
    ClientAuth auth,
    X509Certificate2Collection roots,
    IReadOnlyList<string>? names
)
{
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");

    public bool AreAskedFor => auth is not (ClientAuth.Unsaid or ClientAuth.None);

    public bool IsLetIn(object _, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        using var loaded = certificate is null or X509Certificate2 ? null : new X509Certificate2(certificate);
        var presented = certificate as X509Certificate2 ?? loaded;
        return auth switch
            {
                ClientAuth.RequireAny => presented is not null,
                ClientAuth.VerifyIfGiven => presented is null || IsIssued(presented, sent),
                ClientAuth.RequireAndVerify => presented is not null && IsIssued(presented, sent),
                _ => true,
            } && (names is null || (presented is not null && Names(presented).Any(names.Contains)));
    }

    /// <summary>By one of the given CAs; those of the system where none is given, as in Go.</summary>
    private bool IsIssued(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ForClients);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (roots.Count > 0)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }

        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(certificate);
    }

    /// <summary>The alternative names of a certificate: hosts, mail addresses, IP addresses, URIs (RFC 5280, 4.2.1.6).</summary>
    private static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        const int mail = 1;
        const int host = 2;
        const int uri = 6;
        const int address = 7;
        foreach (var extension in certificate.Extensions.Where(static e => e.Oid?.Value == "2.5.29.17"))
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                var tag = names.PeekTag();
                switch (tag.TagClass == TagClass.ContextSpecific ? tag.TagValue : -1)
                {
                    case mail or host or uri:
                        yield return names.ReadCharacterString(UniversalTagNumber.IA5String, tag);
                        break;
                    case address:
                        var bytes = names.ReadOctetString(tag);
                        if (bytes.Length is 4 or 16)
                        {
                            yield return new IPAddress(bytes).ToString();
                        }

                        break;
                    default:
                        names.ReadEncodedValue();
                        break;
                }
            }
        }
    }
}
