using System.Text.Json;

namespace AlertHub.Sources.Aws;

/// <summary>A message as all that it may be, for a kind to know its own by.</summary>
internal sealed record AwsMessage
{
    /// <summary>Null where it is no JSON.</summary>
    public JsonElement? Root { get; init; }

    /// <summary>Null where it is no event of EventBridge.</summary>
    public AwsEvent? Event { get; init; }

    /// <summary>
    /// Of what is no JSON, or a string in JSON: some services write to people, or in lines of their own. Else empty.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>The SNS subject; empty where there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The SNS topic that it came through; null where it did not.</summary>
    public Arn? Topic { get; init; }

    public static AwsMessage Of(Inbound inbound, JsonElement? root) =>
        new()
        {
            Root = root,
            Event = root is { } json ? AwsEvent.Read(json) : null,
            Text = root is { } text
                ? text.ValueKind == JsonValueKind.String
                    ? text.AsText() ?? ""
                    : ""
                : Readable.Text(inbound.Body),
            Subject = inbound.Subject ?? "",
            Topic = Arn.Parse(inbound.Topic),
        };
}
