using AlertHub.Configuration.Shapes;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>A tag by which a group is left alone.</summary>
internal sealed record ExemptTag
{
    public required string Key { get; init; }

    /// <summary>Null for any.</summary>
    public string? Value { get; init; }

    public static Shape<ExemptTag> Shape { get; } =
        new Shape<ExemptTag>("exempt_tag", new() { Key = "" })
            .Field("key", PolicyKinds.TagKey, static t => t.Key, static (t, v) => t with { Key = v })
            .About("Its key.")
            .Field("value", PolicyKinds.OptionalText, static t => t.Value, static (t, v) => t with { Value = v })
            .About("The value that it must have; any, if not given.")
            .Require("key", "say which tag it is");

    public bool IsOn(Tags tags) => tags[Key] is { } value && (Value is null || Value == value);
}
