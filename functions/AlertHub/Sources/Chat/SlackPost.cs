using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources.Chat;

/// <summary>
/// What programs post to an incoming webhook of Slack: text, attachments, blocks. Whoever has them may give them this hub's address in
/// Slack's place; whom it mentions is not mentioned.
/// </summary>
internal static class SlackPost
{
    private const int TitleLength = 150;
    private const int MostLinks = 5;

    /// <summary>All that a message may have (https://docs.slack.dev/reference/methods/chat.postMessage, and webhooks); else it is none.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "as_user",
        "attachments",
        "blocks",
        "channel",
        "icon_emoji",
        "icon_url",
        "link_names",
        "metadata",
        "mrkdwn",
        "parse",
        "reply_broadcast",
        "response_type",
        "text",
        "thread_ts",
        "unfurl_links",
        "unfurl_media",
        "username",
    };

    /// <summary>Null where it is none, or says nothing.</summary>
    public static Reading? Read(Inbound inbound, JsonElement root)
    {
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.EnumerateObject().All(static member => Members.Contains(member.Name))
        )
        {
            return null;
        }

        JsonElement[] attachments = [.. root.Items("attachments")];
        JsonElement[] blocks =
        [
            .. root.Items("blocks"),
            .. attachments.SelectMany(static attachment => attachment.Items("blocks")),
        ];
        // In the order in which Slack shows them. The text is shown only where there are no blocks.
        string[] texts =
        [
            .. new[] { blocks.Length == 0 ? root.Text("text") : null }
                .Concat(blocks.SelectMany(Texts))
                .Concat(attachments.SelectMany(Texts))
                .OfType<string>(),
        ];
        var title =
            attachments.Select(static attachment => attachment.Text("title")).FirstOrDefault(HasText)
            ?? texts.FirstOrDefault(HasText)
            ?? root.Text("text")
            ?? attachments.Select(static attachment => attachment.Text("fallback")).FirstOrDefault(HasText);
        if (ChatText.Title(title, TitleLength) is not { } name)
        {
            return null;
        }

        var fields = attachments
            .SelectMany(static attachment => attachment.Items("fields"))
            .Where(static field => field.Text("title") is not null && field.Text("value") is not null)
            .Select(static field => new Label(
                ChatText.Name(field.Text("title")) ?? "field",
                ChatText.Plain(field.Text("value"))
            ));
        // What the title says already is not said again.
        var plain = string.Join(
            '\n',
            texts.Where(text => ChatText.Title(text, TitleLength) != name).Select(ChatText.Plain)
        );
        return new()
        {
            Kind = "slack-post",
            Alerts =
            [
                new()
                {
                    Labels = Labels
                        .Of(
                            new Label(Label.AlertName, name),
                            new(Label.Message, inbound.Hash),
                            new("severity", Severity(attachments)),
                            new("sender", root.Text("username") ?? ""),
                            new("topic", inbound.Topic ?? "")
                        )
                        .WithoutEmpty(),
                    Annotations = Labels
                        .Of([
                            .. fields,
                            .. ChatText.Links(texts),
                            .. blocks.SelectMany(Links).DistinctBy(static link => link.Name).Take(MostLinks),
                            .. attachments
                                .Where(static attachment => attachment.Link("title_link") is not null)
                                .Take(1)
                                .Select(static attachment =>
                                    ChatText.Link(null, attachment.Link("title_link")!.AbsoluteUri)
                                ),
                            new(Annotation.Description, plain.Trim()),
                        ])
                        .WithoutEmpty(),
                    StartsAt = inbound.ReceivedAt,
                },
            ],
        };
    }

    private static bool HasText(string? text) => ChatText.Title(text, TitleLength) is not null;

    /// <summary>By the bar's colour, as far as it has a name.</summary>
    private static string Severity(JsonElement[] attachments) =>
        attachments.Select(static attachment => attachment.Text("color")).FirstOrDefault() switch
        {
            "danger" => "critical",
            "warning" => "warning",
            "good" => "info",
            _ => "",
        };

    /// <summary>Of a block or an attachment, what a reader would read of it.</summary>
    private static IEnumerable<string?> Texts(JsonElement element) =>
        element.Text("type") switch
        {
            "context" => element.Items("elements").Select(static each => each.Text("text")),
            "rich_text" => [string.Concat(RichText(element))],
            "image" => [element.Text("title") ?? element.Text("alt_text")],
            { } => element
                .Items("fields")
                .Select(static field => field.Text("text"))
                .Prepend(element.Member("text")?.Text("text") ?? element.Text("text")),
            null => [element.Text("pretext"), element.Text("text")],
        };

    /// <summary>Buttons that lead somewhere, and links in rich text.</summary>
    private static IEnumerable<Label> Links(JsonElement element) =>
        element
            .Items("elements")
            .Concat(element.Member("accessory") is { } accessory ? [accessory] : [])
            .SelectMany(static each =>
                each.Link("url") is { } url
                    ? [ChatText.Link(each.Member("text")?.Text("text") ?? each.Text("text"), url.AbsoluteUri)]
                    : Links(each)
            );

    private static IEnumerable<string> RichText(JsonElement element) =>
        element.Items("elements").SelectMany(static each => each.Text("text") is { } text ? [text] : RichText(each));
}
