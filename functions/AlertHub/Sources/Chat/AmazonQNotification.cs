using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources.Chat;

/// <summary>
/// A custom notification for Amazon Q Developer in chat applications
/// (https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html, schema version 1.0): whoever publishes those for AWS's
/// own chat bot may point them here as they are.
/// </summary>
internal static class AmazonQNotification
{
    private const int TitleLength = 150;

    /// <summary>Null where it is none.</summary>
    public static Reading? Read(Inbound inbound, JsonElement root)
    {
        if (
            root.Text("version") is not "1.0"
            || root.Text("source") != "custom"
            || root.Member("content") is not { } content
            || content.Text("description") is not { } description
        )
        {
            return null;
        }

        var metadata = root.Member("metadata") ?? default;
        var context = metadata.Member("additionalContext") ?? default;
        string[] steps = [.. content.Items("nextSteps").Select(static step => step.AsText()).OfType<string>()];
        string[] resources =
        [
            .. metadata.Items("relatedResources").Select(static resource => resource.AsText()).OfType<string>(),
        ];
        var arn = resources.Select(Arn.Parse).FirstOrDefault(static found => found is not null);
        return new()
        {
            Kind = "amazon-q-notification",
            Alerts =
            [
                new()
                {
                    Labels = Labels
                        .Of(
                            new Label(
                                Label.AlertName,
                                ChatText.Title(content.Text("title"), TitleLength)
                                    ?? ChatText.Title(metadata.Text("summary") ?? description, TitleLength)
                                    ?? "Notification"
                            ),
                            new(Label.Message, inbound.Hash),
                            new("event_type", metadata.Text("eventType") ?? ""),
                            new("thread", metadata.Text("threadId") ?? ""),
                            new("severity", context.Text("severity")?.ToLowerInvariant() ?? ""),
                            new("resource", resources is [var only] ? Arn.Parse(only)?.Name ?? only : ""),
                            new("account", arn?.Account ?? Arn.Parse(inbound.Topic)?.Account ?? ""),
                            new("region", arn?.Region ?? Arn.Parse(inbound.Topic)?.Region ?? ""),
                            new("source", "custom")
                        )
                        .WithoutEmpty(),
                    Annotations = Labels
                        .Of([
                            .. ChatText.Links([description, .. steps]),
                            .. context
                                .Texts()
                                .Where(static each => each.Key != "severity")
                                .Select(static each => new Label(ChatText.Name(each.Key) ?? "context", each.Value)),
                            new(Annotation.Summary, ChatText.Plain(metadata.Text("summary"))),
                            new(Annotation.Description, ChatText.Plain(Written(description, steps))),
                            new("resources", resources.Length > 1 ? string.Join(", ", resources) : ""),
                            new(
                                "keywords",
                                string.Join(
                                    ", ",
                                    content.Items("keywords").Select(static each => each.AsText()).OfType<string>()
                                )
                            ),
                        ])
                        .WithoutEmpty(),
                    StartsAt = inbound.ReceivedAt,
                },
            ],
        };
    }

    private static string Written(string description, string[] steps) =>
        steps.Length == 0
            ? description
            : $"{description}\n\nNext steps\n{string.Join('\n', steps.Select(static step => $"• {step}"))}";
}
