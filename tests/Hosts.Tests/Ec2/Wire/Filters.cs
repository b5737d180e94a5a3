using System.IO.Enumeration;
using Hosts.Tests.Ec2.Stored;

namespace Hosts.Tests.Ec2.Wire;

/// <summary><c>Filter.1.Name=group-id&amp;Filter.1.Value.1=sg-...</c>: all filters must match, by one of their values.</summary>
internal sealed class Filters(QueryNode query)
{
    private readonly (string Name, IReadOnlyList<string> Values)[] filters =
    [
        .. query["Filter"].Items.Select(static filter => (filter.Required("Name"), filter["Value"].Values)),
    ];

    /// <summary>Values may hold the wildcards * and ?.</summary>
    /// <param name="values">What an item has under the name of a filter; null where there is no such filter.</param>
    public bool Match(Func<string, IEnumerable<string>?> values) =>
        filters.All(filter =>
            (values(filter.Name) ?? throw Ec2Refusal.Value($"The filter '{filter.Name}' is invalid")).Any(value =>
                filter.Values.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false))
            )
        );

    /// <summary>Those of <c>tag:key</c> and <c>tag-key</c>.</summary>
    public static IEnumerable<string>? Tagged(string name, IReadOnlyDictionary<string, string> tags) =>
        name.StartsWith("tag:", StringComparison.Ordinal)
            ? tags.TryGetValue(name["tag:".Length..], out var value)
                ? [value]
                : []
            : name == "tag-key"
                ? tags.Keys
                : null;

    public static IEnumerable<string>? Of(StoredGroup group, string name, Ec2State state) =>
        name switch
        {
            "group-id" => [group.Id],
            "group-name" => [group.Name],
            "vpc-id" => [group.VpcId],
            "owner-id" => [state.AccountId],
            "description" => [group.Description],
            _ => Tagged(name, group.Tags),
        };
}
