using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>Properties of a post.</summary>
public sealed record MattermostProps
{
    public string Card { get; init; } = "";

    internal static Shape<MattermostProps> Shape { get; } =
        new Shape<MattermostProps>("mattermost_props", new())
            .Field("card", Kinds.Template, static c => c.Card, static (c, v) => c with { Card = v })
            .About("Markdown shown beside the post on request.");
}
