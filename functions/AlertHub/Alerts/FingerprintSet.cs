using System.Collections;

namespace AlertHub.Alerts;

/// <summary>An immutable set of fingerprints, in ascending order; two with the same members are equal.</summary>
public sealed class FingerprintSet : IReadOnlyList<ulong>, IEquatable<FingerprintSet>
{
    private readonly ulong[] sorted;

    private FingerprintSet(ulong[] sorted) => this.sorted = sorted;

    public static FingerprintSet Empty { get; } = new([]);

    public static FingerprintSet Of(params IEnumerable<ulong> fingerprints)
    {
        ulong[] sorted = [.. fingerprints.Distinct()];
        Array.Sort(sorted);
        return sorted.Length == 0 ? Empty : new(sorted);
    }

    public int Count => sorted.Length;

    public ulong this[int index] => sorted[index];

    public bool Contains(ulong fingerprint) => Array.BinarySearch(sorted, fingerprint) >= 0;

    public bool IsSubsetOf(FingerprintSet other) =>
        Count <= other.Count && Array.TrueForAll(sorted, fingerprint => other.Contains(fingerprint));

    public bool Overlaps(FingerprintSet other) => Array.Exists(sorted, fingerprint => other.Contains(fingerprint));

    public FingerprintSet Union(FingerprintSet other) =>
        other.IsSubsetOf(this) ? this : Of(Enumerable.Concat(sorted, other.sorted));

    public FingerprintSet Except(FingerprintSet other) =>
        Overlaps(other) ? Of(sorted.Where(fingerprint => !other.Contains(fingerprint))) : this;

    /// <summary>What both hold; nothing where there is no other.</summary>
    public FingerprintSet Intersect(FingerprintSet? other) => other is null ? Empty : Of(sorted.Where(other.Contains));

    public bool Equals(FingerprintSet? other) => other is not null && sorted.AsSpan().SequenceEqual(other.sorted);

    public override bool Equals(object? obj) => Equals(obj as FingerprintSet);

    public override int GetHashCode() => sorted.Aggregate(sorted.Length, HashCode.Combine);

    /// <summary>As the API writes fingerprints: sixteen hexadecimal digits each.</summary>
    public override string ToString() =>
        $"{{{string.Join(", ", sorted.Select(fingerprint => fingerprint.ToString("x16", null)))}}}";

    public IEnumerator<ulong> GetEnumerator() => ((IEnumerable<ulong>)sorted).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sorted.GetEnumerator();
}
