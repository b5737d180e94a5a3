using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>One thing to do to a group. Each can be done, fail and be verified without the others.</summary>
internal abstract record Step
{
    private Step() { }

    /// <summary>Why, as a sentence without its end.</summary>
    public required string Reason { get; init; }

    /// <summary>By which undoing the same thing again and again is noticed: the traffic that is closed or brought back.</summary>
    public abstract string Subject { get; }

    /// <param name="Rule">As it is now, with its id.</param>
    public sealed record Revoke(Rule Rule) : Step
    {
        public override string Subject => $"{Rule.Traffic}";

        public override string ToString() => $"revoke {Rule.Id}: {Rule}";
    }

    /// <param name="Rule">As it was; it gets a new id.</param>
    public sealed record Authorize(Rule Rule) : Step
    {
        public override string Subject => $"{Rule.Traffic}";

        public override string ToString() => $"authorize {Rule}";
    }

    /// <summary>In place, so that the rule keeps its id.</summary>
    /// <param name="From">As it is now.</param>
    /// <param name="To">As it was, with the same id.</param>
    public sealed record Modify(Rule From, Rule To) : Step
    {
        public override string Subject => $"{To.Traffic}";

        public override string ToString() => $"modify {From.Id}: {From} back to {To}";
    }

    /// <param name="Rule">As it is now.</param>
    /// <param name="Description">What it was.</param>
    public sealed record Describe(Rule Rule, string Description) : Step
    {
        public override string Subject => $"description of {Rule.Traffic}";

        public override string ToString() => $"describe {Rule.Id}: {Rule} as \"{Description}\" again";
    }

    /// <summary>The group gets a tag back.</summary>
    public sealed record Tag(string Key, string Value) : Step
    {
        public override string Subject => $"tag {Key}";

        public override string ToString() => $"tag the group {Key}={Value}";
    }

    /// <summary>The group loses a tag.</summary>
    public sealed record Untag(string Key, string Value) : Step
    {
        public override string Subject => $"tag {Key}";

        public override string ToString() => $"remove the group's tag {Key}";
    }

    /// <summary>An interface gets one group in the place of all it has.</summary>
    /// <param name="Interface">Its id.</param>
    /// <param name="From">The groups that it has.</param>
    /// <param name="To">The group that lets nothing through.</param>
    public sealed record Isolate(string Interface, IReadOnlyList<string> From, string To) : Step
    {
        public override string Subject => Interface;

        public override string ToString() => $"keep {Interface} apart: {To} for {string.Join(", ", From)}";
    }

    public sealed record Delete(GroupId Group) : Step
    {
        public override string Subject => $"{Group}";

        public override string ToString() => $"delete {Group.Id}";
    }
}
