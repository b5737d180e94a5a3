using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A cell of an attachment's table.</summary>
public sealed record MattermostField
{
    public string Title { get; init; } = "";

    public string Value { get; init; } = "";

    public bool? IsShort { get; init; }

    internal static Shape<MattermostField> Shape { get; } =
        new Shape<MattermostField>("mattermost_field", new())
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The cell's heading.")
            .Field("value", Kinds.Template, static c => c.Value, static (c, v) => c with { Value = v })
            .About("The cell's text.")
            .Field("short", Kinds.OptionalBool, static c => c.IsShort, static (c, v) => c with { IsShort = v })
            .About("Whether it may stand beside another.")
            .Require("title", "a cell needs a title")
            .Require("value", "a cell needs a value");
}
