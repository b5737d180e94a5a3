using System.Collections.Frozen;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Times;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Checking;

/// <summary>What the types of a notification have in them, without a notification.</summary>
internal static class KnownTypes
{
    private static readonly GoType PlainAlerts = GoType.ListOf(AlertValue.AlertType);

    /// <summary>By the type's name: what a person calls it, its fields and methods and their types.</summary>
    private static readonly FrozenDictionary<string, (string Words, FrozenDictionary<string, GoType> Members)> Types =
        new (GoType Type, string Words, (string Name, GoType Type)[] Members)[]
        {
            (
                TemplateData.DataType,
                "the notification",
                [
                    ("Receiver", GoType.String),
                    ("Status", GoType.String),
                    ("Alerts", AlertList.AlertsType),
                    ("NotificationReason", GoType.String),
                    ("GroupLabels", KeyValues.KeyValuesType),
                    ("CommonLabels", KeyValues.KeyValuesType),
                    ("CommonAnnotations", KeyValues.KeyValuesType),
                    ("RouteLabels", KeyValues.KeyValuesType),
                    ("ExternalURL", GoType.String),
                    ("TruncatedAlerts", GoType.Int),
                ]
            ),
            (
                AlertValue.AlertType,
                "an alert",
                [
                    ("Status", GoType.String),
                    ("Labels", KeyValues.KeyValuesType),
                    ("Annotations", KeyValues.KeyValuesType),
                    ("StartsAt", TimeValue.TimeType),
                    ("EndsAt", TimeValue.TimeType),
                    ("GeneratorURL", GoType.String),
                    ("Fingerprint", GoType.String),
                ]
            ),
            (AlertList.AlertsType, "the list of alerts", [("Firing", PlainAlerts), ("Resolved", PlainAlerts)]),
            (PlainAlerts, "the list of alerts", []),
            (PairList.PairsType, "the list of pairs", NamesOfText),
            (KeyValues.KeyValuesType, "the labels", KeyMethods),
            (PairValue.PairType, "a pair", [("Name", GoType.String), ("Value", GoType.String)]),
            (GoType.Strings, "the list of texts", []),
            (GoType.String, "a text", []),
        }.ToFrozenDictionary(
            static type => type.Type.Name,
            static type => (type.Words, type.Members.ToFrozenDictionary(static m => m.Name, static m => m.Type))
        );

    private static (string, GoType)[] NamesOfText =>
        [("Names", GoType.Strings), ("Values", GoType.Strings), ("String", GoType.String)];

    private static (string, GoType)[] KeyMethods =>
        [.. NamesOfText, ("SortedPairs", PairList.PairsType), ("Remove", KeyValues.KeyValuesType)];

    /// <summary>False of a type of which nothing is known here: whatever it is asked for may exist.</summary>
    public static bool IsKnown(GoType type) => Types.ContainsKey(type.Name);

    public static string Words(GoType type) => Types[type.Name].Words;

    public static IEnumerable<string> Members(GoType type) => Types[type.Name].Members.Keys;

    /// <summary>The type of a field, of what a method returns, or of a map's value; null where there is no such name.</summary>
    public static GoType? Member(GoType type, string name) =>
        Types[type.Name].Members.GetValueOrDefault(name) ?? (type.Kind == GoKind.Map ? type.Element : null);
}
