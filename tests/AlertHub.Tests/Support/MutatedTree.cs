using AlertHub.Configuration.Yaml;

namespace AlertHub.Tests.Support;

/// <summary>A document with one node, key or entry changed into what may not stand there.</summary>
internal static class MutatedTree
{
    private static readonly string[] Replacements =
    [
        "~",
        "12",
        "-1",
        "1.5",
        "yes",
        "text",
        "''",
        "0s",
        "1d",
        "https://example.org",
        "[]",
        "{}",
        "[a]",
        "{a: b}",
        "[~]",
    ];

    public static string Of(string text, int seed)
    {
        var random = new Random(seed);
        var root = YamlReader.Read(text, out _, out _)!;
        var target = random.Next(Count(root));
        return YamlWriter.Write(Change(root, ref target, random));
    }

    private static int Count(YamlNode node) =>
        1
        + node switch
        {
            YamlNode.Sequence sequence => sequence.Items.Sum(Count),
            YamlNode.Mapping mapping => mapping.Entries.Sum(static e => Count(e.Value)),
            _ => 0,
        };

    /// <summary>Nodes are counted parents first; the one where the count ends is changed.</summary>
    private static YamlNode Change(YamlNode node, ref int target, Random random)
    {
        if (target-- == 0)
        {
            return Changed(node, random);
        }

        switch (node)
        {
            case YamlNode.Sequence sequence:
                var items = new List<YamlNode>();
                foreach (var item in sequence.Items)
                {
                    items.Add(Change(item, ref target, random));
                }

                return new YamlNode.Sequence(items);
            case YamlNode.Mapping mapping:
                var entries = new List<YamlEntry>();
                foreach (var (key, value) in mapping.Entries)
                {
                    entries.Add(new(key, Change(value, ref target, random)));
                }

                return new YamlNode.Mapping(entries);
            default:
                return node;
        }
    }

    private static YamlNode Changed(YamlNode node, Random random) =>
        (node, random.Next(4)) switch
        {
            (YamlNode.Mapping { Entries: { Count: > 0 } entries }, 0) => new YamlNode.Mapping([
                .. entries.Where((_, i) => i != random.Next(entries.Count)),
            ]),
            (YamlNode.Mapping { Entries: var entries }, 1) => new YamlNode.Mapping([
                .. entries,
                new(new YamlNode.Scalar("surplus"), new YamlNode.Scalar("1")),
            ]),
            (YamlNode.Sequence { Items: { Count: > 0 } items }, 0) => new YamlNode.Sequence([.. items, items[0]]),
            _ => YamlReader.Read(Replacements[random.Next(Replacements.Length)], out _, out _)!,
        };
}
