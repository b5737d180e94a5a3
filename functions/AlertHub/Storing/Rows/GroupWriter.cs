using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Grouping;

namespace AlertHub.Storing.Rows;

/// <summary>
/// What became of a group, as it is stored: its members by fingerprint, as long as they are what the hub knows of these
/// alerts; of what it has been told and what waits, only what changed. So a group of ten thousand costs what is new.
/// </summary>
internal static class GroupWriter
{
    public static void Write(this Utf8JsonWriter json, GroupId id)
    {
        json.WriteString("receiver"u8, id.Receiver);
        json.WriteString("route"u8, id.RouteKey);
        json.Write("labels"u8, id.Labels);
    }

    /// <param name="json">Where to.</param>
    /// <param name="before">Null where there was none.</param>
    /// <param name="after">What it became.</param>
    /// <param name="members">How its alerts changed.</param>
    /// <param name="alerts">What the hub knows then.</param>
    public static void Write(
        this Utf8JsonWriter json,
        Group? before,
        Group after,
        MemberChanges members,
        AlertMap alerts
    )
    {
        json.WriteStartObject();
        json.Write(after.Id);
        json.WriteNumber("version"u8, after.Version);
        json.WriteString("due"u8, after.Due);
        json.WriteBoolean("flushed"u8, after.HasFlushed);
        json.Write("joined"u8, members.Joined);
        json.Write("left"u8, members.Left);
        if (members.Copies.Count > 0)
        {
            json.WriteStartArray("copies"u8);
            foreach (var copy in members.Copies)
            {
                json.Write(copy);
            }

            json.WriteEndArray();
        }

        if (before is null ? after.Announcements.Count > 0 : !before.Announcements.SequenceEqual(after.Announcements))
        {
            json.WriteStartArray("announcements"u8);
            foreach (var announcement in after.Announcements)
            {
                json.WriteStartObject();
                json.Write(announcement.Integration);
                if (before?.Announcement(announcement.Integration) != announcement)
                {
                    json.Write(announcement, after);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (before is null ? after.Deliveries.Count > 0 : !before.Deliveries.SequenceEqual(after.Deliveries))
        {
            json.Write("deliveries"u8, after.Deliveries.Where(static each => !each.IsShown), before, after, alerts);
            if (after.Deliveries.Any(static each => each.IsShown))
            {
                // Whoever reads it and does not know of these is not to tell them.
                json.Write("shows"u8, after.Deliveries.Where(static each => each.IsShown), before, after, alerts);
            }
        }

        json.WriteEndObject();
    }

    private static void Write(
        this Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        IEnumerable<Delivery> deliveries,
        Group? before,
        Group after,
        AlertMap alerts
    )
    {
        json.WriteStartArray(name);
        foreach (var delivery in deliveries)
        {
            json.Write(before?.Delivery(delivery.Integration), delivery, after, alerts);
        }

        json.WriteEndArray();
    }

    private static void Write(this Utf8JsonWriter json, IntegrationId id)
    {
        json.WriteString("kind"u8, id.Kind);
        json.WriteNumber("index"u8, id.Index);
    }

    private static void Write(this Utf8JsonWriter json, Announcement announcement, Group group)
    {
        json.WriteString("at"u8, announcement.Timestamp);
        json.Write("firing"u8, announcement.Firing, group);
        json.Write("resolved"u8, announcement.Resolved, group);
        json.Write("open"u8, announcement.Open, group);
        if (announcement.Muted.Count > 0)
        {
            json.WriteStartArray("muted"u8);
            foreach (var muted in announcement.Muted)
            {
                json.WriteStartObject();
                json.Write("alerts"u8, muted.Alerts, group);
                json.WriteString("by"u8, muted.SilencedBy);
                json.WriteString("comment"u8, muted.Comment);
                if (muted.Until is { } until)
                {
                    json.WriteString("until"u8, until);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (announcement.Receipt is { } receipt)
        {
            json.WriteString("receipt"u8, receipt);
        }
    }

    private static void Write(
        this Utf8JsonWriter json,
        Delivery? before,
        Delivery delivery,
        Group group,
        AlertMap alerts
    )
    {
        json.WriteStartObject();
        json.Write(delivery.Integration);
        json.WriteNumber("number"u8, delivery.Number);
        json.WriteString("since"u8, delivery.Since);
        json.WriteString("due"u8, delivery.Due);
        json.WriteNumber("attempts"u8, delivery.Attempts);
        json.WriteNumber("ambiguous"u8, delivery.Ambiguous);
        if (delivery.Objection is { } objection)
        {
            json.WriteString("objection"u8, objection);
        }

        if (delivery.DiedAt is { } died)
        {
            json.WriteString("died"u8, died);
        }

        if (delivery.Lease is { } lease)
        {
            json.WriteStartArray("lease"u8);
            json.WriteNumberValue(lease.Token);
            json.WriteStringValue(lease.Until);
            json.WriteEndArray();
        }

        var isTold = IsToldAlike(before, delivery);
        if (!isTold)
        {
            json.WriteString("reason"u8, delivery.Reason.ToString());
            json.WriteString("now"u8, delivery.Now);
            json.Write("routeLabels"u8, delivery.RouteLabels);
            json.WriteTold(delivery, group, alerts);
        }

        if (!isTold || before?.Announcement != delivery.Announcement)
        {
            json.WriteStartObject("announcement"u8);
            json.Write(delivery.Announcement, group);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// Alerts are told in an order that follows from them, so it is enough to say which: those that are as the hub knows
    /// them by fingerprint, and the others in full.
    /// </summary>
    private static void WriteTold(this Utf8JsonWriter json, Delivery delivery, Group group, AlertMap alerts)
    {
        var (known, others) = (new List<ulong>(delivery.Alerts.Count), new List<Alert>());
        foreach (var alert in delivery.Alerts)
        {
            if (alerts.Find(alert.Labels.Fingerprint)?.AsTold(delivery.Now) == alert)
            {
                known.Add(alert.Labels.Fingerprint);
            }
            else
            {
                others.Add(alert);
            }
        }

        json.Write("told"u8, FingerprintSet.Of(known), group);
        json.WriteStartArray("alerts"u8);
        foreach (var alert in others)
        {
            json.Write(alert);
        }

        json.WriteEndArray();
    }

    /// <summary>Whether both say the same, as a delivery does from its first attempt to its last.</summary>
    private static bool IsToldAlike(Delivery? before, Delivery after) =>
        before is not null
        && (before.Number, before.Reason, before.Now) == (after.Number, after.Reason, after.Now)
        && before.RouteLabels.Equals(after.RouteLabels)
        && (ReferenceEquals(before.Alerts, after.Alerts) || before.Alerts.SequenceEqual(after.Alerts));

    /// <summary>Most sets are all of the group's alerts, or nearly: then it is said which they are not.</summary>
    private static void Write(this Utf8JsonWriter json, ReadOnlySpan<byte> name, FingerprintSet set, Group group)
    {
        if (set.Count == 0)
        {
            return;
        }

        List<ulong> and = [.. set.Where(fingerprint => !group.Alerts.ContainsKey(fingerprint))];
        var but = group.Alerts.Count - (set.Count - and.Count);
        if (and.Count + but >= set.Count)
        {
            json.Write(name, set);
            return;
        }

        json.WriteStartObject(name);
        json.Write("and"u8, and);
        json.Write("but"u8, [.. group.Alerts.Keys.Where(fingerprint => !set.Contains(fingerprint))]);
        json.WriteEndObject();
    }

    private static void Write(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ulong> fingerprints)
    {
        if (fingerprints.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var fingerprint in fingerprints)
        {
            json.WriteFingerprint(fingerprint);
        }

        json.WriteEndArray();
    }
}
