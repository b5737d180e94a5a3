using AlertHub.Configuration;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>
/// Who may change which groups, what may be let through all the same, and what becomes of the rest: one YAML document,
/// strict, with all that is wrong said at once. Tags decide as of what was approved, never as a group has them now: who
/// wants to get past the guard tags first. Those of <see cref="Services"/> are AWS's own and are the exception.
/// </summary>
internal sealed partial record Policy
{
    private readonly Mode? mode;

    /// <summary>How far the guard goes; a document must say so.</summary>
    public Mode Mode
    {
        get => mode ?? Mode.Observe;
        init => mode = value;
    }

    /// <summary>Other modes by tag; the first that fits holds.</summary>
    public IReadOnlyList<TaggedMode> Modes { get; init; } = [];

    public Scope Scope { get; init; } = new();

    /// <summary>Null: no group is exempt.</summary>
    public ExemptTag? ExemptTag { get; init; }

    public IReadOnlyList<Allowance> Allow { get; init; } = [];

    public IReadOnlyList<Ownership> Services { get; init; } = [];

    public IReadOnlyList<BreakGlass> BreakGlass { get; init; } = [];

    public IReadOnlyList<Window> Windows { get; init; } = [];

    /// <summary>Traffic that anybody may let through.</summary>
    public IReadOnlyList<TrafficPattern> Approved { get; init; } = [];

    /// <summary>Traffic that is not let through again when a revoke is undone.</summary>
    public IReadOnlyList<TrafficPattern> Forbidden { get; init; } = WorldOpen;

    public RevokedRules RevokedRules { get; init; }

    public CreatedGroups CreatedGroups { get; init; }

    public AppliedGroups AppliedGroups { get; init; }

    /// <summary>Where interfaces are kept apart; without one for a VPC its interfaces stay as they are.</summary>
    public IReadOnlyList<Quarantine> Quarantine { get; init; } = [];

    public Fight Fight { get; init; } = new();

    public Reconcile Reconcile { get; init; } = new();

    /// <summary>A policy, unless a problem is an error; warnings leave it in force.</summary>
    /// <param name="text">The document.</param>
    /// <param name="name">By which problems call it.</param>
    public static (Policy? Policy, IReadOnlyList<Problem> Problems) Read(string text, string name)
    {
        var root = YamlReader.Read(text.TrimStart('\uFEFF'), out var at, out var objection);
        var reading = new Reading(name);
        if (objection is not null)
        {
            reading.Report(Severity.Error, at, "", objection);
            return (null, reading.Problems);
        }

        var policy = root is null ? null : Shape.Read(reading.Root(root));
        if (policy is null)
        {
            reading.Report(
                Severity.Error,
                at,
                "",
                "nothing stands here; a policy says its mode at least, as in mode: observe"
            );
        }

        return (reading.Failed ? null : policy, reading.Problems);
    }

    public Mode ModeOf(Tags tags) => Modes.FirstOrDefault(each => each.IsFor(tags))?.Mode ?? Mode;

    public bool IsInScope(SecurityGroup group) => Scope.Objection(group.Id, group.Vpc) is null;

    public bool IsExempt(Tags tags) => ExemptTag?.IsOn(tags) == true;

    /// <summary>
    /// Whether a tag of a group decides about it, so that a change of it is a change of the guard. AWS's own do not
    /// count, as nobody can set them.
    /// </summary>
    public bool Minds(string tagKey) =>
        ExemptTag?.Key == tagKey
        || Modes.Any(each => each.Tag == tagKey)
        || Windows.Any(window => window.Tag == tagKey)
        || (!tagKey.StartsWith("aws:", StringComparison.Ordinal) && Services.Any(service => service.Tag == tagKey));

    /// <summary>The group for interfaces of a VPC that are to be kept apart; null where they are not.</summary>
    public string? QuarantineOf(string? vpc) => Quarantine.FirstOrDefault(each => each.Vpc == vpc)?.Group;

    /// <summary>Whether anybody may let this through: one entry covers all of it, with one of its blocks.</summary>
    public bool Approves(Traffic traffic) => Approved.Any(entry => entry.Covers(traffic));

    /// <summary>
    /// Whether it opens what is forbidden: all addresses of a forbidden block, on one forbidden port at least. So
    /// <c>0.0.0.0/0 tcp 22</c> is forbidden where <c>0.0.0.0/0</c> is, and <c>10.0.0.0/8</c> is not. Prefix lists and groups
    /// are forbidden by their id alone.
    /// </summary>
    public bool Forbids(Traffic traffic) => Forbidden.Any(entry => entry.IsOpenedBy(traffic));
}
