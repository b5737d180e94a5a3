using System.Text.Json.Nodes;

namespace Hosts.Tests.Box;

/// <summary>What the example's function says it did.</summary>
internal static class ExampleLog
{
    /// <summary>The orders that it has carried out, in their order.</summary>
    public static IReadOnlyList<string?> Handled(StackBox box) =>
        [.. Entries(box).Select(static entry => (string?)entry["handled"])];

    /// <summary>Each with its record of the event.</summary>
    public static IEnumerable<JsonObject> Entries(StackBox box) =>
        box.Function("Worker")
            .Log.Lines.Where(static line => line.StartsWith("""{"handled":""", StringComparison.Ordinal))
            .Select(static line => (JsonObject)JsonNode.Parse(line)!);
}
