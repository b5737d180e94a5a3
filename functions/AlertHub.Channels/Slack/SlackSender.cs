using System.Text.Json;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;
using AlertHub.Templates;

namespace AlertHub.Channels.Slack;

/// <summary>
/// As whom and where a message appears; what is empty is left to the webhook. Webhooks of Slack apps have one channel and
/// one name and ignore it; older ones, bots and services that speak Slack's dialect do not.
/// </summary>
public sealed record SlackSender
{
    public static SlackSender Unnamed { get; } = new();

    public string Channel { get; init; } = "";

    public string Username { get; init; } = "";

    public string IconEmoji { get; init; } = "";

    public string IconUrl { get; init; } = "";

    /// <summary>A text that cannot be rendered is left out: the message matters more than its picture.</summary>
    internal static SlackSender Of(SlackConfig config, NotificationTemplates templates, Notification notification)
    {
        return new()
        {
            Channel = Render(config.Channel),
            Username = Render(config.Username),
            IconEmoji = Render(config.IconEmoji),
            IconUrl = Render(config.IconUrl),
        };

        string Render(string text) => templates.Render(text, notification, out _)?.Trim() ?? "";
    }

    internal void Write(Utf8JsonWriter json)
    {
        (string Name, string Value)[] members =
        [
            ("channel", Channel),
            ("username", Username),
            ("icon_emoji", IconEmoji),
            ("icon_url", IconUrl),
        ];
        foreach (var (name, value) in members)
        {
            if (value.Length > 0)
            {
                json.WriteString(name, value);
            }
        }
    }
}
