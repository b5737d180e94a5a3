namespace AlertHub.Templates.Values;

/// <summary>An object with named fields: <c>template.Alert</c>, <c>template.Pair</c>, <c>time.Time</c>.</summary>
internal abstract class StructValue : GoValue
{
    /// <summary>The exported fields in the order of the declaration, as <c>%v</c> prints them.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>Go was given its address: prints with <c>&amp;</c>, its type with <c>*</c>.</summary>
    public virtual bool IsPointer => false;

    /// <summary>Go's == works on it: no field holds a map or a slice. Equals then compares the fields.</summary>
    public virtual bool IsComparable => false;

    /// <summary>False where there is no such field.</summary>
    public abstract bool TryField(string name, out object? value);
}
