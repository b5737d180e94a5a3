using System.Globalization;
using System.Text.Json;

namespace Hosts.Tests.Support;

/// <summary>
/// Slack's Web API as a bot that writes messages sees it: chat.postMessage and chat.update with their rules and errors
/// (docs.slack.dev/reference/methods, 2026-11). What a change does not name stays as it was.
/// </summary>
internal sealed class SlackWorkspace
{
    private const int LongestChange = 4000;

    private readonly Lock gate = new();
    private readonly List<SlackChannelState> channels = [new("C0OPS", "ops"), new("C0OTHER", "other")];
    private readonly List<SlackMessageState> messages = [];

    /// <summary>Which the bot has to show.</summary>
    public string Token { get; } = $"xoxb-1-{Guid.NewGuid():N}";

    /// <summary>As they are shown now, in the order in which they came.</summary>
    public IReadOnlyList<SlackMessageState> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages.Where(static message => !message.IsDeleted)];
            }
        }
    }

    /// <summary>Those of their own, not in a thread.</summary>
    public IReadOnlyList<SlackMessageState> Roots => [.. Messages.Where(static message => message.ThreadTs is null)];

    public SlackChannelState Channel(string name) => channels.First(channel => channel.Name == name);

    public IReadOnlyList<SlackMessageState> Thread(SlackMessageState root) =>
        [.. Messages.Where(message => message.ThreadTs == root.Ts)];

    public SlackFilesState Files { get; } = new();

    public SlackAnswer.Status Call(string method, string? authorization, bool isJson, string body, Uri server)
    {
        lock (gate)
        {
            return authorization is null or "" ? Error("not_authed")
                : authorization != $"Bearer {Token}" ? Error("invalid_auth")
                : method == "files.getUploadURLExternal"
                    ? isJson ? Error("invalid_arguments")
                        : Files.Expect(body, server)
                : !isJson ? Error("invalid_post_type")
                : Read(body) is not { } json ? Error("invalid_json")
                : method switch
                {
                    "chat.postMessage" => Post(json, body),
                    "chat.update" => Update(json, body),
                    "files.completeUploadExternal" => Files.Share(
                        json,
                        (channel, ts) =>
                            messages.Exists(each => each.Channel == channel && each.Ts == ts && !each.IsDeleted)
                    ),
                    _ => Error("unknown_method"),
                };
        }
    }

    private SlackAnswer.Status Post(JsonElement json, string body)
    {
        var to = Text(json, "channel")?.TrimStart('#');
        if (channels.Find(each => each.Id == to || each.Name == to) is not { } channel)
        {
            return Error("channel_not_found");
        }

        var thread = Text(json, "thread_ts");
        var root = messages.Find(message => message.Channel == channel.Id && message.Ts == thread);
        var error =
            channel.Objection
            ?? (
                thread is null ? null
                : root is null ? "thread_not_found"
                : root.IsDeleted || root.ThreadTs is not null ? "cannot_reply_to_message"
                : root.IsLocked ? "restricted_action_thread_locked"
                : null
            )
            ?? BlockKit.Error(body);
        if (error is not null)
        {
            return Error(error);
        }

        var message = new SlackMessageState
        {
            Channel = channel.Id,
            Ts = string.Create(CultureInfo.InvariantCulture, $"1773457200.{messages.Count + 1:000000}"),
            ThreadTs = thread,
            IsBroadcast = json.TryGetProperty("reply_broadcast", out var broadcast) && broadcast.GetBoolean(),
        };
        message.Show(json);
        messages.Add(message);
        return Ok(message);
    }

    private SlackAnswer.Status Update(JsonElement json, string body)
    {
        // By its id alone.
        if (channels.Find(each => each.Id == Text(json, "channel")) is not { } channel)
        {
            return Error("channel_not_found");
        }

        var message = messages.Find(each => each.Channel == channel.Id && each.Ts == Text(json, "ts"));
        var error =
            channel.Objection
            ?? (
                message is null or { IsDeleted: true } ? "message_not_found"
                : message.Objection is not null ? message.Objection
                : Text(json, "text")?.Length > LongestChange ? "msg_too_long"
                : BlockKit.Error(body)
            );
        if (error is not null)
        {
            return Error(error);
        }

        message!.Show(json);
        return Ok(message);
    }

    private static SlackAnswer.Status Ok(SlackMessageState message) =>
        new(
            200,
            $$$"""{"ok":true,"channel":"{{{message.Channel}}}","ts":"{{{message.Ts}}}","message":{"type":"message"}}"""
        );

    private static SlackAnswer.Status Error(string code) => (SlackAnswer.Status)SlackAnswer.Error(code);

    private static JsonElement? Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}

/// <param name="Id">By which a change names it.</param>
/// <param name="Name">By which people do.</param>
internal sealed record SlackChannelState(string Id, string Name)
{
    /// <summary>The error to everything that is written there; null for none.</summary>
    public string? Objection { get; set; }
}

/// <summary>A message as it is shown.</summary>
internal sealed class SlackMessageState
{
    private readonly Dictionary<string, JsonElement> parts = [];

    public required string Channel { get; init; }

    public required string Ts { get; init; }

    /// <summary>Of the message to which it is a reply.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Whether a reply is shown in the channel, too.</summary>
    public bool IsBroadcast { get; init; }

    public bool IsDeleted { get; set; }

    /// <summary>Nobody may reply.</summary>
    public bool IsLocked { get; set; }

    /// <summary>The error to a change of it; null for none.</summary>
    public string? Objection { get; set; }

    public int Changes { get; private set; } = -1;

    public string Text => parts.TryGetValue("text", out var text) ? text.GetString()! : "";

    public string Colour =>
        parts.TryGetValue("attachments", out var attachments) && attachments.GetArrayLength() > 0
            ? attachments[0].GetProperty("color").GetString()!
            : "";

    /// <summary>All of it, as JSON.</summary>
    public string All => string.Join('\n', parts.Values);

    public void Show(JsonElement json)
    {
        Changes++;
        foreach (var name in (string[])["text", "blocks", "attachments"])
        {
            if (json.TryGetProperty(name, out var part))
            {
                parts[name] = part;
            }
        }
    }
}
