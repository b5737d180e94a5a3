using AlertHub.Alerts;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>template.Pair: a name and its value.</summary>
internal sealed class PairValue(Label pair) : RecordValue
{
    public static GoType PairType { get; } = GoType.Named("template.Pair", GoKind.Struct);

    private static readonly string[] Names = ["Name", "Value"];

    public override GoType Type => PairType;

    public override IReadOnlyList<string> Fields => Names;

    public override IReadOnlyList<string> JsonNames => Names;

    public override bool IsComparable => true;

    public override bool Equals(object? obj) => obj is PairValue other && other.Pair == pair;

    public override int GetHashCode() => pair.GetHashCode();

    private Label Pair => pair;

    public override bool TryField(string name, out object? value)
    {
        value = name switch
        {
            "Name" => pair.Name,
            "Value" => pair.Value,
            _ => null,
        };
        return value is not null;
    }
}
