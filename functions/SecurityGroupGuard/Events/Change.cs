using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>What a call did to one group, as far as its event says.</summary>
internal abstract record Change
{
    private Change() { }

    /// <summary>With the ids they got, where the event tells them.</summary>
    public sealed record Added(IReadOnlyList<Rule> Rules) : Change;

    /// <summary>Rules that are no more, in full; and ids of such of which the event tells nothing else.</summary>
    public sealed record Revoked(IReadOnlyList<Rule> Rules, IReadOnlyList<string> Ids) : Change;

    /// <summary>Each as it became: what it was before is not in the event, and neither which way it goes.</summary>
    public sealed record Modified(IReadOnlyList<ModifiedRule> Rules) : Change;

    /// <summary>New descriptions, each of a rule by its id or by its traffic.</summary>
    public sealed record Described(IReadOnlyList<DescribedRule> Rules) : Change;

    public sealed record Created(string Name, string? Vpc, Tags Tags) : Change;

    public sealed record Deleted : Change;

    /// <summary>Tags that the group itself got.</summary>
    public sealed record Tagged(Tags Tags) : Change;

    /// <summary>Tags that the group itself lost; a value of null is any, and no tag at all is every one of them.</summary>
    public sealed record Untagged(IReadOnlyDictionary<string, string?> Tags) : Change;

    /// <summary>Tags that rules got, by their ids: of which group they are the event does not say, and its id is empty.</summary>
    public sealed record RulesTagged(IReadOnlyList<string> Ids, Tags Tags) : Change;

    /// <summary>Tags that rules lost; the same, and as with <see cref="Untagged"/>.</summary>
    public sealed record RulesUntagged(IReadOnlyList<string> Ids, IReadOnlyDictionary<string, string?> Tags) : Change;

    /// <summary>
    /// The group guards something else, or no more; or a prefix list has other entries, whose id stands in the place of the
    /// group's. Nothing that is undone here, but told.
    /// </summary>
    /// <param name="What">A sentence without its end: <c>eni-1 has other groups</c>.</param>
    public sealed record Applied(string What) : Change;

    /// <summary>The call was of a kind that changes rules, but its event does not say which: <c>omitted: true</c>.</summary>
    public sealed record Unknown(string Why) : Change;
}

/// <summary>
/// A rule that was changed in place. A rule cannot change its way, so no event says it: it is that of the rule of this id.
/// </summary>
internal sealed record ModifiedRule(string Id, Protocol Protocol, int From, int To, Peer Peer, string Description)
{
    /// <summary>The rule as it became, where it goes this way.</summary>
    public Rule In(Direction direction) =>
        new()
        {
            Id = Id,
            Traffic = Traffic.Create(direction, Protocol, From, To, Peer),
            Description = Description,
        };
}

/// <summary>A rule that got another description.</summary>
internal sealed record DescribedRule(string? Id, Traffic? Traffic, string Description);
