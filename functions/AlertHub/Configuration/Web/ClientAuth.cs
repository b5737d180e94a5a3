using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Web;

/// <summary>Which certificate a client must have, as Go's crypto/tls tells them apart.</summary>
public enum ClientAuth
{
    /// <summary>As <see cref="None"/>; and does not make it a server of HTTPS.</summary>
    Unsaid,

    /// <summary>It is not asked for one.</summary>
    None,

    /// <summary>It is asked, and any or none will do.</summary>
    Request,

    /// <summary>Any will do.</summary>
    RequireAny,

    /// <summary>None, or one of a CA that is given.</summary>
    VerifyIfGiven,

    /// <summary>One of a CA that is given.</summary>
    RequireAndVerify,
}

internal static class ClientAuths
{
    private static readonly (string Word, ClientAuth Meaning)[] Words =
    [
        ("", ClientAuth.Unsaid),
        ("NoClientCert", ClientAuth.None),
        ("RequestClientCert", ClientAuth.Request),
        ("RequireAnyClientCert", ClientAuth.RequireAny),
        // An older spelling.
        ("RequireClientCert", ClientAuth.RequireAny),
        ("VerifyClientCertIfGiven", ClientAuth.VerifyIfGiven),
        ("RequireAndVerifyClientCert", ClientAuth.RequireAndVerify),
    ];

    private static readonly Kind<string> Word = Kinds.OneOf([
        .. Words.Select(static w => w.Word).Where(static w => w.Length > 0),
    ]);

    public static KindOf<ClientAuth> Kind { get; } =
        new(
            static place => Word.Read(place) is var word ? Words.FirstOrDefault(w => w.Word == word).Meaning : default,
            static value => new YamlNode.Scalar(Words.First(w => w.Meaning == value).Word),
            static value => value == ClientAuth.Unsaid,
            Word.Schema
        );
}
