using System.Collections.Immutable;
using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Muting;

/// <summary>An alert that mutes another, and by which rule.</summary>
public sealed record Inhibitor(TrackedAlert Alert, InhibitionRule Rule)
{
    /// <summary>Its fingerprint: the API lists it under <c>inhibitedBy</c>.</summary>
    public ulong Source => Alert.Fingerprint;
}

/// <summary>
/// The inhibition rules with the alerts that are a source of one, immutable. Every source is kept, under what it shares
/// with its targets: Alertmanager keeps one for each such set of values and loses the others when that one ends.
/// </summary>
public sealed class Inhibition
{
    private static readonly ImmutableDictionary<Labels, ImmutableSortedDictionary<ulong, TrackedAlert>> None =
        ImmutableDictionary<Labels, ImmutableSortedDictionary<ulong, TrackedAlert>>.Empty;

    private readonly InhibitionRule[] rules;

    /// <summary>For each rule, its sources by the values that they share with targets.</summary>
    private readonly ImmutableArray<
        ImmutableDictionary<Labels, ImmutableSortedDictionary<ulong, TrackedAlert>>
    > sources;

    private Inhibition(
        InhibitionRule[] rules,
        ImmutableArray<ImmutableDictionary<Labels, ImmutableSortedDictionary<ulong, TrackedAlert>>> sources
    ) => (this.rules, this.sources) = (rules, sources);

    public static Inhibition Compile(IReadOnlyList<InhibitRule> rules) =>
        new([.. rules.Select(static (rule, i) => new InhibitionRule(rule, i))], [.. rules.Select(static _ => None)]);

    public IReadOnlyList<InhibitionRule> Rules => rules;

    /// <summary>Whether an alert of these labels can mute others at all; most cannot.</summary>
    public bool IsSource(Labels alert) => Array.Exists(rules, rule => rule.IsSource(alert));

    /// <summary>With what is known now of an alert. One that has ended is forgotten.</summary>
    public Inhibition With(TrackedAlert alert, DateTimeOffset now) =>
        Change(
            alert,
            (known, fingerprint) => alert.IsFiring(now) ? known.SetItem(fingerprint, alert) : known.Remove(fingerprint)
        );

    public Inhibition With(IEnumerable<TrackedAlert> alerts, DateTimeOffset now) =>
        alerts.Aggregate(this, (all, alert) => all.With(alert, now));

    public Inhibition Without(TrackedAlert alert) =>
        Change(alert, static (known, fingerprint) => known.Remove(fingerprint));

    /// <summary>
    /// Without sources whose end has passed. They mute nobody any more in any case; this gives their memory back.
    /// </summary>
    public Inhibition Firing(DateTimeOffset now) =>
        sources
            .SelectMany(static rule => rule.Values)
            .SelectMany(static known => known.Values)
            .Where(alert => !alert.IsFiring(now))
            .DistinctBy(static alert => alert.Fingerprint)
            .ToArray()
            .Aggregate(this, static (all, alert) => all.Without(alert));

    /// <summary>
    /// All that mutes an alert of these labels now, by rule and then by fingerprint. What could itself be muted by the
    /// alert under the same rule does not mute it, else both would be silent.
    /// </summary>
    public IReadOnlyList<Inhibitor> Mute(Labels alert, DateTimeOffset now)
    {
        List<Inhibitor>? inhibitors = null;
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            if (
                sources[i].IsEmpty
                || !rule.IsTarget(alert)
                || !sources[i].TryGetValue(rule.Shared(alert), out var candidates)
            )
            {
                continue;
            }

            var isSource = rule.IsSource(alert);
            foreach (var source in candidates.Values)
            {
                if (source.IsFiring(now) && !(isSource && rule.IsTarget(source.Labels)))
                {
                    (inhibitors ??= []).Add(new(source, rule));
                }
            }
        }

        return (IReadOnlyList<Inhibitor>?)inhibitors ?? [];
    }

    private Inhibition Change(
        TrackedAlert alert,
        Func<
            ImmutableSortedDictionary<ulong, TrackedAlert>,
            ulong,
            ImmutableSortedDictionary<ulong, TrackedAlert>
        > change
    )
    {
        var changed = sources;
        for (var i = 0; i < rules.Length; i++)
        {
            if (!rules[i].IsSource(alert.Labels))
            {
                continue;
            }

            var shared = rules[i].Shared(alert.Labels);
            var before = sources[i].GetValueOrDefault(shared, ImmutableSortedDictionary<ulong, TrackedAlert>.Empty);
            var known = change(before, alert.Fingerprint);
            if (known != before)
            {
                changed = changed.SetItem(
                    i,
                    known.IsEmpty ? sources[i].Remove(shared) : sources[i].SetItem(shared, known)
                );
            }
        }

        return changed == sources ? this : new(rules, changed);
    }
}
