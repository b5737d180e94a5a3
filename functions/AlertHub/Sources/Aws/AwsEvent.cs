using System.Text.Json;

namespace AlertHub.Sources.Aws;

/// <summary>An event of EventBridge. Every member is optional on the wire but source and detail-type.</summary>
internal sealed record AwsEvent
{
    public required string Source { get; init; }

    public required string DetailType { get; init; }

    public required JsonElement Detail { get; init; }

    public string? Id { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <summary>When it happened, as far as the bus knows.</summary>
    public DateTimeOffset? Time { get; init; }

    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The first of them, which most often is the only one.</summary>
    public string? Resource => Resources is [var first, ..] ? first : null;

    /// <summary>What a notification rule of the developer tools adds to the event: which action failed, and why.</summary>
    public JsonElement Additional { get; init; }

    /// <summary>Null where it is none. Notification rules of the developer tools spell it <c>detailType</c>.</summary>
    public static AwsEvent? Read(JsonElement root) =>
        (root.Text("detail-type") ?? root.Text("detailType")) is { } detailType && root.Text("source") is { } source
            ? new()
            {
                Source = source,
                DetailType = detailType,
                Detail = root.Member("detail") ?? default,
                Id = root.Text("id"),
                Additional = root.Member("additionalAttributes") ?? default,
                Account = root.Text("account"),
                Region = root.Text("region"),
                Time = root.Time("time"),
                Resources = [.. root.Items("resources").Select(static each => each.AsText()).OfType<string>()],
            }
            : null;
}
