using System.Collections.Frozen;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>template.Alerts: the group's alerts. Those of one status are a plain list.</summary>
internal sealed class AlertList(IReadOnlyList<AlertValue> alerts) : ListValue(AlertsType, alerts)
{
    public static GoType AlertsType { get; } = GoType.Named("template.Alerts", GoKind.List, AlertValue.AlertType);

    private static readonly GoType PlainList = GoType.ListOf(AlertValue.AlertType);

    private static readonly FrozenDictionary<string, TemplateFunction> Methods = new TemplateFunction[]
    {
        new("Firing", [], static (in call) => (call.Receiver as AlertList)?.Firing),
        new("Resolved", [], static (in call) => (call.Receiver as AlertList)?.Resolved),
    }.ToFrozenDictionary(static method => method.Name);

    private ListValue Firing => field ??= OfStatus("firing");

    private ListValue Resolved => field ??= OfStatus("resolved");

    public override TemplateFunction? Method(string name) => Methods.GetValueOrDefault(name);

    public override ListValue Slice(int start, int end) => new AlertList([.. alerts.Skip(start).Take(end - start)]);

    private ListValue OfStatus(string status) => new(PlainList, [.. alerts.Where(alert => alert.Status == status)]);
}
