using System.Text.Json;

namespace AlertHub.Sources.Aws;

/// <summary>A kind of message that AWS sends.</summary>
/// <param name="Name">As <c>guardduty-finding</c>: the service, and what of it. Its samples are <c>events/aws/NAME*.json</c>.</param>
/// <param name="Read">What a message says; nothing where it is of another kind, or lacks what it would be told by.</param>
internal sealed record AwsKind(string Name, Func<AwsMessage, IReadOnlyList<AwsStory>> Read)
{
    /// <summary>Of the events of EventBridge that it knows, as they are spelt.</summary>
    public IReadOnlyCollection<string> DetailTypes { get; private init; } = [];

    /// <summary>Events of EventBridge.</summary>
    /// <param name="name">Of the kind.</param>
    /// <param name="source">Such as <c>aws.guardduty</c>.</param>
    /// <param name="detailTypes">As they are spelt.</param>
    /// <param name="tell">What one says; null where it lacks what it would be told by.</param>
    public static AwsKind OfEvent(
        string name,
        string source,
        IReadOnlyCollection<string> detailTypes,
        Func<AwsEvent, AwsStory?> tell
    ) => OfEvents(name, source, detailTypes, found => Only(tell(found)));

    /// <summary>Events of EventBridge that may tell of several things.</summary>
    public static AwsKind OfEvents(
        string name,
        string source,
        IReadOnlyCollection<string> detailTypes,
        Func<AwsEvent, IReadOnlyList<AwsStory>> tell
    ) =>
        new(
            name,
            message =>
                message.Event is { } found && found.Source == source && detailTypes.Contains(found.DetailType)
                    ? tell(found)
                    : []
        )
        {
            DetailTypes = detailTypes,
        };

    /// <summary>Events of EventBridge that have more than one source.</summary>
    public static AwsKind OfAnySource(
        string name,
        IReadOnlyCollection<string> detailTypes,
        Func<AwsEvent, AwsStory?> tell
    ) =>
        new(
            name,
            message => message.Event is { } found && detailTypes.Contains(found.DetailType) ? Only(tell(found)) : []
        )
        {
            DetailTypes = detailTypes,
        };

    /// <summary>What a service sends as an event of EventBridge, and the event's detail alone to a topic.</summary>
    public static AwsKind OfEither(
        string name,
        string source,
        IReadOnlyCollection<string> detailTypes,
        Func<JsonElement, AwsStory?> tell
    )
    {
        var ofEvent = OfEvent(name, source, detailTypes, found => tell(found.Detail));
        var ofJson = OfJson(name, (root, _) => tell(root));
        return ofEvent with { Read = message => message.Event is null ? ofJson.Read(message) : ofEvent.Read(message) };
    }

    /// <summary>JSON that a service publishes to a topic by itself.</summary>
    public static AwsKind OfJson(string name, Func<JsonElement, AwsMessage, AwsStory?> tell) =>
        new(name, message => message is { Root: { } root, Event: null } ? Only(tell(root, message)) : []);

    /// <summary>Text that a service publishes to a topic by itself.</summary>
    public static AwsKind OfText(string name, Func<string, AwsMessage, AwsStory?> tell) =>
        new(name, message => message.Text.Length > 0 ? Only(tell(message.Text, message)) : []);

    /// <summary>The same, where the service publishes it to a topic as JSON, too.</summary>
    public AwsKind OrJson(Func<JsonElement, AwsMessage, AwsStory?> tell) => Or(OfJson(Name, tell));

    /// <summary>The same, where the service publishes it to a topic as text, too.</summary>
    public AwsKind OrText(Func<string, AwsMessage, AwsStory?> tell) => Or(OfText(Name, tell));

    private AwsKind Or(AwsKind other) =>
        this with
        {
            Read = message => Read(message) is [_, ..] stories ? stories : other.Read(message),
        };

    private static IReadOnlyList<AwsStory> Only(AwsStory? story) => story is null ? [] : [story];
}
