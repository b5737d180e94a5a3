using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Notifying;

namespace AlertHub.Storing.Rows;

/// <summary>A group while rows are read: what <see cref="GroupWriter"/> wrote, one after the other.</summary>
/// <param name="followers">Of each alert the groups that follow what the hub knows of it.</param>
/// <param name="keepsLeases">Whether who held a lease may still be there.</param>
internal sealed class StoredGroup(Dictionary<ulong, List<StoredGroup>> followers, bool keepsLeases)
{
    /// <summary>Null for one that follows what the hub knows.</summary>
    private readonly Dictionary<ulong, TrackedAlert?> members = [];
    private List<Announcement> announcements = [];
    private List<Delivery> deliveries = [];
    private DateTimeOffset due;
    private bool hasFlushed;
    private long version;

    public Group Group(GroupId id, IReadOnlyDictionary<ulong, TrackedAlert> alerts) =>
        new()
        {
            Id = id,
            Alerts = AlertMap.Of(members.Select(member => member.Value ?? alerts[member.Key])),
            Announcements = announcements,
            Deliveries = deliveries,
            Due = due,
            HasFlushed = hasFlushed,
            Version = version,
        };

    public void Apply(JsonElement json, IReadOnlyDictionary<ulong, TrackedAlert> alerts, Func<string, string> shared)
    {
        version = json.GetProperty("version"u8).GetInt64();
        due = json.GetProperty("due"u8).GetDateTimeOffset();
        hasFlushed = json.GetProperty("flushed"u8).GetBoolean();
        foreach (var fingerprint in Fingerprints(json, "joined"u8))
        {
            if (!followers.TryGetValue(fingerprint, out var groups))
            {
                followers[fingerprint] = groups = new(1);
            }

            if (!members.TryGetValue(fingerprint, out var member) || member is not null)
            {
                groups.Add(this);
            }

            members[fingerprint] = null;
        }

        foreach (var fingerprint in Fingerprints(json, "left"u8))
        {
            Stay(fingerprint);
            members.Remove(fingerprint);
        }

        if (json.TryGetProperty("copies"u8, out var copies))
        {
            foreach (var each in copies.EnumerateArray())
            {
                var copy = each.TrackedAlert(shared);
                Stay(copy.Fingerprint);
                members[copy.Fingerprint] = copy;
            }
        }

        if (json.TryGetProperty("announcements"u8, out var told))
        {
            announcements = [.. told.EnumerateArray().Select(Announcement)];
        }

        if (json.TryGetProperty("deliveries"u8, out var waiting))
        {
            deliveries =
            [
                .. (json.TryGetProperty("shows"u8, out var shown) ? (JsonElement[])[waiting, shown] : [waiting])
                    .SelectMany(static array => array.EnumerateArray())
                    .Select(each => Delivery(each, alerts, shared)),
            ];
        }
    }

    /// <summary>From now on the group has a copy of its own.</summary>
    public void Keep(TrackedAlert alert) => members[alert.Fingerprint] = alert;

    /// <summary>The group is gone.</summary>
    public void Leave()
    {
        foreach (var fingerprint in members.Keys)
        {
            Stay(fingerprint);
        }
    }

    private void Stay(ulong fingerprint)
    {
        if (members.TryGetValue(fingerprint, out var member) && member is null)
        {
            followers[fingerprint].Remove(this);
        }
    }

    /// <summary>Whether it changed anything.</summary>
    public bool Apply(Absence absence)
    {
        var concerned = false;
        foreach (var (fingerprint, copy) in members)
        {
            if (copy is not null && absence.Concerns(copy))
            {
                members[fingerprint] = absence.Bridge(copy);
                concerned = true;
            }
        }

        return concerned;
    }

    private Announcement Announcement(JsonElement json)
    {
        var integration = Integration(json);
        return json.TryGetProperty("at"u8, out _)
            ? Announcement(json, integration)
            : announcements.First(known => known.Integration == integration);
    }

    private Announcement Announcement(JsonElement json, IntegrationId integration) =>
        new()
        {
            Integration = integration,
            Timestamp = json.GetProperty("at"u8).GetDateTimeOffset(),
            Firing = Set(json, "firing"u8),
            Resolved = Set(json, "resolved"u8),
            Open = Set(json, "open"u8),
            Muted = json.TryGetProperty("muted"u8, out var muted) ? [.. muted.EnumerateArray().Select(Muted)] : [],
            Receipt = json.TryGetProperty("receipt"u8, out var receipt) ? receipt.GetString() : null,
        };

    private MutedAlerts Muted(JsonElement json) =>
        new()
        {
            Alerts = Set(json, "alerts"u8),
            SilencedBy = json.GetProperty("by"u8).GetString() ?? "",
            Comment = json.GetProperty("comment"u8).GetString() ?? "",
            Until = json.Time("until"u8),
        };

    private Delivery Delivery(
        JsonElement json,
        IReadOnlyDictionary<ulong, TrackedAlert> alerts,
        Func<string, string> shared
    )
    {
        var integration = Integration(json);
        var number = json.GetProperty("number"u8).GetInt64();
        var known = deliveries.Find(each => each.Integration == integration);
        var (reason, now, routeLabels, told) =
            json.TryGetProperty("now"u8, out var at) ? Told(json, at.GetDateTimeOffset(), alerts, shared)
            : known is not null ? (known.Reason, known.Now, known.RouteLabels, known.Alerts)
            : throw new FormatException($"delivery {number} says nothing");
        return new()
        {
            Integration = integration,
            Number = number,
            Reason = reason,
            Now = now,
            RouteLabels = routeLabels,
            Alerts = told,
            Announcement = json.TryGetProperty("announcement"u8, out var announcement)
                ? Announcement(announcement, integration)
                : known?.Announcement ?? throw new FormatException($"delivery {number} says nothing"),
            Since = json.GetProperty("since"u8).GetDateTimeOffset(),
            Due = json.GetProperty("due"u8).GetDateTimeOffset(),
            Attempts = json.GetProperty("attempts"u8).GetInt32(),
            Ambiguous = json.GetProperty("ambiguous"u8).GetInt32(),
            Objection = json.TryGetProperty("objection"u8, out var objection) ? objection.GetString() : null,
            DiedAt = json.Time("died"u8),
            Lease =
                keepsLeases && json.TryGetProperty("lease"u8, out var lease)
                    ? new(lease[0].GetInt64(), lease[1].GetDateTimeOffset())
                    : null,
        };
    }

    private (NotificationReason Reason, DateTimeOffset Now, Labels RouteLabels, IReadOnlyList<Alert> Alerts) Told(
        JsonElement json,
        DateTimeOffset now,
        IReadOnlyDictionary<ulong, TrackedAlert> alerts,
        Func<string, string> shared
    ) =>
        (
            Enum.TryParse<NotificationReason>(json.GetProperty("reason"u8).GetString(), out var reason)
                ? reason
                : NotificationReason.None,
            now,
            json.Labels("routeLabels"u8, shared),
            [
                .. Set(json, "told"u8)
                    .Select(fingerprint => alerts[fingerprint].AsTold(now))
                    .Concat(
                        json.GetProperty("alerts"u8)
                            .EnumerateArray()
                            .Select(each =>
                                // Edition 1 had all of them here.
                                each.ValueKind == JsonValueKind.String
                                    ? alerts[each.Fingerprint()].AsTold(now)
                                    : each.Alert(shared)
                            )
                    )
                    .OrderBy(static alert => alert.Labels, AlertOrder.Labels),
            ]
        );

    private static IntegrationId Integration(JsonElement json) =>
        new(json.GetProperty("kind"u8).GetString() ?? "", json.GetProperty("index"u8).GetInt32());

    private FingerprintSet Set(JsonElement json, ReadOnlySpan<byte> name) =>
        !json.TryGetProperty(name, out var set) ? FingerprintSet.Empty
        : set.ValueKind == JsonValueKind.Array ? FingerprintSet.Of(Fingerprints(json, name))
        : FingerprintSet.Of(members.Keys.Except(Fingerprints(set, "but"u8)).Concat(Fingerprints(set, "and"u8)));

    private static IEnumerable<ulong> Fingerprints(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var array)
            ? array.EnumerateArray().Select(static each => each.Fingerprint())
            : [];
}
