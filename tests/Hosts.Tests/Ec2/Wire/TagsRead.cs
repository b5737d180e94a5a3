using Hosts.Tests.Ec2.Stored;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>Tags out of requests.</summary>
internal static class TagsRead
{
    private const int Most = 50;

    public static IReadOnlyDictionary<string, string> Of(QueryNode list)
    {
        var items = list.Items;
        if (
            items.CountBy(static tag => tag.Required("Key")).FirstOrDefault(static key => key.Value > 1).Key is
            { } twice
        )
        {
            throw Ec2Refusal.Value($"Duplicate tag key '{twice}' specified.");
        }

        var tags = items.ToDictionary(static tag => tag.Required("Key"), static tag => tag["Value"].Value ?? "");
        return tags.Keys.Any(static key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                ? throw Ec2Refusal.Value("Tag keys starting with 'aws:' are reserved for internal use")
            : tags.Count > Most
                ? throw new Ec2Refusal("TagLimitExceeded", "The maximum number of Tags has been reached.")
            : tags;
    }

    /// <summary>Of <c>TagSpecification</c>, which names the kind of resource that it is for.</summary>
    public static IReadOnlyDictionary<string, string> Specified(QueryNode query, string resourceType)
    {
        var specifications = query["TagSpecification"].Items;
        return specifications.FirstOrDefault(each => each["ResourceType"].Value != resourceType) is { } other
                ? throw Ec2Refusal.Value(
                    $"'{other["ResourceType"].Value}' is not a valid taggable resource type for this operation."
                )
            : specifications is [var one] ? Of(one["Tag"])
            : specifications is [] ? StoredTags.None
            : throw Ec2Refusal.Value("Duplicate tag specifications");
    }
}
