using AlertHub.Configuration.Shapes;

namespace SecurityGroupGuard.Policies;

/// <summary>How far the guard goes.</summary>
internal enum Mode
{
    /// <summary>It tells.</summary>
    Observe,

    /// <summary>It tells, and asks EC2 whether it might undo (<c>DryRun</c>).</summary>
    DryRun,

    /// <summary>It undoes, and tells.</summary>
    Enforce,
}

/// <summary>Another mode for groups that have a tag.</summary>
internal sealed record TaggedMode
{
    private readonly Mode? mode;

    public required string Tag { get; init; }

    /// <summary>Null for any.</summary>
    public string? Value { get; init; }

    public Mode Mode
    {
        get => mode ?? Mode.Observe;
        init => mode = value;
    }

    public static Shape<TaggedMode> Shape { get; } =
        new Shape<TaggedMode>("tagged_mode", new() { Tag = "" })
            .Called("an entry of modes")
            .Field("tag", PolicyKinds.TagKey, static m => m.Tag, static (m, v) => m with { Tag = v })
            .About("The key of a tag of the group.")
            .Field("value", PolicyKinds.OptionalText, static m => m.Value, static (m, v) => m with { Value = v })
            .About("The value that it must have; any, if not given.")
            .Field(
                "mode",
                PolicyKinds.Mode,
                static m => m.mode,
                static (m, v) => v is { } given ? m with { Mode = given } : m
            )
            .About("The mode for such groups: observe, dry_run or enforce.")
            .Require("tag", "say which tag makes the difference")
            .Require("mode", "say how far the guard goes with such groups: observe, dry_run or enforce");

    public bool IsFor(Rules.Tags tags) => tags[Tag] is { } value && (Value is null || Value == value);
}
