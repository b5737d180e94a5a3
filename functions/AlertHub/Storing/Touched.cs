using AlertHub.Grouping;

namespace AlertHub.Storing;

/// <summary>Where two states may differ, so that nobody has to compare all of them.</summary>
public sealed class Touched
{
    public HashSet<ulong> Alerts { get; } = [];

    /// <summary>Groups, each with those of its alerts that may differ; null for any of them.</summary>
    public Dictionary<GroupId, HashSet<ulong>?> Groups { get; } = [];

    public HashSet<string> Silences { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Messages { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => Alerts.Count + Groups.Count + Silences.Count + Messages.Count == 0;

    /// <summary>An alert of a group.</summary>
    public void Add(GroupId id, ulong fingerprint)
    {
        if (!Groups.TryGetValue(id, out var alerts))
        {
            Groups[id] = alerts = [];
        }

        alerts?.Add(fingerprint);
    }

    public void Add(Touched other)
    {
        Alerts.UnionWith(other.Alerts);
        Silences.UnionWith(other.Silences);
        Messages.UnionWith(other.Messages);
        foreach (var (id, alerts) in other.Groups)
        {
            if (alerts is null || !Groups.TryGetValue(id, out var known))
            {
                Groups[id] = alerts;
            }
            else
            {
                known?.UnionWith(alerts);
            }
        }
    }

    /// <summary>All that differs, found by comparing everything.</summary>
    public void AddDifferences(HubState before, HubState after)
    {
        Alerts.UnionWith(after.Alerts.DifferencesFrom(before.Alerts));
        Messages.UnionWith(Differences(before.Messages, after.Messages));
        foreach (var id in Differences(before.Groups, after.Groups))
        {
            Groups[id] = null;
        }

        var silences = after.Silences.All.ToDictionary(static silence => silence.Id, StringComparer.Ordinal);
        Silences.UnionWith(
            Differences(
                before.Silences.All.ToDictionary(static silence => silence.Id, StringComparer.Ordinal),
                silences
            )
        );
    }

    private static IEnumerable<TKey> Differences<TKey, TValue>(
        IReadOnlyDictionary<TKey, TValue> before,
        IReadOnlyDictionary<TKey, TValue> after
    )
        where TKey : notnull =>
        ReferenceEquals(before, after)
            ? []
            : before
                .Where(pair => !after.ContainsKey(pair.Key))
                .Concat(after.Where(pair => !before.TryGetValue(pair.Key, out var was) || !IsSame(was, pair.Value)))
                .Select(static pair => pair.Key);

    private static bool IsSame<TValue>(TValue was, TValue value) =>
        typeof(TValue).IsValueType ? EqualityComparer<TValue>.Default.Equals(was, value) : ReferenceEquals(was, value);
}
