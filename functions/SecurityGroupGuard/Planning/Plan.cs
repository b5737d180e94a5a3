namespace SecurityGroupGuard.Planning;

/// <summary>What is to be done to a group, in this order, and what is left as it is.</summary>
internal sealed record Plan
{
    public static Plan Nothing { get; } = new();

    public IReadOnlyList<Step> Steps { get; init; } = [];

    public IReadOnlyList<Left> Left { get; init; } = [];
}
