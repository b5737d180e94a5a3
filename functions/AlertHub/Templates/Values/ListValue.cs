namespace AlertHub.Templates.Values;

/// <summary>A slice. Named ones with methods (<c>template.Alerts</c>) derive from it.</summary>
internal class ListValue(GoType type, IReadOnlyList<object?> items) : GoValue
{
    public static ListValue OfStrings(IEnumerable<string> items) => new(GoType.Strings, [.. items]);

    public override GoType Type => type;

    public IReadOnlyList<object?> Items => items;

    public int Count => items.Count;

    /// <summary>The elements from <paramref name="start"/> up to but without <paramref name="end"/>; Go keeps the type.</summary>
    public virtual ListValue Slice(int start, int end) => new(type, [.. items.Skip(start).Take(end - start)]);
}
