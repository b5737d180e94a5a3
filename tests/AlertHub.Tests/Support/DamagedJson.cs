using System.Text;
using System.Text.Json.Nodes;

namespace AlertHub.Tests.Support;

/// <summary>Every way in which one member or value of a sample event can be missing or of another kind.</summary>
internal static class DamagedJson
{
    private static readonly string[] Kinds =
    [
        "null",
        "true",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "[null, 7, {}]",
        "[[[\"x\"]]]",
    ];

    public static IEnumerable<byte[]> WithoutOne(string sample) =>
        Changed(sample, (parent, key, index) => _ = parent is JsonObject o ? o.Remove(key!) : RemoveAt(parent, index));

    /// <summary>One value replaced by what says nothing, whatever was asked for.</summary>
    public static IEnumerable<byte[]> WithNothingInOne(string sample) =>
        WithOne(sample, "null", "\"text\"", "[]", "{}");

    public static IEnumerable<byte[]> WithAnotherKind(string sample) => WithOne(sample, Kinds);

    private static IEnumerable<byte[]> WithOne(string sample, params IEnumerable<string> kinds) =>
        kinds.SelectMany(kind =>
            Changed(
                sample,
                (parent, key, index) =>
                {
                    if (parent is JsonObject o)
                    {
                        o[key!] = JsonNode.Parse(kind);
                    }
                    else
                    {
                        parent[index] = JsonNode.Parse(kind);
                    }
                }
            )
        );

    private static bool RemoveAt(JsonNode parent, int index)
    {
        ((JsonArray)parent).RemoveAt(index);
        return true;
    }

    /// <summary>A document in a string is gone into: a queue's message, what a Config rule is invoked with.</summary>
    private static IEnumerable<byte[]> Changed(string sample, Action<JsonNode, string?, int> change)
    {
        var text = Encoding.UTF8.GetString(Samples.Bytes(sample));
        foreach (var changed in ChangedText(text, change))
        {
            yield return Encoding.UTF8.GetBytes(changed);
        }
    }

    private static IEnumerable<string> ChangedText(string text, Action<JsonNode, string?, int> change)
    {
        var places = Places(JsonNode.Parse(text)!).Count();
        for (var place = 0; place < places; place++)
        {
            var root = JsonNode.Parse(text)!;
            var (parent, key, index) = Places(root).ElementAt(place);
            change(parent, key, index);
            yield return root.ToJsonString();
        }

        foreach (var (parent, key, _) in Places(JsonNode.Parse(text)!).ToArray())
        {
            if (
                parent is JsonObject o
                && o[key!] is JsonValue value
                && value.TryGetValue<string>(out var inner)
                && inner is ['{', '"', ..]
            )
            {
                foreach (var changed in ChangedText(inner, change))
                {
                    o[key!] = changed;
                    yield return parent.Root.ToJsonString();
                }

                o[key!] = inner;
            }
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode node) =>
        node switch
        {
            JsonObject o => o.SelectMany(member =>
                member.Value is { } value ? Places(value).Prepend((node, member.Key, 0)) : [(node, member.Key, 0)]
            ),
            JsonArray a => a.SelectMany(
                (value, index) => value is not null ? Places(value).Prepend((node, null, index)) : [(node, null, index)]
            ),
            _ => [],
        };
}
