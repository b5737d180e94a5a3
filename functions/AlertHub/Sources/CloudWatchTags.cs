using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>What the shapes of a CloudWatch alarm have in common.</summary>
internal static class CloudWatchTags
{
    /// <summary>A period in seconds as a length; null where it is not a positive one.</summary>
    public static TimeSpan? Seconds(decimal? seconds) =>
        seconds is > 0 and <= 31_536_000 ? TimeSpan.FromSeconds((double)seconds) : null;

    /// <summary>The alarm's <c>runbook</c> tag.</summary>
    public static string? Runbook(JsonElement? tags) =>
        Read(tags).Where(static t => t.Name is "runbook" or "runbook_url").Select(static t => t.Value).FirstOrDefault();

    /// <summary>The other tags on one line; null where there are none.</summary>
    public static string? Line(JsonElement? tags)
    {
        var line = string.Join(
            ", ",
            Read(tags)
                .Where(static t => t.Name is not ("runbook" or "runbook_url"))
                .Select(static t => $"{t.Name}={t.Value}")
        );
        return line.Length > 0 ? line : null;
    }

    /// <summary>What tells one time series of an alarm: its attributes on a line, else its id; null where neither is.</summary>
    public static string? Contributor(JsonElement? attributes, string? id)
    {
        var line = string.Join(", ", Read(attributes).Select(static each => $"{each.Name}={each.Value}"));
        return line.Length > 0 ? line : id;
    }

    /// <summary>Tags come as an object, or as a list of keys with values.</summary>
    private static IEnumerable<Label> Read(JsonElement? tags) =>
        tags switch
        {
            { ValueKind: JsonValueKind.Object } map => map.Texts().Select(static t => new Label(t.Key, t.Value)),
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray()
                .Select(static t => new Label(
                    t.Text("Key") ?? t.Text("key") ?? "",
                    t.Text("Value") ?? t.Text("value") ?? ""
                ))
                .Where(static t => t.Name.Length > 0 && t.Value.Length > 0),
            _ => [],
        };
}
