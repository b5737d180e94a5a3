namespace SecurityGroupGuard.Rules;

/// <summary>A group as EC2 describes it, or as it was kept.</summary>
internal sealed record SecurityGroup
{
    public required GroupId Id { get; init; }

    public string Name { get; init; } = "";

    public string? Vpc { get; init; }

    public Tags Tags { get; init; } = Tags.None;

    public IReadOnlyList<Rule> Rules { get; init; } = [];

    public Rule? Find(string? ruleId) => ruleId is null ? null : Rules.FirstOrDefault(rule => rule.Id == ruleId);

    public Rule? Find(Traffic traffic) => Rules.FirstOrDefault(rule => rule.Traffic == traffic);
}
