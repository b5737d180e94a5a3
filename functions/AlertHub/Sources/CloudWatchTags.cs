using System.Text.Json;

namespace AlertHub.Sources;

/// <summary>What the shapes of a CloudWatch alarm have in common.</summary>
internal static class CloudWatchTags
{
    /// <summary>A period in seconds as a length; null where it is not a positive one.</summary>
    public static TimeSpan? Seconds(decimal? seconds) =>
        seconds is > 0 and <= 31_536_000 ? TimeSpan.FromSeconds((double)seconds) : null;

    /// <summary>The alarm's <c>runbook</c> tag: tags come as an object, or as a list of keys with values.</summary>
    public static string? Runbook(JsonElement? tags) =>
        tags switch
        {
            { ValueKind: JsonValueKind.Object } map => map.Text("runbook") ?? map.Text("runbook_url"),
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray()
                .Where(static t => (t.Text("Key") ?? t.Text("key")) is "runbook" or "runbook_url")
                .Select(static t => t.Text("Value") ?? t.Text("value"))
                .FirstOrDefault(),
            _ => null,
        };
}
