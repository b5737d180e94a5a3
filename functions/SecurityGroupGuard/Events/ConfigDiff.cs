using System.Text.Json;
using AlertHub.Sources;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>
/// Config's <c>configurationItemDiff</c>, taken backwards. Its <c>Configuration.IpPermissions.0</c> holds a permission as
/// it was and as it became; the number is no place in the list, so what counts is which rules came and which went.
/// </summary>
internal static class ConfigDiff
{
    private const string Everything = "Configuration";

    private const string Ingress = "Configuration.IpPermissions";

    private const string Egress = "Configuration.IpPermissionsEgress";

    /// <summary>The rules before it; null where that cannot be said.</summary>
    /// <param name="diff">The <c>configurationItemDiff</c>.</param>
    /// <param name="now">The rules after it; null where they are not known, as of a group that is gone.</param>
    /// <param name="account">The group's own.</param>
    public static IReadOnlyList<Rule>? Before(JsonElement diff, IReadOnlyList<Rule>? now, string account)
    {
        if (
            diff.Text("changeType") == "CREATE"
            || diff.Member("changedProperties") is not { ValueKind: JsonValueKind.Object } properties
        )
        {
            return null;
        }

        if (properties.Member(Everything) is { } whole)
        {
            return whole.Member("previousValue") is { ValueKind: JsonValueKind.Object } previous
                ? ConfigItem.RulesOf(previous, account)
                : null;
        }

        var (came, went) = (new List<Rule>(), new List<Rule>());
        foreach (var property in properties.EnumerateObject())
        {
            if (!property.Name.StartsWith(Ingress, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (
                DirectionOf(property.Name) is not { } direction
                || property.Value.ValueKind != JsonValueKind.Object
                || Rules(property.Value, "updatedValue", direction, account) is not { } updated
                || Rules(property.Value, "previousValue", direction, account) is not { } previous
            )
            {
                return null;
            }

            came.AddRange(updated);
            went.AddRange(previous);
        }

        // What is said to have come and is not there belongs to another item: nothing can be concluded from it.
        return now is null || came.Exists(rule => !now.Any(n => n.Traffic == rule.Traffic))
            ? null
            :
            [
                .. now.ExceptBy(came.Select(static rule => rule.Traffic), static rule => rule.Traffic)
                    .Concat(went)
                    .DistinctBy(static rule => rule.Traffic),
            ];
    }

    /// <summary>Null where it is not one permission or all of them: the ports of one, say.</summary>
    private static Direction? DirectionOf(string property)
    {
        var dot = property.LastIndexOf('.');
        var (name, number) = dot > Everything.Length ? (property[..dot], property[(dot + 1)..]) : (property, "0");
        return !number.All(char.IsAsciiDigit) ? null
            : name.Equals(Ingress, StringComparison.OrdinalIgnoreCase) ? Direction.Ingress
            : name.Equals(Egress, StringComparison.OrdinalIgnoreCase) ? Direction.Egress
            : null;
    }

    private static IReadOnlyList<Rule>? Rules(JsonElement change, string name, Direction direction, string account) =>
        RuleJson.OfPermissions(change.Entries(name), direction, account);
}
