using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A cell of an attachment's table.</summary>
public sealed record SlackField
{
    public string Title { get; init; } = "";

    public string Value { get; init; } = "";

    /// <summary>Null: as <see cref="SlackConfig.ShortFields"/>.</summary>
    public bool? IsShort { get; init; }

    internal static Shape<SlackField> Shape { get; } =
        new Shape<SlackField>("slack_field", new())
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The cell's heading.")
            .Field("value", Kinds.Template, static c => c.Value, static (c, v) => c with { Value = v })
            .About("The cell's text.")
            .Field("short", Kinds.OptionalBool, static c => c.IsShort, static (c, v) => c with { IsShort = v })
            .About("Whether it may stand beside another; as short_fields if left out.")
            .Require("title", "a cell needs a title")
            .Require("value", "a cell needs a value");
}
