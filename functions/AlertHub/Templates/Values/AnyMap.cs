namespace AlertHub.Templates.Values;

/// <summary><c>map[string]interface {}</c>, or another literal map type.</summary>
internal sealed class AnyMap : MapValue
{
    private readonly Dictionary<string, object?> entries;

    public AnyMap(IReadOnlyDictionary<string, object?> entries, GoType? type = null)
    {
        this.entries = new(entries, StringComparer.Ordinal);
        Type = type ?? GoType.AnyMap;
        Keys = [.. this.entries.Keys.Order(Utf8.Order)];
    }

    public override GoType Type { get; }

    public override IReadOnlyList<string> Keys { get; }

    public override bool TryGet(string key, out object? value) => entries.TryGetValue(key, out value);
}
