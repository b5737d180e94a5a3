using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Access;

/// <summary>What may be written in a policy as one value or as a list of them.</summary>
internal static class StatementList
{
    public static string[] Of(JsonNode? node) =>
        node switch
        {
            JsonArray several => [.. several.Select(static each => each!.ToString())],
            null => [],
            _ => [node.ToString()],
        };
}
