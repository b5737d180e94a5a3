using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>mattermost_configs</c>: an incoming webhook. Text of at most 16383 characters
/// (https://developers.mattermost.com/integrate/webhooks/incoming/). What concerns one attachment stands here for a
/// message of a single one.
/// </summary>
public sealed record MattermostConfig : Integration
{
    public override string Kind => "mattermost";

    /// <summary>Null: <c>global.mattermost_webhook_url</c>.</summary>
    public SecretReference? WebhookUrl { get; init; }

    public string WebhookUrlFile { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Username { get; init; } = """{{ template "mattermost.default.username" . }}""";

    /// <summary>At most 16383 characters.</summary>
    public string Text { get; init; } = """{{ template "mattermost.default.text" . }}""";

    public string Fallback { get; init; } = """{{ template "mattermost.default.fallback" . }}""";

    public string Color { get; init; } = """{{ template "mattermost.default.color" . }}""";

    public string Pretext { get; init; } = "";

    public string AuthorName { get; init; } = "";

    public string AuthorLink { get; init; } = "";

    public string AuthorIcon { get; init; } = "";

    public string Title { get; init; } = """{{ template "mattermost.default.title" . }}""";

    public string TitleLink { get; init; } = """{{ template "mattermost.default.titlelink" . }}""";

    public IReadOnlyList<MattermostField> Fields { get; init; } = [];

    public string ThumbUrl { get; init; } = "";

    public string Footer { get; init; } = "";

    public string FooterIcon { get; init; } = "";

    public string ImageUrl { get; init; } = "";

    public string IconUrl { get; init; } = "";

    public string IconEmoji { get; init; } = "";

    public IReadOnlyList<MattermostAttachment> Attachments { get; init; } = [];

    public string Type { get; init; } = "";

    public MattermostProps? Props { get; init; }

    public MattermostPriority? Priority { get; init; }

    internal static Shape<MattermostConfig> Shape { get; } =
        new Shape<MattermostConfig>("mattermost_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("webhook_url", Kinds.SecretUrl, static c => c.WebhookUrl, static (c, v) => c with { WebhookUrl = v })
            .About("The incoming webhook's URL. A secret.")
            .Field(
                "webhook_url_file",
                Kinds.SecretFile("webhook_url"),
                static c => c.WebhookUrlFile,
                static (c, v) => c with { WebhookUrlFile = v }
            )
            .About("A file that holds the webhook's URL.")
            .Field("channel", Kinds.Template, static c => c.Channel, static (c, v) => c with { Channel = v })
            .About("Another channel (its name) or a user (@name) than the webhook's own.")
            .Field("username", Kinds.Template, static c => c.Username, static (c, v) => c with { Username = v })
            .About("Shown as the sender.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The message, in Markdown.")
            .Field("fallback", Kinds.Template, static c => c.Fallback, static (c, v) => c with { Fallback = v })
            .About("What clients show that cannot show attachments.")
            .Field("color", Kinds.Template, static c => c.Color, static (c, v) => c with { Color = v })
            .About("The colour at the attachment's side, such as #ff0000.")
            .Field("pretext", Kinds.Template, static c => c.Pretext, static (c, v) => c with { Pretext = v })
            .About("A line above the attachment.")
            .Field("author_name", Kinds.Template, static c => c.AuthorName, static (c, v) => c with { AuthorName = v })
            .About("The author's name, above the title.")
            .Field("author_link", Kinds.Template, static c => c.AuthorLink, static (c, v) => c with { AuthorLink = v })
            .About("Where the author's name leads.")
            .Field("author_icon", Kinds.Template, static c => c.AuthorIcon, static (c, v) => c with { AuthorIcon = v })
            .About("A small picture beside the author's name.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The attachment's title.")
            .Field("title_link", Kinds.Template, static c => c.TitleLink, static (c, v) => c with { TitleLink = v })
            .About("Where the title leads.")
            .Field(
                "fields",
                Kinds.List(MattermostField.Shape),
                static c => c.Fields,
                static (c, v) => c with { Fields = v }
            )
            .About("A table of names and values.")
            .Field("thumb_url", Kinds.Template, static c => c.ThumbUrl, static (c, v) => c with { ThumbUrl = v })
            .About("A small picture at the attachment's right.")
            .Field("footer", Kinds.Template, static c => c.Footer, static (c, v) => c with { Footer = v })
            .About("A line below the attachment.")
            .Field("footer_icon", Kinds.Template, static c => c.FooterIcon, static (c, v) => c with { FooterIcon = v })
            .About("A small picture beside the footer.")
            .Field("image_url", Kinds.Template, static c => c.ImageUrl, static (c, v) => c with { ImageUrl = v })
            .About("A picture below the text.")
            .Field("icon_url", Kinds.Template, static c => c.IconUrl, static (c, v) => c with { IconUrl = v })
            .About("The sender's picture.")
            .Field("icon_emoji", Kinds.Template, static c => c.IconEmoji, static (c, v) => c with { IconEmoji = v })
            .About("An emoji as the sender's picture, such as ':fire:'.")
            .Field(
                "attachments",
                Kinds.List(MattermostAttachment.Shape),
                static c => c.Attachments,
                static (c, v) => c with { Attachments = v }
            )
            .About("Attachments of the message.")
            .Field("type", Kinds.Template, static c => c.Type, static (c, v) => c with { Type = v })
            .About("The post's type; begins with \"custom_\".")
            .Field("props", MattermostProps.Shape, static c => c.Props, static (c, v) => c with { Props = v })
            .About("Further properties of the post.")
            .Field(
                "priority",
                MattermostPriority.Shape,
                static c => c.Priority,
                static (c, v) => c with { Priority = v }
            )
            .About("The message's priority.")
            .Mistaken("url", "write webhook_url")
            .Mistaken("api_url", "write webhook_url")
            .Exclusive("webhook_url", "webhook_url_file");

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (url, file) = Inheritance.Or(
            (WebhookUrl, WebhookUrlFile),
            (global.MattermostWebhookUrl, global.MattermostWebhookUrlFile)
        );
        place.RequireOwnOrGlobal(url is not null || file.Length > 0, "webhook_url", "mattermost_webhook_url");
        return this with { WebhookUrl = url, WebhookUrlFile = file };
    }
}
