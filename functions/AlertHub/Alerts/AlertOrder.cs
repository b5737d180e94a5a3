using AlertHub.Text;

namespace AlertHub.Alerts;

/// <summary>
/// The order in which Alertmanager tells the alerts of a group, firing and resolved ones among each other: by job, by
/// instance (one without comes last), then by labels.
/// </summary>
public static class AlertOrder
{
    private static readonly string[] First = ["job", "instance"];

    public static Comparer<Labels> Labels { get; } = Comparer<Labels>.Create(Compare);

    /// <summary>By labels alone (model.LabelSet.Before): how groups are ordered by what their alerts share.</summary>
    public static Comparer<Labels> LabelSets { get; } = Comparer<Labels>.Create(CompareLabels);

    private static int Compare(Labels a, Labels b)
    {
        foreach (var name in First)
        {
            var order = (a[name], b[name]) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                var (x, y) => GoString.Compare(x, y),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return CompareLabels(a, b);
    }

    /// <summary>model.LabelSet.Before: fewer labels first; then the first name that only one has, or values that differ.</summary>
    private static int CompareLabels(Labels a, Labels b)
    {
        if (a.Count != b.Count)
        {
            return a.Count.CompareTo(b.Count);
        }

        for (var i = 0; i < a.Count; i++)
        {
            // Whoever lacks the lesser name comes first.
            if (GoString.Compare(a[i].Name, b[i].Name) is var byName and not 0)
            {
                return -byName;
            }

            if (GoString.Compare(a[i].Value, b[i].Value) is var byValue and not 0)
            {
                return byValue;
            }
        }

        return 0;
    }
}
