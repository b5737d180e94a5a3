using System.Text.Json.Nodes;

namespace Hosts.Tests.Support;

/// <summary>One alert of what a webhook took.</summary>
internal sealed record Told(string Name, string Status, DateTimeOffset StartsAt, JsonNode Json)
{
    public string Label(string name) => $"{Json["labels"]![name]}";

    public bool Is(string name, string status) => (Name, Status) == (name, status);

    /// <summary>All that it took, in order.</summary>
    public static IReadOnlyList<Told> Of(IEnumerable<WebhookPost> posts, string? path = null) =>
        [.. posts.Where(post => post.Answer == 200 && (path is null || post.Path == path)).SelectMany(Of)];

    public static IEnumerable<Told> Of(WebhookPost post) =>
        JsonNode.Parse(post.Body)!["alerts"]!
            .AsArray()
            .Select(static alert => new Told(
                $"{alert!["labels"]!["alertname"]}",
                $"{alert["status"]}",
                DateTimeOffset.Parse($"{alert["startsAt"]}", null),
                alert
            ));
}
