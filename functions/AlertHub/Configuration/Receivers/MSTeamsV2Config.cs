using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>msteamsv2_configs</c>: an adaptive card to a workflow of Microsoft Teams, at most about 28 kB
/// (https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook).
/// </summary>
public sealed record MSTeamsV2Config : Integration
{
    public override string Kind => "msteamsv2";

    /// <summary>Holds a signature; opaque.</summary>
    public SecretReference? WebhookUrl { get; init; }

    public string WebhookUrlFile { get; init; } = "";

    public string Title { get; init; } = """{{ template "msteamsv2.default.title" . }}""";

    public string Text { get; init; } = """{{ template "msteamsv2.default.text" . }}""";

    internal static Shape<MSTeamsV2Config> Shape { get; } =
        new Shape<MSTeamsV2Config>("msteamsv2_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("webhook_url", Kinds.SecretUrl, static c => c.WebhookUrl, static (c, v) => c with { WebhookUrl = v })
            .About("The workflow's URL. A secret.")
            .Field(
                "webhook_url_file",
                Kinds.SecretFile("webhook_url"),
                static c => c.WebhookUrlFile,
                static (c, v) => c with { WebhookUrlFile = v }
            )
            .About("A file that holds the workflow's URL.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The card's title.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The card's text, in Markdown.")
            .Mistaken("summary", "an adaptive card has none; leave it out")
            .Mistaken("message", "write text")
            .Mistaken("url", "write webhook_url")
            .Mistaken("api_url", "write webhook_url")
            .RequireOneOf("webhook_url", "webhook_url_file")
            .Exclusive("webhook_url", "webhook_url_file");
}
