using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Grouping;

namespace AlertHub.Storing.Rows;

/// <summary>
/// The difference between two states as it is stored: <see cref="Body"/>, a JSON object, and <see cref="Heartbeats"/>.
/// <see cref="Replay"/> makes the later state of the earlier one and these.
/// </summary>
public sealed class RowWriter : IDisposable
{
    /// <summary>The edition of what stands in rows; a program refuses those of a later one.</summary>
    public const int Edition = 2;

    private readonly ArrayBufferWriter<byte> body = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> heartbeats = new();
    private readonly Utf8JsonWriter json;
    private string? section;

    public RowWriter() =>
        json = new(
            body,
            // It is read by no browser.
            new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
        );

    /// <summary>Empty where nothing has to be told but heartbeats.</summary>
    public ReadOnlyMemory<byte> Body => body.WrittenMemory;

    public ReadOnlyMemory<byte> Heartbeats => heartbeats.WrittenMemory;

    /// <summary>Whether there is more than may get lost in a crash: heartbeats, and who was about to send what.</summary>
    public bool IsLasting { get; private set; }

    public void Clear()
    {
        body.ResetWrittenCount();
        heartbeats.ResetWrittenCount();
        json.Reset();
        (section, IsLasting) = (null, false);
    }

    /// <summary>One row of its own: all where <paramref name="touched"/> says that the two states may differ.</summary>
    public Row Row(HubState before, HubState after, Touched touched)
    {
        Clear();
        Write(before, after, touched);
        End();
        return new(Body.ToArray(), Heartbeats.ToArray());
    }

    public void Write(Absence absence)
    {
        Begin("absence");
        json.WriteStringValue(absence.From);
        json.WriteStringValue(absence.To);
        IsLasting = true;
    }

    /// <summary>All where <paramref name="touched"/> says that the two states may differ.</summary>
    public void Write(HubState before, HubState after, Touched touched)
    {
        WriteAlerts(before, after, touched);
        WriteGroups(before, after, touched);
        foreach (var id in touched.Silences)
        {
            if (after.Silences.Find(id) is { } silence)
            {
                Begin("silences");
                json.Write(silence);
            }
        }

        foreach (var id in touched.Silences.Where(id => after.Silences.Find(id) is null))
        {
            Begin("goneSilences");
            json.WriteStringValue(id);
        }

        foreach (var id in touched.Messages)
        {
            if (after.Messages.TryGetValue(id, out var came))
            {
                Begin("messages");
                json.WriteStartArray();
                json.WriteStringValue(id);
                json.WriteStringValue(came);
                json.WriteEndArray();
            }
        }

        foreach (var id in touched.Messages.Where(id => !after.Messages.ContainsKey(id)))
        {
            Begin("goneMessages");
            json.WriteStringValue(id);
        }

        IsLasting |= touched.Silences.Count + touched.Messages.Count > 0;
    }

    /// <summary>To be called after the last part.</summary>
    public void End()
    {
        if (section is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.Flush();
    }

    public void Dispose() => json.Dispose();

    private void WriteAlerts(HubState before, HubState after, Touched touched)
    {
        List<ulong>? gone = null;
        foreach (var fingerprint in touched.Alerts)
        {
            var was = before.Alerts.Find(fingerprint);
            if (!after.Alerts.TryGetValue(fingerprint, out var alert))
            {
                if (was is not null)
                {
                    (gone ??= []).Add(fingerprint);
                }
            }
            else if (MemberChanges.IsPut(was, alert))
            {
                Begin("alerts");
                json.Write(alert);
                IsLasting = true;
            }
            else if (!ReferenceEquals(was, alert))
            {
                Heartbeat.Of(alert).Write(heartbeats.GetSpan(Heartbeat.Size));
                heartbeats.Advance(Heartbeat.Size);
            }
        }

        foreach (var fingerprint in gone ?? [])
        {
            Begin("goneAlerts");
            json.WriteFingerprint(fingerprint);
            IsLasting = true;
        }
    }

    private void WriteGroups(HubState before, HubState after, Touched touched)
    {
        List<GroupId>? gone = null;
        foreach (var (id, fingerprints) in touched.Groups)
        {
            var was = before.Find(id);
            if (after.Find(id) is not { } group)
            {
                if (was is not null)
                {
                    (gone ??= []).Add(id);
                }

                continue;
            }

            var members = MemberChanges.Between(was, group, (before.Alerts, after.Alerts), fingerprints);
            var isLasting = was is null || !members.IsEmpty || IsLastingBetween(was, group);
            if (isLasting || was?.Deliveries.SequenceEqual(group.Deliveries) == false)
            {
                Begin("groups");
                json.Write(was, group, members, after.Alerts);
                IsLasting |= isLasting;
            }
        }

        foreach (var id in gone ?? [])
        {
            Begin("goneGroups");
            json.WriteStartObject();
            json.Write(id);
            json.WriteEndObject();
            IsLasting = true;
        }
    }

    /// <summary>That somebody sends is void after a crash, and how often it was tried is no matter.</summary>
    private static bool IsLastingBetween(Group before, Group after) =>
        (before.Due, before.HasFlushed) != (after.Due, after.HasFlushed)
        || !before.Announcements.SequenceEqual(after.Announcements)
        || before.Deliveries.Count != after.Deliveries.Count
        || before
            .Deliveries.Zip(after.Deliveries)
            .Any(static pair =>
                !ReferenceEquals(pair.First, pair.Second)
                && pair.First with { Lease = pair.Second.Lease, Attempts = pair.Second.Attempts } != pair.Second
            );

    private void Begin(string name)
    {
        if (section == name)
        {
            return;
        }

        if (section is null)
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Edition);
        }
        else
        {
            json.WriteEndArray();
        }

        json.WriteStartArray(name);
        section = name;
    }
}
