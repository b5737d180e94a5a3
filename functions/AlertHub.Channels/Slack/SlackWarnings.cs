using AlertHub.Configuration.Receivers;

namespace AlertHub.Channels.Slack;

/// <summary>Options of slack_configs that our message does not use yet.</summary>
internal static class SlackWarnings
{
    private static readonly SlackConfig Default = new();

    private static readonly (string Key, Func<SlackConfig, object?> Value)[] Unused =
    [
        ("color", static c => c.Color),
        ("title", static c => c.Title),
        ("title_link", static c => c.TitleLink),
        ("pretext", static c => c.Pretext),
        ("text", static c => c.Text),
        ("message_text", static c => c.MessageText),
        ("fields", static c => c.Fields.Count),
        ("footer", static c => c.Footer),
        ("fallback", static c => c.Fallback),
        ("callback_id", static c => c.CallbackId),
        ("image_url", static c => c.ImageUrl),
        ("thumb_url", static c => c.ThumbUrl),
        ("link_names", static c => c.LinkNames),
        ("actions", static c => c.Actions.Count),
    ];

    public static IEnumerable<string> Of(SlackConfig config)
    {
        var keys = Unused.Where(u => !Equals(u.Value(config), u.Value(Default))).Select(static u => u.Key).ToArray();
        if (keys.Length > 0)
        {
            yield return $"slack: {string.Join(", ", keys)}: not used yet; messages have AlertHub's own form";
        }
    }
}
