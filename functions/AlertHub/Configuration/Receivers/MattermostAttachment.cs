using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>An attachment, as Slack once called it (https://developers.mattermost.com/integrate/reference/message-attachments/).</summary>
public sealed record MattermostAttachment
{
    public string Fallback { get; init; } = "";

    public string Color { get; init; } = "";

    public string Pretext { get; init; } = "";

    public string Text { get; init; } = "";

    public string AuthorName { get; init; } = "";

    public string AuthorLink { get; init; } = "";

    public string AuthorIcon { get; init; } = "";

    public string Title { get; init; } = "";

    public string TitleLink { get; init; } = "";

    public IReadOnlyList<MattermostField> Fields { get; init; } = [];

    public string ThumbUrl { get; init; } = "";

    public string Footer { get; init; } = "";

    public string FooterIcon { get; init; } = "";

    public string ImageUrl { get; init; } = "";

    internal static Shape<MattermostAttachment> Shape { get; } =
        new Shape<MattermostAttachment>("mattermost_attachment", new())
            .Field("fallback", Kinds.Template, static c => c.Fallback, static (c, v) => c with { Fallback = v })
            .About("What clients show that cannot show attachments.")
            .Field("color", Kinds.Template, static c => c.Color, static (c, v) => c with { Color = v })
            .About("The colour at its side.")
            .Field("pretext", Kinds.Template, static c => c.Pretext, static (c, v) => c with { Pretext = v })
            .About("A line above it.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("Its text, in Markdown.")
            .Field("author_name", Kinds.Template, static c => c.AuthorName, static (c, v) => c with { AuthorName = v })
            .About("The author's name.")
            .Field("author_link", Kinds.Template, static c => c.AuthorLink, static (c, v) => c with { AuthorLink = v })
            .About("Where the author's name leads.")
            .Field("author_icon", Kinds.Template, static c => c.AuthorIcon, static (c, v) => c with { AuthorIcon = v })
            .About("A small picture beside the author's name.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("Its title.")
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
            .About("A small picture at its right.")
            .Field("footer", Kinds.Template, static c => c.Footer, static (c, v) => c with { Footer = v })
            .About("A line below it.")
            .Field("footer_icon", Kinds.Template, static c => c.FooterIcon, static (c, v) => c with { FooterIcon = v })
            .About("A small picture beside the footer.")
            .Field("image_url", Kinds.Template, static c => c.ImageUrl, static (c, v) => c with { ImageUrl = v })
            .About("A picture below the text.");
}
