using AlertHub.Configuration.Yaml;

namespace AlertHub.Tests.Support;

/// <summary>
/// A configuration made of a good case of Cases/receivers.txt with options put in or replaced at random. Every secret in it
/// holds the canary. Most load; which do not is for the loader to say.
/// </summary>
internal static class RandomReceiver
{
    public const string Canary = "xyz0canary";

    private static readonly string[] Texts =
    [
        "a",
        "",
        "yes",
        "12",
        "null",
        "x: y",
        " # c",
        "é\U0001F525",
        "two\nlines\n",
        "- a",
        "{{ .Status }}",
        "{{ template \"x\" . }}|'\"",
        "@all",
    ];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["jira.api_type"] = ["auto", "cloud", "datacenter"],
        ["telegram.parse_mode"] = ["HTML", "Markdown", "MarkdownV2", ""],
        ["wechat.message_type"] = ["text", "markdown"],
        ["opsgenie.responders.type"] = ["team", "Teams", "user", "{{ .Status }}"],
        ["email.threading.thread_by_date"] = ["daily", "none"],
    };

    private static readonly ILookup<string, (string Key, string Type)> Options = Repository
        .Cases("integration-options.txt")
        .ToLookup(static r => r[0], static r => (r[1], r[2]));

    public static string Of(string kind, int seed, bool damage = false)
    {
        var random = new Random(seed);
        ReceiverCase[] good = [.. ReceiverCase.All.Where(c => c.Kind == kind && c.IsGood)];
        var given = good[random.Next(good.Length)];
        var item = (YamlNode.Mapping)((YamlNode.Sequence)YamlReader.Read(given.Item, out _, out _)!).Items[0];
        var entries = item.Entries.ToDictionary(static e => e.Name!, static e => e.Value);
        foreach (var (key, type) in Options[kind].Where(_ => random.Next(damage ? 2 : 8) == 0))
        {
            entries[key] = Value(random, $"{kind}.{key}", type);
        }

        foreach (var (key, _) in Options[kind].Where(static o => o.Type.StartsWith("secret", StringComparison.Ordinal)))
        {
            if (entries.ContainsKey(key))
            {
                entries[key] = damage ? Damaged(random) : Secret(random, Options[kind].Single(o => o.Key == key).Type);
            }
        }

        var list = YamlWriter.Write(new YamlNode.Sequence([Mapping(entries)]));
        return (given with { Item = list }).Document;
    }

    private static YamlNode Value(Random random, string path, string type) =>
        type switch
        {
            "bool" or "bool?" => new YamlNode.Scalar(random.Next(2) == 0 ? "true" : "no"),
            "uint64" or "int64" => new YamlNode.Scalar($"{random.Next(1000)}"),
            "duration" => new YamlNode.Scalar($"{random.Next(50)}d{random.Next(24)}h"),
            "go duration" => new YamlNode.Scalar($"{random.Next(50)}.5m{random.Next(60)}s"),
            "url" => Text($"https://u:{Canary}@example.org/{random.Next(9)}?a=b#c"),
            "host and port" => Text($"[::{random.Next(9)}]:25"),
            "list" or "list of templates" => new YamlNode.Sequence([.. Many(random, () => Any(random)).Values]),
            "map" or "map of templates" => Mapping(Many(random, () => Any(random))),
            "any" => Structure(random, 3),
            "map of any" => Mapping(Many(random, () => Structure(random, 2))),
            "list of records" => new YamlNode.Sequence([.. Many(random, () => Record(random, path)).Values]),
            "record" => Record(random, path),
            "template or record" => random.Next(2) == 0 ? Any(random) : Record(random, "jira.summary"),
            "http_config" => new YamlNode.Mapping([
                new(Text("authorization"), new YamlNode.Mapping([new(Text("credentials"), Text(Canary))])),
            ]),
            "tls_config" or "sigv4" => new YamlNode.Mapping([]),
            _ => Words.TryGetValue(path, out var words) ? Text(words[random.Next(words.Length)]) : Any(random),
        };

    private static YamlNode.Mapping Record(Random random, string path)
    {
        path = path == "mattermost.attachments.fields" ? "mattermost.fields" : path;
        return Mapping(
            Options[path]
                .Where(_ => random.Next(4) > 0)
                .ToDictionary(static o => o.Key, o => Value(random, $"{path}.{o.Key}", o.Type))
        );
    }

    private static YamlNode Structure(Random random, int depth) =>
        random.Next(depth > 0 ? 5 : 3) switch
        {
            0 => Any(random),
            1 => new YamlNode.Scalar($"{random.Next(-9, 9)}.{random.Next(9)}"),
            2 => new YamlNode.Scalar("~"),
            3 => new YamlNode.Sequence([.. Many(random, () => Structure(random, depth - 1)).Values]),
            _ => Mapping(Many(random, () => Structure(random, depth - 1))),
        };

    private static YamlNode.Scalar Secret(Random random, string type) =>
        random.Next(4) == 0 ? Text($"env:{random.Next(9)}")
        : type == "secret" ? Text(Canary)
        : Text($"https://example.org/{Canary}");

    /// <summary>As wrong as a secret gets: no URL, no text, a broken template.</summary>
    private static YamlNode Damaged(Random random) =>
        random.Next(6) switch
        {
            0 => new YamlNode.Sequence([Text(Canary)]),
            1 => new YamlNode.Mapping([new(Text("a"), Text(Canary))]),
            2 => Text($"https://{Canary}%zz:x/"),
            3 => Text($"https://u:{Canary} @/{{{{ {Canary}"),
            4 => new YamlNode.Scalar(Canary) { Tag = "!!int" },
            _ => Text($"{Canary}\u0001"),
        };

    private static Dictionary<string, YamlNode> Many(Random random, Func<YamlNode> value) =>
        Enumerable.Range(0, random.Next(4)).ToDictionary(static i => $"k{i}", _ => value());

    private static YamlNode.Scalar Any(Random random) => Text(Texts[random.Next(Texts.Length)]);

    private static YamlNode.Scalar Text(string text) => new(text) { IsPlain = false };

    private static YamlNode.Mapping Mapping(Dictionary<string, YamlNode> entries) =>
        new([.. entries.Select(static e => new YamlEntry(Text(e.Key), e.Value))]);
}
