using System.Text.Json;

namespace Hosts.Tests.Support;

/// <summary>
/// Slack's own check of a message: the limits of Block Kit (https://api.slack.com/reference/block-kit/blocks) and of the
/// sum of all blocks (undocumented; slackapi/bolt-js issues 2509 and 2867).
/// </summary>
internal static class BlockKit
{
    private const int MostBlocks = 50;
    private const int LongestBlocks = 12_000;

    /// <summary>The error Slack would answer with; null where it would take the message.</summary>
    public static string? Error(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return "invalid_payload";
            }

            JsonElement[] attachments = Items(root, "attachments");
            JsonElement[] blocks = [.. Items(root, "blocks"), .. attachments.SelectMany(a => Items(a, "blocks"))];
            return (blocks.Length, attachments.Length, Length(root, "text")) switch
            {
                (0, 0, 0) => "no_text",
                (> MostBlocks, _, _) => "invalid_blocks",
                (_, > 100, _) => "too_many_attachments",
                _ when !blocks.All(IsValid) => "invalid_blocks",
                _ when blocks.Sum(TextLength) > LongestBlocks => "msg_blocks_too_long",
                _ => null,
            };
        }
        catch (JsonException)
        {
            return "invalid_payload";
        }
    }

    private static bool IsValid(JsonElement block) =>
        block.GetProperty("type").GetString() switch
        {
            "header" => IsText(block, "text", 150, "plain_text"),
            "section" => (block.TryGetProperty("text", out _) || block.TryGetProperty("fields", out _))
                && (!block.TryGetProperty("text", out _) || IsText(block, "text", 3000, "mrkdwn", "plain_text"))
                && (!block.TryGetProperty("fields", out _) || Items(block, "fields").Length is >= 1 and <= 10)
                && Items(block, "fields").All(f => IsTextObject(f, 2000, "mrkdwn", "plain_text")),
            "context" => Items(block, "elements").Length is >= 1 and <= 10
                && Items(block, "elements").All(e => IsTextObject(e, 3000, "mrkdwn", "plain_text")),
            "actions" => Items(block, "elements").Length is >= 1 and <= 25 && Items(block, "elements").All(IsButton),
            "divider" => true,
            _ => false,
        };

    private static bool IsButton(JsonElement button) =>
        button.GetProperty("type").GetString() == "button"
        && IsText(button, "text", 75, "plain_text")
        && Length(button, "url") <= 3000
        && Length(button, "value") <= 2000
        && Length(button, "action_id") <= 255;

    private static bool IsText(JsonElement parent, string name, int longest, params string[] types) =>
        parent.TryGetProperty(name, out var text) && IsTextObject(text, longest, types);

    private static bool IsTextObject(JsonElement text, int longest, params string[] types) =>
        types.Contains(text.GetProperty("type").GetString())
        && Length(text, "text") is var length
        && length >= 1
        && length <= longest;

    private static int TextLength(JsonElement block) =>
        (block.TryGetProperty("text", out var text) ? Length(text, "text") : 0)
        + Items(block, "fields").Concat(Items(block, "elements")).Sum(part => Length(part, "text"));

    private static int Length(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!.Length
            : 0;

    private static JsonElement[] Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray()]
            : [];
}
