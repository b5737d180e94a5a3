using System.Text;
using System.Text.Json;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;
using AlertHub.Templates;
using AlertHub.Text;

namespace AlertHub.Channels.Slack;

/// <summary>
/// The message as <c>slack_configs</c> describes it: an attachment (https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments),
/// with what Alertmanager's notify/slack/slack.go puts in and leaves out (looked at 2026-11).
/// </summary>
internal static class SlackAttachment
{
    private const int LongestTitleRunes = 1024;
    private const int LongestText = 3000;

    private static readonly SlackConfig Default = new();

    private static readonly string[] MrkdwnIn = ["fallback", "pretext", "text"];

    /// <summary>Whether anything of it is asked for; else a message has our own form.</summary>
    public static bool IsAskedFor(SlackConfig config) =>
        (config.Title, config.TitleLink, config.Pretext, config.Text, config.Color, config.Footer)
            != (Default.Title, Default.TitleLink, Default.Pretext, Default.Text, Default.Color, Default.Footer)
        || (config.Fallback, config.CallbackId, config.MessageText, config.ImageUrl, config.ThumbUrl)
            != (Default.Fallback, Default.CallbackId, Default.MessageText, Default.ImageUrl, Default.ThumbUrl)
        || config.Fields.Count + config.Actions.Count + config.MrkdwnIn.Count > 0
        || config.ShortFields
        || config.LinkNames;

    public static SlackContent Content(SlackConfig config, NotificationTemplates templates, Notification notification)
    {
        return new(
            (json, isChange) => Write(json, isChange, config, notification, Render),
            (json, isChange) => SlackMessage.WritePlain(json, isChange, notification)
        );

        string? Render(string text) => templates.Render(text, notification, out _);
    }

    private static void Write(
        Utf8JsonWriter json,
        bool isChange,
        SlackConfig config,
        Notification notification,
        Func<string, string?> render
    )
    {
        if (config.LinkNames)
        {
            json.WriteBoolean("link_names", true);
        }

        var text = render(config.MessageText);
        if (isChange)
        {
            // What is not named stays, and it may be of our own form: the configuration was another one then.
            json.WriteString("text", text ?? "");
            json.WriteStartArray("blocks");
            json.WriteEndArray();
        }
        else
        {
            WriteGiven(json, "text", text);
        }

        json.WriteStartArray("attachments");
        json.WriteStartObject();
        WriteGiven(json, "title", Title(render(config.Title)));
        WriteGiven(json, "title_link", render(config.TitleLink));
        WriteGiven(json, "pretext", render(config.Pretext));
        // What a faulty template leaves must not be a message that says nothing.
        json.WriteString("text", render(config.Text) ?? SlackText.Escape(PlainText.Render(notification), LongestText));
        json.WriteString(
            "fallback",
            render(config.Fallback) ?? SlackText.Escape(PlainText.Headline(notification), LongestText)
        );
        json.WriteString("callback_id", render(config.CallbackId) ?? "");
        WriteFields(json, config, render);
        WriteActions(json, config.Actions, render);
        WriteGiven(json, "image_url", render(config.ImageUrl));
        WriteGiven(json, "thumb_url", render(config.ThumbUrl));
        json.WriteString("footer", render(config.Footer) ?? "");
        WriteGiven(json, "color", render(config.Color));
        json.WriteStartArray("mrkdwn_in");
        foreach (var name in config.MrkdwnIn.Count > 0 ? config.MrkdwnIn : MrkdwnIn)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (notification.Muted.Count > 0)
        {
            // Names in it would be people to be called.
            WriteMutes(json, SlackMutes.Text(notification, isQuoted: !config.LinkNames));
        }

        json.WriteEndArray();
    }

    /// <summary>Templates know nothing of it.</summary>
    private static void WriteMutes(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("fallback", text);
        json.WriteString("color", SlackMessage.Grey);
        json.WriteStartArray("mrkdwn_in");
        json.WriteStringValue("text");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, SlackConfig config, Func<string, string?> render)
    {
        if (config.Fields.Count == 0)
        {
            return;
        }

        json.WriteStartArray("fields");
        foreach (var field in config.Fields)
        {
            json.WriteStartObject();
            WriteGiven(json, "title", render(field.Title));
            WriteGiven(json, "value", render(field.Value));
            json.WriteBoolean("short", field.IsShort ?? config.ShortFields);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteActions(
        Utf8JsonWriter json,
        IReadOnlyList<SlackAction> actions,
        Func<string, string?> render
    )
    {
        if (actions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("actions");
        foreach (var action in actions)
        {
            json.WriteStartObject();
            WriteGiven(json, "type", render(action.Type));
            WriteGiven(json, "text", render(action.Text));
            WriteGiven(json, "url", render(action.Url));
            WriteGiven(json, "style", render(action.Style));
            WriteGiven(json, "name", render(action.Name));
            WriteGiven(json, "value", render(action.Value));
            if (action.Confirm is { } confirm)
            {
                json.WriteStartObject("confirm");
                WriteGiven(json, "text", render(confirm.Text));
                WriteGiven(json, "title", render(confirm.Title));
                WriteGiven(json, "ok_text", render(confirm.OkText));
                WriteGiven(json, "dismiss_text", render(confirm.DismissText));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGiven(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Alertmanager counts characters, whatever they take.</summary>
    private static string? Title(string? title)
    {
        if (title is null || title.Length <= LongestTitleRunes)
        {
            return title;
        }

        Rune[] runes = [.. title.EnumerateRunes()];
        return runes.Length <= LongestTitleRunes ? title : string.Concat(runes.Take(LongestTitleRunes - 1)) + Cut.Mark;
    }
}
