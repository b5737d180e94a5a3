using SecurityGroupGuard.Events;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Storage;

/// <summary>What is known of a group.</summary>
internal sealed record GroupRecord
{
    public required GroupId Group { get; init; }

    /// <summary>Null where nobody took one and no event gave one.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Changes that stay for a time.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>What was undone lately.</summary>
    public IReadOnlyList<Undone> Undone { get; init; } = [];

    /// <summary>Differences from the baseline, by the step that would mend each, and since when they are seen.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Differs { get; init; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>Events that could not be undone for want of the values before, which AWS Config may tell yet.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>As it was read; null where nothing is stored.</summary>
    public string? Revision { get; init; }

    /// <summary>Whether somebody does again and again what is undone.</summary>
    /// <param name="subject">Of a step.</param>
    /// <param name="fight">When it is one.</param>
    /// <param name="change">Whose own undoing, begun before, does not count.</param>
    /// <param name="now">The time.</param>
    public bool IsFought(string subject, Fight fight, string change, DateTimeOffset now) =>
        Undone
            .Where(each => each.Subject == subject && each.Event != change && each.At > now - fight.Within)
            .DistinctBy(static each => each.Event)
            .Count() >= fight.Undos;

    public GroupRecord WithUndone(IEnumerable<Step> steps, string change, Fight fight, DateTimeOffset now) =>
        this with
        {
            Undone =
            [
                .. Undone.Where(each => each.At > now - fight.Within),
                .. steps.Select(step => new Undone(step.Subject, change, now)),
            ],
        };

    public GroupRecord WithGrant(ChangeEvent change, DateTimeOffset until)
    {
        var touched = Touched.By(change.Change, Baseline?.Group ?? new SecurityGroup { Id = Group });
        return Grants.Any(grant => grant.Event == change.Id)
            ? this
            : this with
            {
                Grants =
                [
                    .. Grants,
                    new(change.Id, [.. touched.Ids], [.. touched.Traffic.Select(static t => $"{t}")], until),
                ],
            };
    }
}

/// <summary>A change in need, that stays until its time is over.</summary>
/// <param name="Event">That told of it.</param>
/// <param name="Ids">Of the rules it concerns.</param>
/// <param name="Traffic">Of the same.</param>
/// <param name="Until">From then on it is undone.</param>
internal sealed record Grant(
    string Event,
    IReadOnlyList<string> Ids,
    IReadOnlyList<string> Traffic,
    DateTimeOffset Until
)
{
    public bool Covers(Rule rule) => (rule.Id is { } id && Ids.Contains(id)) || Traffic.Contains($"{rule.Traffic}");
}

/// <summary>Something that was undone.</summary>
internal sealed record Undone(string Subject, string Event, DateTimeOffset At);
