using System.Collections.Immutable;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>
/// All that is stored, at one moment. Immutable: whoever holds it reads on undisturbed while another takes its place, and
/// a change that could not be written is forgotten by keeping the one before.
/// </summary>
public sealed record HubState
{
    public static HubState Empty { get; } = new();

    /// <summary>By fingerprint: those that fire, and those that ended lately.</summary>
    public AlertMap Alerts { get; init; } = AlertMap.Empty;

    /// <summary>Some may hold no alert but a delivery.</summary>
    public ImmutableDictionary<GroupId, Group> Groups { get; init; } = ImmutableDictionary<GroupId, Group>.Empty;

    public Silences Silences { get; init; } = Silences.Empty;

    /// <summary>The inhibition rules with the alerts that fire.</summary>
    public Inhibition Inhibition { get; init; } = Inhibition.Compile([]);

    /// <summary>When messages came whose sender gave them an id.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Messages { get; init; } =
        ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    public Group? Find(GroupId id) => Groups.GetValueOrDefault(id);

    public Muters Muters(NamedTimeIntervals intervals) =>
        new()
        {
            Inhibition = Inhibition,
            Silences = Silences,
            Intervals = intervals,
        };

    /// <summary>What has to be done about the groups, as far as it is due by then.</summary>
    public IReadOnlyList<DueWork> Due(DateTimeOffset until) =>
        [.. Groups.Values.SelectMany(DueWork.Of).Where(work => work.Due <= until)];

    /// <summary>With the note that a message came; null where it came before.</summary>
    public HubState? Hearing(string? messageId, DateTimeOffset now) =>
        messageId is null ? this
        : Messages.ContainsKey(messageId) ? null
        : this with { Messages = Messages.Add(messageId, now) };

    /// <summary>With a group in the place of the one of its id, or without it.</summary>
    public HubState With(GroupId id, Group? group) =>
        ReferenceEquals(Find(id), group)
            ? this
            : this with
            {
                Groups = group is null ? Groups.Remove(id) : Groups.SetItem(id, group),
            };

    public HubState With(IEnumerable<Silence> silences) =>
        this with
        {
            Silences = silences.Aggregate(Silences, static (all, silence) => all.With(silence)),
        };
}
