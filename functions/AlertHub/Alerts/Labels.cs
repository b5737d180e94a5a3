using System.Collections;
using System.Text;
using AlertHub.Text;

namespace AlertHub.Alerts;

/// <summary>One name and its value.</summary>
public sealed record Label(string Name, string Value)
{
    /// <summary>The label that names the alert.</summary>
    public const string AlertName = "alertname";

    /// <summary>The label of an alert that only says that something happened: which message that was.</summary>
    public const string Message = "__message__";

    /// <summary>As Prometheus has it: a name that begins so is for programs; no message shows it.</summary>
    public bool IsInternal => Name.StartsWith("__", StringComparison.Ordinal);
}

/// <summary>
/// An immutable set of names with values, sorted by name as Go sorts strings (by UTF-8 bytes), so that everything
/// derived from it (fingerprint, group key, printed form) is the same as Alertmanager's.
/// </summary>
public sealed class Labels : IReadOnlyList<Label>, IEquatable<Labels>
{
    public static Labels Empty { get; } = new([]);

    private readonly Label[] sorted;

    /// <summary>0 until somebody asks. It is the same whoever computes it, so nobody needs to be alone in doing so.</summary>
    private ulong fingerprint;

    private Labels(Label[] sorted) => this.sorted = sorted;

    /// <summary>A set of these; of a name given twice the last value stands.</summary>
    public static Labels Of(params IEnumerable<Label> labels)
    {
        Label[] all = [.. labels];
        if (all.Length == 0 || IsSorted(all))
        {
            return all.Length == 0 ? Empty : new(all);
        }

        var last = new Dictionary<string, Label>(all.Length, StringComparer.Ordinal);
        foreach (var label in all)
        {
            last[label.Name] = label;
        }

        Label[] sorted = [.. last.Values];
        Array.Sort(sorted, static (a, b) => GoString.Compare(a.Name, b.Name));
        return new(sorted);
    }

    /// <summary>As programs send them that are written in Go; no name is given twice then.</summary>
    private static bool IsSorted(Label[] labels)
    {
        for (var i = 1; i < labels.Length; i++)
        {
            if (GoString.Compare(labels[i - 1].Name, labels[i].Name) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    public int Count => sorted.Length;

    public Label this[int index] => sorted[index];

    /// <summary>The value of <paramref name="name"/>, or null where the set has no such name.</summary>
    public string? this[string name]
    {
        get
        {
            var (low, high) = (0, sorted.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                switch (GoString.Compare(sorted[middle].Name, name))
                {
                    case 0:
                        return sorted[middle].Value;
                    case < 0:
                        low = middle + 1;
                        break;
                    default:
                        high = middle - 1;
                        break;
                }
            }

            return null;
        }
    }

    /// <summary>Alertmanager counts an empty label as a missing one: what it takes in has none.</summary>
    public Labels WithoutEmpty() =>
        Array.TrueForAll(sorted, static l => l.Value.Length > 0)
            ? this
            : new([.. sorted.Where(static l => l.Value.Length > 0)]);

    /// <summary>Those of these names that the set has.</summary>
    public Labels Only(IReadOnlyList<string> names)
    {
        var kept = new List<Label>(Math.Min(Count, names.Count));
        foreach (var label in sorted)
        {
            if (names.Contains(label.Name, StringComparer.Ordinal))
            {
                kept.Add(label);
            }
        }

        return kept.Count == 0 ? Empty : new([.. kept]);
    }

    /// <summary>With these, in place of those of the same names.</summary>
    public Labels With(Labels others) => others.Count == 0 ? this : Of([.. sorted, .. others.sorted]);

    /// <summary>What this set and <paramref name="other"/> both hold.</summary>
    public Labels Intersect(Labels other)
    {
        var both = new List<Label>(Math.Min(Count, other.Count));
        for (int i = 0, j = 0; i < Count && j < other.Count; )
        {
            var order = GoString.Compare(sorted[i].Name, other.sorted[j].Name);
            if (order == 0 && sorted[i].Value == other.sorted[j].Value)
            {
                both.Add(sorted[i]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return both.Count == 0 ? Empty : new([.. both]);
    }

    /// <summary>
    /// FNV-1a, 64 bits, over <c>name 0xFF value 0xFF</c> of each label in order
    /// (prometheus/common model.LabelSet.Fingerprint).
    /// </summary>
    public ulong Fingerprint
    {
        get
        {
            var hash = Volatile.Read(ref fingerprint);
            if (hash != 0)
            {
                return hash;
            }

            hash = Fnv1a.Offset;
            foreach (var label in sorted)
            {
                hash = Fnv1a.Add(Fnv1a.Add(Fnv1a.Add(Fnv1a.Add(hash, label.Name), 0xFF), label.Value), 0xFF);
            }

            Volatile.Write(ref fingerprint, hash);
            return hash;
        }
    }

    /// <summary>Sixteen lower-case hexadecimal digits, as Alertmanager's API writes it.</summary>
    public string FingerprintText => Fingerprint.ToString("x16", null);

    public bool Equals(Labels? other) => other is not null && sorted.AsSpan().SequenceEqual(other.sorted);

    public override bool Equals(object? obj) => Equals(obj as Labels);

    public override int GetHashCode() => Fingerprint.GetHashCode();

    /// <summary><c>{a="1", b="2"}</c>, as model.LabelSet prints itself: the label part of a group's key.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(name).Append('=').AppendQuoted(value);
        }

        return text.Append('}').ToString();
    }

    public IEnumerator<Label> GetEnumerator() => ((IEnumerable<Label>)sorted).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sorted.GetEnumerator();
}
