using System.Collections.Immutable;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing.Rows;

/// <summary>A state from what was stored, row by row in the order in which they were written.</summary>
/// <param name="keepsLeases">
/// Whether who held a lease may still be there: not where only one process ever uses the storage, and this one begins.
/// </param>
public sealed class Replay(bool keepsLeases = false)
{
    private readonly Dictionary<ulong, TrackedAlert> alerts = [];
    private readonly Dictionary<GroupId, StoredGroup> groups = [];
    private readonly Dictionary<ulong, List<StoredGroup>> followers = [];
    private readonly Dictionary<string, Silence> silences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>Inhibition is not in it: it follows from the rules.</summary>
    public HubState State()
    {
        var grouped = ImmutableDictionary.CreateBuilder<GroupId, Group>();
        foreach (var (id, group) in groups)
        {
            grouped[id] = group.Group(id, alerts);
        }

        return new()
        {
            Alerts = AlertMap.Of(alerts.Values),
            Groups = grouped.ToImmutable(),
            Silences = Silences.Of(silences.Values),
            Messages = HubState.Empty.Messages.AddRange(messages),
        };
    }

    /// <exception cref="FormatException">It is damaged, or of a later edition.</exception>
    public void Apply(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> heartbeats)
    {
        if (heartbeats.Length % Heartbeat.Size != 0)
        {
            throw new FormatException($"{heartbeats.Length} bytes of heartbeats are no whole number of them");
        }

        for (; heartbeats.Length > 0; heartbeats = heartbeats[Heartbeat.Size..])
        {
            var heartbeat = Heartbeat.Read(heartbeats);
            if (alerts.TryGetValue(heartbeat.Fingerprint, out var alert))
            {
                alerts[heartbeat.Fingerprint] = heartbeat.Apply(alert);
            }
        }

        if (!body.IsEmpty)
        {
            try
            {
                using var row = JsonDocument.Parse(body);
                Apply(row.RootElement);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new FormatException($"a row cannot be read: {e.Message}", e);
            }
        }
    }

    /// <summary>Whether it changed anything.</summary>
    public bool Apply(Absence absence)
    {
        var concerned = false;
        foreach (var (fingerprint, alert) in alerts)
        {
            if (absence.Concerns(alert))
            {
                alerts[fingerprint] = absence.Bridge(alert);
                concerned = true;
            }
        }

        foreach (var group in groups.Values)
        {
            concerned |= group.Apply(absence);
        }

        return concerned;
    }

    private void Apply(JsonElement row)
    {
        var edition = row.GetProperty("v"u8).GetInt32();
        if (edition > RowWriter.Edition)
        {
            throw new FormatException($"a row is of edition {edition}, this AlertHub knows {RowWriter.Edition}");
        }

        if (row.TryGetProperty("absence"u8, out var absence))
        {
            Apply(new Absence(absence[0].GetDateTimeOffset(), absence[1].GetDateTimeOffset()));
        }

        foreach (var each in Each(row, "alerts"u8))
        {
            Put(each.TrackedAlert(Shared));
        }

        foreach (var each in Each(row, "groups"u8))
        {
            var id = Id(each);
            if (!groups.TryGetValue(id, out var group))
            {
                groups[id] = group = new(followers, keepsLeases);
            }

            group.Apply(each, alerts, Shared);
        }

        foreach (var each in Each(row, "goneGroups"u8))
        {
            if (groups.Remove(Id(each), out var group))
            {
                group.Leave();
            }
        }

        // After the groups, which may have told of them.
        foreach (var each in Each(row, "goneAlerts"u8))
        {
            alerts.Remove(each.Fingerprint());
        }

        foreach (var each in Each(row, "silences"u8))
        {
            var silence = each.Silence();
            silences[silence.Id] = silence;
        }

        foreach (var each in Each(row, "goneSilences"u8))
        {
            silences.Remove(each.GetString() ?? "");
        }

        foreach (var each in Each(row, "messages"u8))
        {
            messages[each[0].GetString() ?? ""] = each[1].GetDateTimeOffset();
        }

        foreach (var each in Each(row, "goneMessages"u8))
        {
            messages.Remove(each.GetString() ?? "");
        }
    }

    /// <summary>Groups that it does not join again, further down in the row, stay with what they had.</summary>
    private void Put(TrackedAlert alert)
    {
        if (alerts.TryGetValue(alert.Fingerprint, out var before) && followers.Remove(alert.Fingerprint, out var had))
        {
            had.ForEach(group => group.Keep(before));
        }

        alerts[alert.Fingerprint] = alert;
    }

    private GroupId Id(JsonElement json) =>
        new()
        {
            Receiver = Shared(json.GetProperty("receiver"u8).GetString() ?? ""),
            RouteKey = Shared(json.GetProperty("route"u8).GetString() ?? ""),
            Labels = json.Labels("labels"u8, Shared),
        };

    private string Shared(string text) => texts.TryAdd(text, text) ? text : texts[text];

    private static JsonElement.ArrayEnumerator Each(JsonElement row, ReadOnlySpan<byte> name) =>
        row.TryGetProperty(name, out var array) ? array.EnumerateArray() : default;
}
