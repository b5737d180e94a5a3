namespace AlertHub.Templates.Values;

/// <summary>A map from strings: <c>template.KV</c>, or what <c>dict</c> makes.</summary>
internal abstract class MapValue : GoValue
{
    /// <summary>Sorted by their UTF-8 bytes, the order in which Go prints and ranges.</summary>
    public abstract IReadOnlyList<string> Keys { get; }

    public abstract bool TryGet(string key, out object? value);

    /// <summary>What a key that is not there has under missingkey=zero: the zero of the element type.</summary>
    public object? Missing =>
        Type.Element?.Kind switch
        {
            GoKind.String => "",
            GoKind.Bool => false,
            GoKind.Signed or GoKind.Unsigned => 0L,
            GoKind.Float => 0d,
            _ => null,
        };
}
