using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Http;

/// <summary>TLS towards a server.</summary>
public sealed record TlsConfig
{
    private static readonly string[] Versions = ["TLS10", "TLS11", "TLS12", "TLS13"];

    public string Ca { get; init; } = "";

    public string CaFile { get; init; } = "";

    public string CaRef { get; init; } = "";

    public string Cert { get; init; } = "";

    public string CertFile { get; init; } = "";

    public string CertRef { get; init; } = "";

    public SecretReference? Key { get; init; }

    public string KeyFile { get; init; } = "";

    public string KeyRef { get; init; } = "";

    public string ServerName { get; init; } = "";

    public bool InsecureSkipVerify { get; init; }

    /// <summary><c>TLS10</c> to <c>TLS13</c>; empty for the platform's choice.</summary>
    public string MinVersion { get; init; } = "";

    public string MaxVersion { get; init; } = "";

    public IReadOnlyList<string> NextProtos { get; init; } = [];

    internal static Shape<TlsConfig> Shape { get; } =
        new Shape<TlsConfig>("tls_config", new())
            .Field("ca", Kinds.Text, static c => c.Ca, static (c, v) => c with { Ca = v })
            .About("CA certificates, PEM.")
            .Field("cert", Kinds.Text, static c => c.Cert, static (c, v) => c with { Cert = v })
            .About("The client's certificate, PEM.")
            .Field("key", Kinds.Secret, static c => c.Key, static (c, v) => c with { Key = v })
            .About("The client certificate's key, PEM.")
            .Field("ca_file", Kinds.OpenFile("ca"), static c => c.CaFile, static (c, v) => c with { CaFile = v })
            .About("A file with CA certificates.")
            .Field(
                "cert_file",
                Kinds.OpenFile("cert"),
                static c => c.CertFile,
                static (c, v) => c with { CertFile = v }
            )
            .About("A file with the client's certificate.")
            .Field("key_file", Kinds.SecretFile("key"), static c => c.KeyFile, static (c, v) => c with { KeyFile = v })
            .About("A file with the client certificate's key.")
            .Field("ca_ref", Kinds.Text, static c => c.CaRef, static (c, v) => c with { CaRef = v })
            .About(SecretName)
            .Field("cert_ref", Kinds.Text, static c => c.CertRef, static (c, v) => c with { CertRef = v })
            .About(SecretName)
            .Field("key_ref", Kinds.Text, static c => c.KeyRef, static (c, v) => c with { KeyRef = v })
            .About(SecretName)
            .Field("server_name", Kinds.Text, static c => c.ServerName, static (c, v) => c with { ServerName = v })
            .About("The name that the server's certificate must have.")
            .Field(
                "insecure_skip_verify",
                Kinds.Bool,
                static c => c.InsecureSkipVerify,
                static (c, v) => c with { InsecureSkipVerify = v }
            )
            .About("Whether any certificate of the server will do.")
            .Always()
            .Field(
                "min_version",
                Kinds.Word(Versions),
                static c => c.MinVersion,
                static (c, v) => c with { MinVersion = v }
            )
            .About("The oldest version of TLS that is acceptable.")
            .Field(
                "max_version",
                Kinds.Word(Versions),
                static c => c.MaxVersion,
                static (c, v) => c with { MaxVersion = v }
            )
            .About("The newest version of TLS that is acceptable.")
            .Field("next_protos", Kinds.TextList, static c => c.NextProtos, static (c, v) => c with { NextProtos = v })
            .About("Protocols to offer (ALPN).")
            .Exclusive("ca", "ca_file", "ca_ref")
            .Exclusive("cert", "cert_file", "cert_ref")
            .Exclusive("key", "key_file", "key_ref")
            .Check(
                static (c, place) =>
                {
                    var hasCertificate = (c.Cert + c.CertFile + c.CertRef).Length > 0;
                    var hasKey = c.Key is not null || (c.KeyFile + c.KeyRef).Length > 0;
                    if (hasCertificate != hasKey)
                    {
                        place.Error(
                            hasKey
                                ? "a client key needs its certificate: give cert or cert_file"
                                : "a client certificate needs its key: give key or key_file"
                        );
                    }
                }
            );

    private const string SecretName = "A name in a secret manager, which AlertHub does not have.";
}
