using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Web;

/// <summary>TLS towards clients.</summary>
public sealed record TlsServerConfig
{
    private static readonly string[] Versions = ["TLS10", "TLS11", "TLS12", "TLS13"];

    private static readonly string[] Curves = ["CurveP256", "CurveP384", "CurveP521", "X25519"];

    /// <summary>Those that Go offers as secure, by their registered names; those of TLS 1.3 are always allowed.</summary>
    private static readonly string[] Suites =
    [
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_256_GCM_SHA384",
    ];

    public string Cert { get; init; } = "";

    public SecretReference? Key { get; init; }

    public string ClientCa { get; init; } = "";

    /// <summary>As the other files, from the folder of the web configuration where it is relative.</summary>
    public string CertFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    public string ClientCaFile { get; init; } = "";

    public ClientAuth ClientAuth { get; init; }

    /// <summary>Null: any name will do.</summary>
    public IReadOnlyList<string>? ClientAllowedSans { get; init; }

    /// <summary><c>TLS10</c> to <c>TLS13</c>.</summary>
    public string MinVersion { get; init; } = "TLS12";

    public string MaxVersion { get; init; } = "TLS13";

    /// <summary>Empty for the platform's.</summary>
    public IReadOnlyList<string> CipherSuites { get; init; } = [];

    /// <summary>The upstream rule: only these make it a server of HTTPS.</summary>
    internal bool IsGiven =>
        (Cert + CertFile + KeyFile + ClientCa + ClientCaFile).Length > 0
        || Key is not null
        || ClientAuth != ClientAuth.Unsaid;

    internal static Shape<TlsServerConfig> Shape { get; } =
        new Shape<TlsServerConfig>("tls_server_config", new())
            .Field("cert", Kinds.Text, static c => c.Cert, static (c, v) => c with { Cert = v })
            .About("The server's certificate and those it depends on, PEM.")
            .Field("key", Kinds.Secret, static c => c.Key, static (c, v) => c with { Key = v })
            .About("The certificate's key, PEM.")
            .Field("client_ca", Kinds.Text, static c => c.ClientCa, static (c, v) => c with { ClientCa = v })
            .About("CA certificates of clients, PEM.")
            .Field("cert_file", Kinds.Text, static c => c.CertFile, static (c, v) => c with { CertFile = v })
            .About("A file with the server's certificate.")
            .Field("key_file", Kinds.Text, static c => c.KeyFile, static (c, v) => c with { KeyFile = v })
            .About("A file with the certificate's key.")
            .Field(
                "client_auth_type",
                ClientAuths.Kind,
                static c => c.ClientAuth,
                static (c, v) => c with { ClientAuth = v }
            )
            .About("Which certificates clients must have; only RequireAndVerifyClientCert keeps anybody out.")
            .Field(
                "client_ca_file",
                Kinds.Text,
                static c => c.ClientCaFile,
                static (c, v) => c with { ClientCaFile = v }
            )
            .About("A file with CA certificates of clients.")
            .Field(
                "client_allowed_sans",
                Kinds.OptionalList(Kinds.Text),
                static c => c.ClientAllowedSans,
                static (c, v) => c with { ClientAllowedSans = v }
            )
            .About("Names, addresses or URIs of which a client's certificate must have one.")
            .Field(
                "min_version",
                Kinds.Word(Versions),
                static c => c.MinVersion,
                static (c, v) => c with { MinVersion = v.Length > 0 ? v : c.MinVersion }
            )
            .About("The oldest version of TLS that is acceptable.")
            .Field(
                "max_version",
                Kinds.Word(Versions),
                static c => c.MaxVersion,
                static (c, v) => c with { MaxVersion = v.Length > 0 ? v : c.MaxVersion }
            )
            .About("The newest version of TLS that is acceptable.")
            .Field(
                "cipher_suites",
                Kinds.List(Kinds.Word(Suites)),
                static c => c.CipherSuites,
                static (c, v) => c with { CipherSuites = v }
            )
            .About("The cipher suites for TLS up to 1.2.")
            .Accepts("prefer_server_cipher_suites", Kinds.Bool)
            .About("Accepted, without effect: the platform chooses.")
            .Accepts("curve_preferences", Kinds.List(Kinds.Word(Curves)))
            .About("Accepted, without effect: the platform chooses.")
            .Exclusive("cert", "cert_file")
            .Exclusive("key", "key_file")
            .Exclusive("client_ca", "client_ca_file")
            .Check(Complete);

    private static void Complete(TlsServerConfig config, Place place)
    {
        if (!config.IsGiven)
        {
            return;
        }

        if ((config.Cert + config.CertFile).Length == 0)
        {
            place["cert_file"].Error("TLS needs the server's certificate: give cert_file");
        }

        if (config.Key is null && config.KeyFile.Length == 0)
        {
            place["key_file"].Error("TLS needs the certificate's key: give key_file");
        }

        var asks = config.ClientAuth is not (ClientAuth.Unsaid or ClientAuth.None);
        if ((config.ClientCa + config.ClientCaFile).Length > 0 && !asks)
        {
            place["client_auth_type"]
                .Error(
                    "clients' CA certificates are given, but nobody is asked for one: give RequireAndVerifyClientCert"
                );
        }

        if (
            config.ClientAllowedSans is not null
            && config.ClientAuth is not (ClientAuth.RequireAny or ClientAuth.RequireAndVerify)
        )
        {
            place["client_allowed_sans"]
                .Error(
                    "this needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert; with another a client without certificate would come in"
                );
        }

        if (string.CompareOrdinal(config.MinVersion, config.MaxVersion) > 0)
        {
            place["max_version"].Error($"\"{config.MaxVersion}\" is older than min_version \"{config.MinVersion}\"");
        }
    }
}
