using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>A struct of plain fields, which has other names in JSON.</summary>
internal abstract class RecordValue : StructValue
{
    /// <summary>What the fields are called in JSON, in the same order.</summary>
    public abstract IReadOnlyList<string> JsonNames { get; }
}
