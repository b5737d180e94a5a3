using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>incidentio_configs</c>: incident.io's alert source for Alertmanager. At most 512 kB a message; of a
/// larger one only the first alert is sent (https://api-docs.incident.io/tag/Alert-Events-V2).
/// </summary>
public sealed record IncidentioConfig : Integration
{
    public override string Kind => "incidentio";

    public string? Url { get; init; }

    public string UrlFile { get; init; } = "";

    public SecretReference? AlertSourceToken { get; init; }

    public string AlertSourceTokenFile { get; init; } = "";

    public ulong MaxAlerts { get; init; }

    public TimeSpan Timeout { get; init; }

    internal static Shape<IncidentioConfig> Shape { get; } =
        new Shape<IncidentioConfig>("incidentio_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("url", Kinds.Url, static c => c.Url, static (c, v) => c with { Url = v })
            .About("The URL of the alert source.")
            .Always()
            .Field("url_file", Kinds.OpenFile("url"), static c => c.UrlFile, static (c, v) => c with { UrlFile = v })
            .About("A file that holds the URL.")
            .Always()
            .Field(
                "alert_source_token",
                Kinds.Secret,
                static c => c.AlertSourceToken,
                static (c, v) => c with { AlertSourceToken = v }
            )
            .About("The alert source's token. A secret.")
            .Field(
                "alert_source_token_file",
                Kinds.SecretFile("alert_source_token"),
                static c => c.AlertSourceTokenFile,
                static (c, v) => c with { AlertSourceTokenFile = v }
            )
            .About("A file that holds the token.")
            .Field("max_alerts", Kinds.ULong, static c => c.MaxAlerts, static (c, v) => c with { MaxAlerts = v })
            .About("How many alerts one message carries; 0 for all of them.")
            .Always()
            .Field("timeout", Kinds.GoDuration, static c => c.Timeout, static (c, v) => c with { Timeout = v })
            .About("How long a request may take, such as 10s; 0 for no limit of its own.")
            .Always()
            .RequireOneOf("url", "url_file")
            .Exclusive("url", "url_file")
            .Exclusive("alert_source_token", "alert_source_token_file")
            .Check(CheckToken);

    private bool HasToken => AlertSourceToken is not null || AlertSourceTokenFile.Length > 0;

    /// <summary>The token is what authorizes, whatever the global section has.</summary>
    internal override Integration Inherit(GlobalConfig global, Place place) =>
        HasToken
            ? this with
            {
                HttpConfig = HttpConfig is null ? null : HttpConfig with { Authorization = null },
            }
            : this;

    private static void CheckToken(IncidentioConfig c, Place place)
    {
        if (c.HasToken && c.HttpConfig?.Authorization is not null)
        {
            place["http_config"]
                ["authorization"]
                .Error("the alert source's token is sent as authorization already; keep one of the two");
        }

        // Without any http_config the authorization may come from the global section.
        if (!c.HasToken && c.HttpConfig is { Authorization: null })
        {
            place["alert_source_token"]
                .Error(
                    "no token is given; give it here, in \"alert_source_token_file\" or as http_config.authorization"
                );
        }
    }
}
