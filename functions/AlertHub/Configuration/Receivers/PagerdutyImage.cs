using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A picture shown with an incident.</summary>
public sealed record PagerdutyImage
{
    public string Src { get; init; } = "";

    public string Alt { get; init; } = "";

    public string Href { get; init; } = "";

    internal static Shape<PagerdutyImage> Shape { get; } =
        new Shape<PagerdutyImage>("pagerduty_image", new())
            .Field("src", Kinds.Template, static c => c.Src, static (c, v) => c with { Src = v })
            .About("Where the picture lies; https.")
            .Field("alt", Kinds.Template, static c => c.Alt, static (c, v) => c with { Alt = v })
            .About("What is shown instead of it.")
            .Field("href", Kinds.Template, static c => c.Href, static (c, v) => c with { Href = v })
            .About("Where the picture leads.");
}
