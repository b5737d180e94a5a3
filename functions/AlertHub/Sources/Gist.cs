using System.Text.Json;

namespace AlertHub.Sources;

/// <summary>
/// Of JSON that nobody knows, what by its name looks like what a person asks first. The member nearest to the root counts; of those the
/// first name in the list.
/// </summary>
internal sealed record Gist
{
    /// <summary>Deeper than that a title is that of something else.</summary>
    private const int MostDepth = 3;

    /// <summary>A document of more members than that is no message, and looking through it would take its time.</summary>
    private const int MostMembers = 500;

    private static readonly string[] Titles =
    [
        "detailtype",
        "title",
        "subject",
        "headline",
        "alertname",
        "eventname",
        "event",
        "name",
        "summary",
        "text",
        "message",
    ];

    private static readonly string[] Texts =
    [
        "summary",
        "message",
        "description",
        "text",
        "reason",
        "error",
        "errormessage",
        "details",
    ];

    private static readonly string[] States =
    [
        "newstate",
        "newstatevalue",
        "state",
        "status",
        "result",
        "outcome",
        "conclusion",
    ];

    private static readonly string[] Severities = ["severity", "priority", "level", "loglevel", "urgency"];

    private static readonly string[] Resources =
    [
        "resource",
        "resourcename",
        "resourceid",
        "resourcearn",
        "host",
        "hostname",
        "instance",
        "instanceid",
        "node",
        "service",
        "servicename",
        "cluster",
        "database",
        "queue",
        "job",
        "project",
        "repository",
        "application",
        "app",
        "environment",
    ];

    private static readonly string[] Times =
    [
        "time",
        "timestamp",
        "eventtime",
        "datetime",
        "startsat",
        "starttime",
        "createdat",
        "date",
    ];

    private static readonly string[] Links =
    [
        "url",
        "link",
        "href",
        "htmlurl",
        "weburl",
        "consoleurl",
        "dashboardurl",
        "detailsurl",
        "permalink",
    ];

    public string? Title { get; private init; }

    /// <summary>More than the title; null where there is no more.</summary>
    public string? Text { get; private init; }

    public string? State { get; private init; }

    public string? Severity { get; private init; }

    public string? Resource { get; private init; }

    public DateTimeOffset? At { get; private init; }

    public Uri? Link { get; private init; }

    public static Gist Of(JsonElement root)
    {
        (int Depth, string Name, string Text)[] members = [.. Members(root).Take(MostMembers)];
        var title = First(Titles);
        var text = First([.. Texts.Where(name => name != title.Name)]).Text;
        return new()
        {
            Title = title.Text,
            Text = text == title.Text ? null : text,
            State = First(States, IsWord).Text,
            Severity = First(Severities, IsWord).Text?.ToLowerInvariant(),
            Resource = First(Resources).Text,
            At = Timestamp.Parse(First(Times, static value => Timestamp.Parse(value) is not null).Text),
            Link = First(Links, IsAddress).Text is { } link ? new(link) : null,
        };

        (string? Name, string? Text) First(string[] names, Func<string, bool>? fits = null) =>
            members
                .Where(member => names.Contains(member.Name) && fits?.Invoke(member.Text) != false)
                .OrderBy(member => (member.Depth, Array.IndexOf(names, member.Name)))
                .Select(static member => ((string?)member.Name, (string?)member.Text))
                .FirstOrDefault();
    }

    /// <summary>A state is a word or two, and no number.</summary>
    private static bool IsWord(string value) =>
        value.Length <= 30 && value.Any(char.IsLetter) && value is not ("true" or "false");

    private static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>The members level by level, by name in letters alone: <c>detail-type</c> and <c>detailType</c> are one.</summary>
    private static IEnumerable<(int Depth, string Name, string Text)> Members(JsonElement root)
    {
        List<JsonElement> level = [root];
        for (var depth = 0; depth < MostDepth && level.Count > 0; depth++)
        {
            List<JsonElement> next = [];
            foreach (var element in level.Where(static each => each.ValueKind == JsonValueKind.Object))
            {
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Value.AsText() is { } text)
                    {
                        yield return (depth, string.Concat(member.Name.Where(char.IsLetter)).ToLowerInvariant(), text);
                    }
                    else
                    {
                        next.Add(member.Value);
                    }
                }
            }

            level = next;
        }
    }
}
