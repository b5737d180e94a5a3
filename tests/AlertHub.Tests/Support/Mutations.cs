using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertHub.Tests.Support;

/// <summary>A JSON document with one member or element at a time left out, null, or of another type.</summary>
internal static class Mutations
{
    /// <summary>None where the bytes are no JSON.</summary>
    public static IEnumerable<byte[]> Of(byte[] json)
    {
        if (Parse(json) is not { } root)
        {
            yield break;
        }

        foreach (var path in Paths(root, []).ToArray())
        {
            foreach (
                var change in (Func<JsonNode?>[])
                    [() => null, () => 7, () => "x", () => true, () => new JsonArray(), () => new JsonObject()]
            )
            {
                yield return Changed(json, path, change);
            }

            yield return Changed(json, path, null);
        }
    }

    private static JsonNode? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] at)
    {
        IEnumerable<(object Key, JsonNode? Value)> members = node switch
        {
            JsonObject all => all.Select(static member => ((object)member.Key, member.Value)),
            JsonArray all => all.Select(static (value, i) => ((object)i, value)),
            _ => [],
        };
        foreach (var (key, value) in members)
        {
            object[] path = [.. at, key];
            yield return path;
            foreach (var inner in Paths(value, path))
            {
                yield return inner;
            }
        }
    }

    private static byte[] Changed(byte[] json, object[] path, Func<JsonNode?>? change)
    {
        var root = JsonNode.Parse(json)!;
        var parent = path[..^1].Aggregate(root, static (node, key) => key is int i ? node[i]! : node[(string)key]!);
        if (parent is JsonArray array)
        {
            if (change is null)
            {
                array.RemoveAt((int)path[^1]);
            }
            else
            {
                array[(int)path[^1]] = change();
            }
        }
        else if (change is null)
        {
            parent.AsObject().Remove((string)path[^1]);
        }
        else
        {
            parent[(string)path[^1]] = change();
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
