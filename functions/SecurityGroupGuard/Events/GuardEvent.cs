using System.Text.Json;
using AlertHub.Sources;

namespace SecurityGroupGuard.Events;

/// <summary>What made the guard run.</summary>
internal abstract record GuardEvent
{
    private GuardEvent() { }

    /// <summary>A call that CloudTrail told of: what it did to each group; at least one.</summary>
    public sealed record Changes(IReadOnlyList<ChangeEvent> Events) : GuardEvent;

    /// <summary>A group as AWS Config found it.</summary>
    public sealed record Item(ConfigItem Found) : GuardEvent;

    /// <summary>Given by hand: <c>{"command": "approve", "group": "sg-0123"}</c>.</summary>
    /// <param name="Name">As it was written.</param>
    /// <param name="Arguments">The other members, those of <c>arguments</c> too; of a list all values with commas between.</param>
    public sealed record Command(string Name, IReadOnlyDictionary<string, string> Arguments) : GuardEvent;

    /// <summary>It is time: of a schedule of EventBridge's, or of a Config rule that runs periodically.</summary>
    public sealed record Scheduled : GuardEvent;

    /// <summary>Nothing of the guard's.</summary>
    /// <param name="Why">A sentence without its end.</param>
    public sealed record Nothing(string Why) : GuardEvent;

    /// <summary>
    /// What an event says, or the body of a message that carried it. Never throws. A batch of several messages is opened by
    /// who answers for each (<see cref="Envelope.Open"/>).
    /// </summary>
    /// <param name="body">The event, whatever it is.</param>
    /// <param name="now">When it came.</param>
    public static GuardEvent Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var messages = Envelope.Open(body, now);
        return messages is not [var message]
                ? new Nothing($"{messages.Count} messages came at once, where one was to be read")
            : ForeignJson.Parse(message.Body) is { ValueKind: JsonValueKind.Object } root ? Read(root, now)
            : new Nothing("it is no JSON object");
    }

    private static GuardEvent Read(JsonElement root, DateTimeOffset now) =>
        (root.Text("source"), root.Text("detail-type")) switch
        {
            ("aws.events" or "aws.scheduler", "Scheduled Event") => new Scheduled(),
            // Nobody but AWS can put events whose source begins so.
            ({ } source, "AWS API Call via CloudTrail") when source.StartsWith("aws.", StringComparison.Ordinal) =>
                OfCall(root.Member("detail") ?? default, root, now),
            ("aws.config", { } type) => OfNotification(type, root.Member("detail") ?? default, root, now),
            (var source, { } type) => new Nothing($"\"{Line(type)}\" of \"{Line(source)}\" is not read"),
            _ when root.Text("invokingEvent") is { } json => OfNotification(
                "invokingEvent",
                ForeignJson.Parse(json) ?? default,
                root,
                now
            ),
            _ when root.Text("messageType") is not null => OfNotification("messageType", root, default, now),
            _ when root.Text("command") is { } command => new Command(command, ArgumentsOf(root)),
            _ => OfCall(root, default, now),
        };

    private static GuardEvent OfCall(JsonElement record, JsonElement envelope, DateTimeOffset now) =>
        CloudTrailRecord.Read(record, envelope, now) is not { } call
            ? new Nothing("it is neither an event that is known nor a call")
        : call.Changes() is { Count: > 0 } changes ? new Changes(changes)
        : new Nothing($"{Line(call.Name)} of {Line(call.Service)} tells of no security group");

    private static GuardEvent OfNotification(
        string type,
        JsonElement notification,
        JsonElement envelope,
        DateTimeOffset now
    )
    {
        if (notification.Text("messageType") == "ScheduledNotification")
        {
            return new Scheduled();
        }

        var item = notification.Member("configurationItem") ?? notification.Member("configurationItemSummary");
        return ConfigItem.Read(notification, envelope, now) is { } found ? new Item(found)
            : item?.Text("resourceType") is { } resource
                ? new Nothing($"an item of Config's for {Line(resource)}, or without an id")
            : new Nothing($"\"{Line(notification.Text("messageType") ?? type)}\" of Config has no item");
    }

    private static Dictionary<string, string> ArgumentsOf(JsonElement root)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var holder in (JsonElement?[])[root, root.Member("arguments")])
        {
            if (holder is not { ValueKind: JsonValueKind.Object } given)
            {
                continue;
            }

            foreach (var member in given.EnumerateObject())
            {
                var value =
                    member.Value.ValueKind == JsonValueKind.Array
                        ? string.Join(
                            ',',
                            member.Value.EnumerateArray().Select(static e => e.AsText()).OfType<string>()
                        )
                        : member.Value.AsText();
                if (member.Name != "command" && value is { Length: > 0 })
                {
                    arguments[member.Name] = value;
                }
            }
        }

        return arguments;
    }

    private static string Line(string? text) => Readable.Line(text, 100) ?? "";
}
