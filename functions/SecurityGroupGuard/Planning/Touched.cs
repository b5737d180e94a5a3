using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>Which rules an event concerns; the others are never touched.</summary>
/// <param name="Ids">Of rules.</param>
/// <param name="Traffic">Of rules, as they were or became.</param>
internal sealed record Touched(IReadOnlySet<string> Ids, IReadOnlySet<Traffic> Traffic)
{
    private Touched()
        : this(new HashSet<string>(), new HashSet<Traffic>()) { }

    public bool IsEverything { get; private init; }

    public static Touched Everything { get; } = new() { IsEverything = true };

    /// <summary>What an event names, and as what the baseline knows it.</summary>
    public static Touched By(Change change, SecurityGroup approved)
    {
        (IEnumerable<string?> ids, IEnumerable<Traffic?> traffic) = change switch
        {
            Change.Added added => (
                added.Rules.Select(static rule => rule.Id),
                added.Rules.Select(static rule => rule.Traffic)
            ),
            Change.Revoked revoked => (
                [.. revoked.Rules.Select(static rule => rule.Id), .. revoked.Ids],
                revoked.Rules.Select(static rule => rule.Traffic)
            ),
            // Which way the rule goes is known by its id alone; what it became is there under that id.
            Change.Modified modified => (modified.Rules.Select(static rule => rule.Id), []),
            Change.Described described => (
                described.Rules.Select(static rule => rule.Id),
                described.Rules.Select(static rule => rule.Traffic)
            ),
            _ => ([], []),
        };
        var known = ids.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new(
            known,
            traffic
                .OfType<Traffic>()
                .Concat(known.Select(id => approved.Find(id)?.Traffic).OfType<Traffic>())
                .ToHashSet()
        );
    }

    public bool Has(Rule rule) =>
        IsEverything || (rule.Id is { } id && Ids.Contains(id)) || Traffic.Contains(rule.Traffic);
}
