using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A cell of an attachment's table.</summary>
public sealed record RocketchatField
{
    public bool? IsShort { get; init; }

    public string Title { get; init; } = "";

    public string Value { get; init; } = "";

    internal static Shape<RocketchatField> Shape { get; } =
        new Shape<RocketchatField>("rocketchat_field", new())
            .Field("short", Kinds.OptionalBool, static c => c.IsShort, static (c, v) => c with { IsShort = v })
            .About("Whether it may stand beside another; as short_fields if left out.")
            .Always()
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The cell's heading.")
            .Always()
            .Field("value", Kinds.Template, static c => c.Value, static (c, v) => c with { Value = v })
            .About("The cell's text.")
            .Always();
}
