using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>msteams_configs</c>: a message card to an Office 365 connector. Microsoft retires these connectors; use
/// <c>msteamsv2_configs</c> (https://devblogs.microsoft.com/microsoft365dev/retirement-of-office-365-connectors-within-microsoft-teams/).
/// </summary>
public sealed record MSTeamsConfig : Integration
{
    public override string Kind => "msteams";

    public SecretReference? WebhookUrl { get; init; }

    public string WebhookUrlFile { get; init; } = "";

    public string Title { get; init; } = """{{ template "msteams.default.title" . }}""";

    public string Summary { get; init; } = """{{ template "msteams.default.summary" . }}""";

    public string Text { get; init; } = """{{ template "msteams.default.text" . }}""";

    internal static Shape<MSTeamsConfig> Shape { get; } =
        new Shape<MSTeamsConfig>("msteams_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("webhook_url", Kinds.SecretUrl, static c => c.WebhookUrl, static (c, v) => c with { WebhookUrl = v })
            .About("The connector's URL. A secret.")
            .Field(
                "webhook_url_file",
                Kinds.SecretFile("webhook_url"),
                static c => c.WebhookUrlFile,
                static (c, v) => c with { WebhookUrlFile = v }
            )
            .About("A file that holds the connector's URL.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The card's title.")
            .Field("summary", Kinds.Template, static c => c.Summary, static (c, v) => c with { Summary = v })
            .About("What the notification shows.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The card's text, in Markdown.")
            .Mistaken("message", "write text")
            .Mistaken("url", "write webhook_url")
            .Mistaken("api_url", "write webhook_url")
            .RequireOneOf("webhook_url", "webhook_url_file")
            .Exclusive("webhook_url", "webhook_url_file");
}
