using AlertHub.Configuration.Http;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>email_configs</c>: a message handed to an SMTP server (RFC 5321). STARTTLS is required unless
/// <see cref="RequireTls"/> says otherwise; implicit TLS is used on port 465.
/// </summary>
public sealed record EmailConfig : Integration
{
    public override string Kind => "email";

    internal override bool UsesHttp => false;

    public string To { get; init; } = "";

    /// <summary>Empty: <c>global.smtp_from</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Empty: <c>global.smtp_hello</c>.</summary>
    public string Hello { get; init; } = "";

    /// <summary>Null: <c>global.smtp_smarthost</c>.</summary>
    public HostPort? Smarthost { get; init; }

    /// <summary>Empty: <c>global.smtp_auth_username</c>.</summary>
    public string AuthUsername { get; init; } = "";

    public SecretReference? AuthPassword { get; init; }

    public string AuthPasswordFile { get; init; } = "";

    public SecretReference? AuthSecret { get; init; }

    public string AuthSecretFile { get; init; } = "";

    public string AuthIdentity { get; init; } = "";

    /// <summary>Names are canonical (<c>In-Reply-To</c>), as they are sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string Html { get; init; } = """{{ template "email.default.html" . }}""";

    public string Text { get; init; } = "";

    /// <summary>Null: <c>global.smtp_require_tls</c>.</summary>
    public bool? RequireTls { get; init; }

    /// <summary>Null: <c>global.smtp_tls_config</c>.</summary>
    public TlsConfig? TlsConfig { get; init; }

    /// <summary>Null: <c>global.smtp_force_implicit_tls</c>.</summary>
    public bool? ForceImplicitTls { get; init; }

    public ThreadingConfig? Threading { get; init; }

    internal static Shape<EmailConfig> Shape { get; } =
        new Shape<EmailConfig>("email_config", new())
            .SendResolved()
            .Field("to", Kinds.Template, static c => c.To, static (c, v) => c with { To = v })
            .About("Recipients: addresses by RFC 5322, separated by commas.")
            .Field("from", Kinds.Template, static c => c.From, static (c, v) => c with { From = v })
            .About("The sender's address.")
            .Field("hello", Kinds.Text, static c => c.Hello, static (c, v) => c with { Hello = v })
            .About("The host name given in EHLO.")
            .Field("smarthost", Kinds.HostPort, static c => c.Smarthost, static (c, v) => c with { Smarthost = v })
            .About("The mail server, as host:port.")
            .Field(
                "auth_username",
                Kinds.Text,
                static c => c.AuthUsername,
                static (c, v) => c with { AuthUsername = v }
            )
            .About("The user name for AUTH PLAIN, LOGIN and CRAM-MD5.")
            .Field(
                "auth_password",
                Kinds.Secret,
                static c => c.AuthPassword,
                static (c, v) => c with { AuthPassword = v }
            )
            .About("The password for AUTH PLAIN and LOGIN. A secret.")
            .Field(
                "auth_password_file",
                Kinds.SecretFile("auth_password"),
                static c => c.AuthPasswordFile,
                static (c, v) => c with { AuthPasswordFile = v }
            )
            .About("A file that holds the password.")
            .Field("auth_secret", Kinds.Secret, static c => c.AuthSecret, static (c, v) => c with { AuthSecret = v })
            .About("The secret for AUTH CRAM-MD5.")
            .Field(
                "auth_secret_file",
                Kinds.SecretFile("auth_secret"),
                static c => c.AuthSecretFile,
                static (c, v) => c with { AuthSecretFile = v }
            )
            .About("A file that holds the secret for AUTH CRAM-MD5.")
            .Since("0.26")
            .Field(
                "auth_identity",
                Kinds.Text,
                static c => c.AuthIdentity,
                static (c, v) => c with { AuthIdentity = v }
            )
            .About("The identity for AUTH PLAIN, if it is not the user's own.")
            .Field("headers", Kinds.TemplateMap, static c => c.Headers, static (c, v) => c with { Headers = v })
            .About("Headers of the message, Subject among them; each replaces the one that would be sent.")
            .Field("html", Kinds.HtmlTemplate, static c => c.Html, static (c, v) => c with { Html = v })
            .About("The message as HTML; empty for none.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The message as plain text; empty for none.")
            .Field(
                "require_tls",
                Kinds.OptionalBool,
                static c => c.RequireTls,
                static (c, v) => c with { RequireTls = v }
            )
            .About("Whether to refuse a server that does not offer STARTTLS.")
            .Field("tls_config", TlsConfig.Shape, static c => c.TlsConfig, static (c, v) => c with { TlsConfig = v })
            .About("TLS towards the mail server.")
            .Field(
                "force_implicit_tls",
                Kinds.OptionalBool,
                static c => c.ForceImplicitTls,
                static (c, v) => c with { ForceImplicitTls = v }
            )
            .About("true: TLS from the first byte; false: never that; left out: on port 465 only.")
            .Since("0.26")
            .Field(
                "threading",
                ThreadingConfig.Shape,
                static c => c.Threading,
                static (c, v) => c with { Threading = v }
            )
            .About("Puts the messages of a group into one thread.")
            .Since("0.26")
            .Mistaken("subject", "the subject is a header; write headers: {Subject: ...}")
            .Mistaken("cc", "it is a header; write headers: {Cc: ...} and name the address in \"to\" as well")
            .Mistaken("bcc", "name the address in \"to\" and write headers: {To: ...} without it")
            .Mistaken("body", "the message goes into \"html\", into \"text\", or into both")
            .Mistaken("message", "the message goes into \"html\", into \"text\", or into both")
            .Mistaken("http_config", "mail is not sent over HTTP; TLS is set in \"tls_config\"")
            .Require("to", "an e-mail needs an address to go to")
            .Check(CheckHeaders)
            .Check(CheckThreading)
            .Then(
                static (c, _) =>
                    c with
                    {
                        Headers =
                        [
                            .. c.Headers.Select(static h => KeyValuePair.Create(MimeHeader.Canonical(h.Key), h.Value)),
                        ],
                    }
            );

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (password, passwordFile) = Inheritance.Or(
            (AuthPassword, AuthPasswordFile),
            (global.SmtpAuthPassword, global.SmtpAuthPasswordFile)
        );
        var (secret, secretFile) = Inheritance.Or(
            (AuthSecret, AuthSecretFile),
            (global.SmtpAuthSecret, global.SmtpAuthSecretFile)
        );
        var inherited = this with
        {
            From = Inheritance.Or(From, global.SmtpFrom),
            Hello = Inheritance.Or(Hello, global.SmtpHello),
            Smarthost = Smarthost ?? global.SmtpSmarthost,
            AuthUsername = Inheritance.Or(AuthUsername, global.SmtpAuthUsername),
            AuthPassword = password,
            AuthPasswordFile = passwordFile,
            AuthSecret = secret,
            AuthSecretFile = secretFile,
            AuthIdentity = Inheritance.Or(AuthIdentity, global.SmtpAuthIdentity),
            RequireTls = RequireTls ?? global.SmtpRequireTls,
            TlsConfig = TlsConfig ?? global.SmtpTlsConfig,
            ForceImplicitTls = ForceImplicitTls ?? global.SmtpForceImplicitTls,
        };
        place.RequireOwnOrGlobal(inherited.Smarthost is not null, "smarthost", "smtp_smarthost");
        place.RequireOwnOrGlobal(inherited.From.Length > 0, "from", "smtp_from");
        return inherited;
    }

    private static void CheckHeaders(EmailConfig c, Place place)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in c.Headers.Select(static h => h.Key))
        {
            var canonical = MimeHeader.Canonical(name);
            if (!seen.Add(canonical))
            {
                place["headers"]
                    [name]
                    .Error($"the header \"{canonical}\" stands here twice, upper and lower case aside; keep one");
            }

            if (c.Threading is { Enabled: true } && canonical is "References" or "In-Reply-To")
            {
                place["headers"]
                    [name]
                    .Error($"threading writes the header \"{canonical}\" itself; leave one of them out");
            }
        }
    }

    private static void CheckThreading(EmailConfig c, Place place)
    {
        if (c.Threading is { Enabled: true, ThreadByDate: not ("none" or "daily") })
        {
            place["threading"]["thread_by_date"].Error("say when a new thread begins: \"daily\" or \"none\" (never)");
        }
    }
}
