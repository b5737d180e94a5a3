using System.Text.Json;
using System.Web;

namespace Hosts.Tests.Support;

/// <summary>
/// Slack's external upload: a form asks where to send a file, its bytes are sent there, and JSON shows it
/// (docs.slack.dev/reference/methods/files.getUploadURLExternal and files.completeUploadExternal, 2026-11).
/// </summary>
internal sealed class SlackFilesState
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Length, byte[]? Bytes)> files = [];
    private readonly List<SharedFile> shared = [];

    /// <summary>What every method answers from now on; null for what is right.</summary>
    public string? Objection { get; set; }

    /// <summary>Those that are shown, in order.</summary>
    public IReadOnlyList<SharedFile> Shared
    {
        get
        {
            lock (gate)
            {
                return [.. shared];
            }
        }
    }

    public SlackAnswer.Status Expect(string body, Uri server)
    {
        var form = HttpUtility.ParseQueryString(body);
        lock (gate)
        {
            if (Objection is { } objection)
            {
                return Error(objection);
            }

            if (string.IsNullOrEmpty(form["filename"]) || !int.TryParse(form["length"], out var length) || length <= 0)
            {
                return Error("invalid_arguments");
            }

            var id = $"F0{files.Count + 1:0000}";
            files[id] = (length, null);
            return Ok(new() { ["upload_url"] = $"{new Uri(server, $"upload/{id}")}", ["file_id"] = id });
        }
    }

    public bool Take(string id, byte[] bytes)
    {
        lock (gate)
        {
            if (!files.TryGetValue(id, out var file) || file.Length != bytes.Length)
            {
                return false;
            }

            files[id] = (file.Length, bytes);
            return true;
        }
    }

    public SlackAnswer.Status Share(JsonElement json, Func<string?, string?, bool> isMessage)
    {
        var first = json.GetProperty("files")[0];
        var (id, title) = (first.GetProperty("id").GetString()!, first.GetProperty("title").GetString()!);
        var (channel, thread) = (json.GetProperty("channel_id").GetString(), json.GetProperty("thread_ts").GetString());
        lock (gate)
        {
            if (Objection is { } objection)
            {
                return Error(objection);
            }

            if (!files.TryGetValue(id, out var file) || file.Bytes is not { } bytes)
            {
                return Error("file_not_found");
            }

            if (!isMessage(channel, thread))
            {
                return Error("invalid_thread_ts");
            }

            shared.Add(
                new()
                {
                    Channel = channel!,
                    Thread = thread!,
                    Title = title,
                    Bytes = bytes,
                }
            );
            return Ok([]);
        }
    }

    private static SlackAnswer.Status Ok(Dictionary<string, object> members) =>
        new(200, JsonSerializer.Serialize(new Dictionary<string, object>(members) { ["ok"] = true }));

    private static SlackAnswer.Status Error(string code) => (SlackAnswer.Status)SlackAnswer.Error(code);
}

internal sealed record SharedFile
{
    /// <summary>Where it is shown.</summary>
    public required string Channel { get; init; }

    /// <summary>In the thread of this message.</summary>
    public required string Thread { get; init; }

    public required string Title { get; init; }

    /// <summary>As they were sent.</summary>
    public required byte[] Bytes { get; init; }
}
