using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Web;

/// <summary>
/// The file of <c>--web.config.file</c>: TLS and who may come in, in the format that Prometheus's programs share
/// (https://prometheus.io/docs/alerting/latest/https/), and tokens, which that format lacks.
/// </summary>
public sealed record WebConfig
{
    /// <summary>Null where the server speaks plain HTTP.</summary>
    public TlsServerConfig? Tls { get; init; }

    public HttpServerConfig Http { get; init; } = new();

    /// <summary>Names and the bcrypt hashes of their passwords.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Users { get; init; } = [];

    public IReadOnlyList<BearerToken> Tokens { get; init; } = [];

    public RateLimit RateLimit { get; init; } = new();

    internal static Shape<WebConfig> Shape { get; } =
        new Shape<WebConfig>("web_config", new())
            .Called("the web configuration")
            .Field(
                "tls_server_config",
                TlsServerConfig.Shape,
                static c => c.Tls,
                static (c, v) => c with { Tls = v is { IsGiven: true } ? v : null }
            )
            .About("The server's certificate, and which certificates clients must have.")
            .Field(
                "http_server_config",
                Kinds.Struct(HttpServerConfig.Shape),
                static c => c.Http,
                static (c, v) => c with { Http = v }
            )
            .About("HTTP/2, and headers for all answers.")
            .Field(
                "basic_auth_users",
                Kinds.Map(PasswordHash.Kind),
                static c => c.Users,
                static (c, v) => c with { Users = v }
            )
            .About("Names and hashes of passwords (bcrypt). Without them and without tokens, anybody may come in.")
            .Field(
                "bearer_tokens",
                Kinds.List(BearerToken.Shape),
                static c => c.Tokens,
                static (c, v) => c with { Tokens = v }
            )
            .About("Tokens that let in as well; AlertHub only. Several at once, so that they can be renewed.")
            .Field(
                "rate_limit",
                Kinds.Struct(RateLimit.Shape),
                static c => c.RateLimit,
                static (c, v) => c with { RateLimit = v }
            )
            .About("How many requests are answered.")
            .Mistaken("tls_config", "a server's is tls_server_config")
            .Mistaken("basic_auth", "a server's is basic_auth_users: names with bcrypt hashes");

    /// <summary>
    /// Reads a file; an empty one allows everything. The problems are all that there are, in the order of the file, and
    /// where one is an error there is no configuration. What its files hold is not looked at.
    /// </summary>
    public static WebConfig? Load(ReadOnlySpan<byte> content, string file, out IReadOnlyList<Problem> problems)
    {
        var reading = new Reading(file);
        var config = Read(content, reading);
        problems = reading.Problems;
        return reading.Failed ? null : config;
    }

    private static WebConfig Read(ReadOnlySpan<byte> content, Reading reading)
    {
        var root = YamlReader.Read(content, out var at, out var objection);
        if (objection is not null)
        {
            reading.Report(Severity.Error, at, "", objection);
        }

        return root is null ? new() : Shape.Read(reading.Root(root)) ?? new();
    }
}
