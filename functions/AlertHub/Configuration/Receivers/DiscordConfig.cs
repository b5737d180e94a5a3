using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>discord_configs</c>: an embed posted to a channel's webhook. Limits: title 256 characters, description
/// 4096, content 2000 (https://discord.com/developers/docs/resources/message#embed-object-embed-limits).
/// </summary>
public sealed record DiscordConfig : Integration
{
    public override string Kind => "discord";

    /// <summary>Its last part is a token.</summary>
    public SecretReference? WebhookUrl { get; init; }

    public string WebhookUrlFile { get; init; } = "";

    /// <summary>At most 2000 characters.</summary>
    public string Content { get; init; } = "";

    /// <summary>At most 256 characters.</summary>
    public string Title { get; init; } = """{{ template "discord.default.title" . }}""";

    /// <summary>At most 4096 characters.</summary>
    public string Message { get; init; } = """{{ template "discord.default.message" . }}""";

    /// <summary>Not a template (upstream sends it as it is).</summary>
    public string Username { get; init; } = "";

    /// <summary>Not a template.</summary>
    public string AvatarUrl { get; init; } = "";

    internal static Shape<DiscordConfig> Shape { get; } =
        new Shape<DiscordConfig>("discord_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("webhook_url", Kinds.SecretUrl, static c => c.WebhookUrl, static (c, v) => c with { WebhookUrl = v })
            .About("The webhook's URL, from the channel's settings. A secret.")
            .Field(
                "webhook_url_file",
                Kinds.SecretFile("webhook_url"),
                static c => c.WebhookUrlFile,
                static (c, v) => c with { WebhookUrlFile = v }
            )
            .About("A file that holds the webhook's URL.")
            .Since("0.26")
            .Field("content", Kinds.Template, static c => c.Content, static (c, v) => c with { Content = v })
            .About("Plain text above the embed; the only place where a mention notifies.")
            .Since("0.26")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The embed's title.")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The embed's text, in Discord's Markdown.")
            .Field("username", Kinds.Text, static c => c.Username, static (c, v) => c with { Username = v })
            .About("Shown instead of the webhook's name.")
            .Since("0.26")
            .Field("avatar_url", Kinds.Text, static c => c.AvatarUrl, static (c, v) => c with { AvatarUrl = v })
            .About("A picture shown instead of the webhook's.")
            .Since("0.26")
            .Mistaken("avatar", "write avatar_url")
            .Mistaken("text", "the embed's text is \"message\", the text above it \"content\"")
            .Mistaken("api_url", "write webhook_url")
            .RequireOneOf("webhook_url", "webhook_url_file")
            .Exclusive("webhook_url", "webhook_url_file");
}
