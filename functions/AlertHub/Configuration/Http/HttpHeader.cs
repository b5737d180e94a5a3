using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Http;

/// <summary>The values of one header that is added to every request.</summary>
public sealed record HttpHeader
{
    public IReadOnlyList<string> Values { get; init; } = [];

    public IReadOnlyList<SecretReference?> Secrets { get; init; } = [];

    /// <summary>Files whose contents are values.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Headers that are the connection's or are set by other keys (prometheus/common, config/headers.go).</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Encoding",
        "Authorization",
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Type",
        "Host",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "User-Agent",
        "Www-Authenticate",
        "X-Amz-Content-Sha256",
        "X-Amz-Date",
        "X-Amz-Security-Token",
        "X-Prometheus-Remote-Read-Version",
        "X-Prometheus-Remote-Write-Version",
        "X-Prometheus-Scrape-Timeout-Seconds",
    };

    internal static Shape<HttpHeader> Shape { get; } =
        new Shape<HttpHeader>("http_header", new())
            .Field("values", Kinds.TextList, static h => h.Values, static (h, v) => h with { Values = v })
            .About("Values, as they are.")
            .Field("secrets", Kinds.List(Kinds.Secret), static h => h.Secrets, static (h, v) => h with { Secrets = v })
            .About("Values that nothing prints.")
            .Field(
                "files",
                Kinds.List(Kinds.SecretFile("secrets")),
                static h => h.Files,
                static (h, v) => h with { Files = v }
            )
            .About("Files that hold values.");

    internal static void Check(IEnumerable<string> names, Place place)
    {
        foreach (var name in names.Where(Reserved.Contains))
        {
            place[name].Error($"the header \"{name}\" cannot be set here: the connection or another key sets it");
        }
    }
}
