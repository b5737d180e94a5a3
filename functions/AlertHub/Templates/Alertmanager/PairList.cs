using System.Collections.Frozen;
using AlertHub.Alerts;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>template.Pairs: names and values in an order.</summary>
internal sealed class PairList(IReadOnlyList<Label> pairs)
    : ListValue(PairsType, [.. pairs.Select(static pair => new PairValue(pair))])
{
    public static GoType PairsType { get; } = GoType.Named("template.Pairs", GoKind.List, PairValue.PairType);

    private static readonly FrozenDictionary<string, TemplateFunction> Methods = new TemplateFunction[]
    {
        new("Names", [], static (in call) => Of(call).Names),
        new("Values", [], static (in call) => Of(call).Values),
        new("String", [], static (in call) => Of(call).Text),
    }.ToFrozenDictionary(static method => method.Name);

    public ListValue Names => OfStrings(pairs.Select(static pair => pair.Name));

    public ListValue Values => OfStrings(pairs.Select(static pair => pair.Value));

    public override string Text => string.Join(", ", pairs.Select(static pair => $"{pair.Name}={pair.Value}"));

    public override TemplateFunction? Method(string name) => Methods.GetValueOrDefault(name);

    public override ListValue Slice(int start, int end) => new PairList([.. pairs.Skip(start).Take(end - start)]);

    private static PairList Of(in TemplateCall call) => call.Receiver as PairList ?? new([]);
}
