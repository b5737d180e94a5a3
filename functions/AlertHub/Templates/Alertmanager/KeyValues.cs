using System.Collections.Frozen;
using AlertHub.Alerts;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>template.KV: labels or annotations.</summary>
internal sealed class KeyValues(Labels labels) : MapValue
{
    public static GoType KeyValuesType { get; } = GoType.Named("template.KV", GoKind.Map, GoType.String);

    public static KeyValues Empty { get; } = new(Labels.Empty);

    private static readonly FrozenDictionary<string, TemplateFunction> Methods = new TemplateFunction[]
    {
        new("SortedPairs", [], static (in call) => Of(call).SortedPairs),
        new("Remove", [GoType.Strings], static (in call) => Of(call).Remove(call.List(0))),
        new("Names", [], static (in call) => Of(call).SortedPairs.Names),
        new("Values", [], static (in call) => Of(call).SortedPairs.Values),
        new("String", [], static (in call) => Of(call).Text),
    }.ToFrozenDictionary(static method => method.Name);

    public Labels Labels => labels;

    public override GoType Type => KeyValuesType;

    public override IReadOnlyList<string> Keys => field ??= [.. labels.Select(static label => label.Name)];

    /// <summary>By name, but the alert's name first.</summary>
    public PairList SortedPairs =>
        field ??= new([
            .. labels.Where(static label => label.Name == Label.AlertName),
            .. labels.Where(static label => label.Name != Label.AlertName),
        ]);

    public override string Text => SortedPairs.Text;

    public override bool TryGet(string key, out object? value)
    {
        value = labels[key];
        return value is not null;
    }

    public override TemplateFunction? Method(string name) => Methods.GetValueOrDefault(name);

    private KeyValues Remove(IReadOnlyList<object?> names)
    {
        var removed = names.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new(Labels.Of(labels.Where(label => !removed.Contains(label.Name))));
    }

    private static KeyValues Of(in TemplateCall call) => call.Receiver as KeyValues ?? Empty;
}
