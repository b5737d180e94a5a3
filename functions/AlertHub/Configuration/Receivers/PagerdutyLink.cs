using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A link shown with an incident.</summary>
public sealed record PagerdutyLink
{
    public string Href { get; init; } = "";

    public string Text { get; init; } = "";

    internal static Shape<PagerdutyLink> Shape { get; } =
        new Shape<PagerdutyLink>("pagerduty_link", new())
            .Field("href", Kinds.Template, static c => c.Href, static (c, v) => c with { Href = v })
            .About("Where it leads.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("What it says.");
}
