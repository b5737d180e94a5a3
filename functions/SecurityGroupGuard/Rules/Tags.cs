using System.Collections;

namespace SecurityGroupGuard.Rules;

/// <summary>Tags of a resource, each key once; equal when they say the same.</summary>
internal sealed class Tags : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<Tags>
{
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    private Tags() { }

    public static Tags None { get; } = new();

    public int Count => values.Count;

    /// <summary>Null where there is no such tag; a tag without a value has an empty one.</summary>
    public string? this[string key] => values.GetValueOrDefault(key);

    public static Tags Of(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var made = new Tags();
        foreach (var (key, value) in tags)
        {
            made.values[key] = value;
        }

        return made;
    }

    public Tags With(string key, string value) => Of(values.Append(new(key, value)));

    public Tags Without(string key) => Of(values.Where(tag => tag.Key != key));

    public bool Equals(Tags? other) => other is not null && values.SequenceEqual(other.values);

    public override bool Equals(object? obj) => Equals(obj as Tags);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (key, value) in values)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", values.Select(static tag => $"{tag.Key}={tag.Value}"));
}
