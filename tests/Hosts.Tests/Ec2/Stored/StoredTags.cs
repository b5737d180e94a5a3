using System.Collections.Immutable;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>Tags of a resource, by key.</summary>
internal static class StoredTags
{
    public static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Of(params (string Key, string Value)[] tags) =>
        None.SetItems(tags.Select(static tag => KeyValuePair.Create(tag.Key, tag.Value)));
}
