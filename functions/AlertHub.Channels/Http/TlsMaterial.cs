using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AlertHub.Configuration;
using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>The certificates of a <see cref="TlsConfig"/> as they are now, in PEM; null for those not given.</summary>
internal sealed record TlsMaterial(string? Authorities, string? Certificate, Secret? Key)
{
    /// <summary>TLS 1.0 to 1.3 by their numbers: the names of the old ones are obsolete, and who asks for them is told nothing new.</summary>
    private static readonly (string Name, SslProtocols Protocol)[] Versions =
    [
        ("TLS10", (SslProtocols)192),
        ("TLS11", (SslProtocols)768),
        ("TLS12", SslProtocols.Tls12),
        ("TLS13", SslProtocols.Tls13),
    ];

    public static async ValueTask<TlsMaterial> ReadAsync(
        TlsConfig config,
        SettingSecrets secrets,
        CancellationToken cancellationToken
    )
    {
        var key = await secrets
            .GetAsync(config.Key, config.KeyFile, config.KeyRef, refresh: false, cancellationToken)
            .ConfigureAwait(false);
        return new(
            await PemAsync(config.Ca, config.CaFile, config.CaRef).ConfigureAwait(false),
            await PemAsync(config.Cert, config.CertFile, config.CertRef).ConfigureAwait(false),
            key is null ? null : new Secret(key)
        );

        async ValueTask<string?> PemAsync(string text, string file, string name) =>
            text.Length > 0
                ? text
                : await secrets.GetAsync(null, file, name, refresh: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How to speak TLS to a host.</summary>
    /// <exception cref="SecretUnavailableException">What was given is no certificate or key.</exception>
    public SslClientAuthenticationOptions Options(TlsConfig config, bool http2)
    {
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = Protocols(config),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            ApplicationProtocols =
                config.NextProtos.Count > 0 ? [.. config.NextProtos.Select(static p => new SslApplicationProtocol(p))]
                : http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
                : [SslApplicationProtocol.Http11],
        };
        try
        {
            if (Authorities is not null)
            {
                options.CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(Authorities);
                if (options.CertificateChainPolicy.CustomTrustStore.Count == 0)
                {
                    throw new SecretUnavailableException("tls_config: ca holds no certificate; write them as PEM");
                }
            }

            if (Certificate is not null && Key is not null)
            {
                X509Certificate2Collection chain = [];
                chain.ImportFromPem(Certificate);
                options.ClientCertificateContext = SslStreamCertificateContext.Create(
                    X509Certificate2.CreateFromPem(Certificate, Key.Reveal()),
                    [.. chain.Skip(1)],
                    offline: true
                );
            }
        }
        catch (CryptographicException e)
        {
            throw new SecretUnavailableException(
                "tls_config: ca, cert or key is not PEM, or the key is not the certificate's",
                e
            );
        }

        if (config.InsecureSkipVerify)
        {
#pragma warning disable CA5359 // The operator asks for this by insecure_skip_verify.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return options;
    }

    /// <summary>The platform's choice where nothing is said; from TLS 1.2 on, as Go, where only the newest is given.</summary>
    private static SslProtocols Protocols(TlsConfig config)
    {
        if ((config.MinVersion + config.MaxVersion).Length == 0)
        {
            return SslProtocols.None;
        }

        var oldest = Array.FindIndex(Versions, v => v.Name == (config.MinVersion is "" ? "TLS12" : config.MinVersion));
        var newest = Array.FindIndex(Versions, v => v.Name == (config.MaxVersion is "" ? "TLS13" : config.MaxVersion));
        return Versions
            .Where((_, i) => i >= Math.Min(oldest, newest) && i <= newest)
            .Aggregate(SslProtocols.None, static (all, v) => all | v.Protocol);
    }
}
