using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AlertHub.Alerts;

/// <summary>
/// Alerts by fingerprint, immutable: a change is another map that shares all but a few nodes with this one. What
/// ImmutableDictionary is, at a third of its price: a hub with a hundred thousand alerts that takes them by the ten thousand
/// spends more time with this than with anything else.
/// </summary>
/// <remarks>
/// A trie of 32 branches over the bits of the fingerprint, multiplied so that those of alerts that differ little differ in
/// the first ones. Leaves hold up to 32 alerts, sorted; what is left of 64 bits after twelve branches tells 16 apart.
/// </remarks>
public sealed partial class AlertMap : IEnumerable<KeyValuePair<ulong, TrackedAlert>>
{
    private readonly Node? root;

    private AlertMap(Node? root, int count) => (this.root, Count) = (root, count);

    public static AlertMap Empty { get; } = new(null, 0);

    /// <summary>Of two of the same fingerprint the last stands.</summary>
    public static AlertMap Of(params IEnumerable<TrackedAlert> alerts)
    {
        var builder = Empty.ToBuilder();
        foreach (var alert in alerts)
        {
            builder.Put(alert);
        }

        return builder.ToMap();
    }

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    /// <summary>In the order of <see cref="Values"/>, which is always the same for the same fingerprints.</summary>
    public IEnumerable<ulong> Keys => Values.Select(static alert => alert.Fingerprint);

    public IEnumerable<TrackedAlert> Values => root?.Alerts ?? [];

    public TrackedAlert this[ulong key] =>
        Find(key) ?? throw new KeyNotFoundException($"no alert has the fingerprint {key:x16}");

    public TrackedAlert? Find(ulong fingerprint) => root?.Find(Spread(fingerprint));

    public bool ContainsKey(ulong key) => Find(key) is not null;

    public bool TryGetValue(ulong key, [MaybeNullWhen(false)] out TrackedAlert value) =>
        (value = Find(key)) is not null;

    /// <summary>With this alert, in place of the one of its fingerprint.</summary>
    public AlertMap With(TrackedAlert alert)
    {
        var builder = ToBuilder();
        builder.Put(alert);
        return builder.ToMap();
    }

    /// <summary>Without alerts of these fingerprints; itself where it has none of them.</summary>
    public AlertMap Without(IEnumerable<ulong> fingerprints)
    {
        var builder = ToBuilder();
        foreach (var fingerprint in fingerprints)
        {
            builder.Remove(fingerprint);
        }

        return builder.ToMap();
    }

    /// <summary>Fingerprints of the alerts that only one of the two has, or not the same object.</summary>
    public IEnumerable<ulong> DifferencesFrom(AlertMap before) =>
        ReferenceEquals(root, before.root)
            ? []
            : before
                .Values.Where(was => !ContainsKey(was.Fingerprint))
                .Concat(Values.Where(alert => !ReferenceEquals(before.Find(alert.Fingerprint), alert)))
                .Select(static alert => alert.Fingerprint);

    public Builder ToBuilder() => new(this);

    public IEnumerator<KeyValuePair<ulong, TrackedAlert>> GetEnumerator() =>
        Values.Select(static alert => KeyValuePair.Create(alert.Fingerprint, alert)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One to one: an odd factor, so no two fingerprints become the same.</summary>
    private static ulong Spread(ulong fingerprint) => fingerprint * 0x9E3779B97F4A7C15;

    /// <summary>A map in the making: many changes at the price of one. For one thread.</summary>
    public sealed class Builder
    {
        private AlertMap from;
        private Node? root;
        private int count;

        /// <summary>Nodes of this owner are nobody else's yet, and are changed where they are.</summary>
        private object owner = new();

        internal Builder(AlertMap from) => (this.from, root, count) = (from, from.root, from.Count);

        public TrackedAlert? Find(ulong fingerprint) => root?.Find(Spread(fingerprint));

        public void Put(TrackedAlert alert) => Put(alert.Fingerprint, alert);

        /// <summary>For tests, which cannot choose what the fingerprint of an alert is.</summary>
        internal void Put(ulong fingerprint, TrackedAlert alert)
        {
            var isNew = false;
            root = (root ?? new Leaf(owner)).Put(Spread(fingerprint), alert, Node.FirstShift, owner, ref isNew);
            count += isNew ? 1 : 0;
        }

        public void Remove(ulong fingerprint)
        {
            var isGone = false;
            root = root?.Remove(Spread(fingerprint), owner, ref isGone);
            count -= isGone ? 1 : 0;
        }

        /// <summary>What it is now; the builder may go on.</summary>
        public AlertMap ToMap()
        {
            if (!ReferenceEquals(root, from.root))
            {
                from = count == 0 ? Empty : new(root, count);
                owner = new();
            }

            return from;
        }
    }
}
