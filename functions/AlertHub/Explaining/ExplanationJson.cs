using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Routing;

namespace AlertHub.Explaining;

/// <summary>An explanation as JSON, for programs: what <see cref="ExplanationText"/> says, under names.</summary>
public static class ExplanationJson
{
    // For terminals and pages that escape for themselves; it is not put into HTML here.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Render(IBufferWriter<byte> body, IEnumerable<Explanation> explanations)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartArray();
        foreach (var explanation in explanations)
        {
            Render(json, explanation);
        }

        json.WriteEndArray();
    }

    /// <summary>As a value where one may stand, such as an item of a list.</summary>
    public static void Render(Utf8JsonWriter json, Explanation explanation)
    {
        var alert = explanation.Alert;
        json.WriteStartObject();
        json.WriteString("fingerprint", alert.Labels.FingerprintText);
        Labels(json, "labels", alert.Labels);
        json.WriteString("status", alert.IsFiring(explanation.Now) ? "firing" : "resolved");
        Time(json, "startsAt", alert.Alert.StartsAt);
        Time(json, "endsAt", alert.Alert.EndsAt);
        json.WritePropertyName("routes");
        Visit(json, explanation.Routes);
        Mute(json, explanation);
        json.WriteStartArray("groups");
        foreach (var group in explanation.Groups)
        {
            Group(json, group, alert);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Mute(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("inhibitedBy");
        foreach (var (source, rule) in explanation.Mute.InhibitedBy)
        {
            json.WriteStartObject();
            json.WriteString("fingerprint", source.Labels.FingerprintText);
            Labels(json, "labels", source.Labels);
            json.WriteString("rule", rule.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("silencedBy");
        foreach (var silence in explanation.Silences)
        {
            json.WriteStartObject();
            json.WriteString("id", silence.Id);
            json.WriteString("createdBy", silence.CreatedBy);
            json.WriteString("comment", silence.Comment);
            Time(json, "endsAt", silence.EndsAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Visit(Utf8JsonWriter json, RouteVisit visit)
    {
        json.WriteStartObject();
        json.WriteString("route", visit.Route.Id);
        json.WriteNumber("line", visit.Route.Line);
        json.WriteString("receiver", visit.Route.Options.Receiver);
        json.WriteString(
            "outcome",
            visit.Outcome switch
            {
                RouteOutcome.Reached => "reached",
                RouteOutcome.PassedOn => "matched",
                RouteOutcome.Refused => "refused",
                _ => "notAsked",
            }
        );
        if (visit.Outcome is RouteOutcome.Refused(var matcher, var value))
        {
            json.WriteString("matcher", matcher.ToString());
            json.WriteString("value", value);
        }

        json.WriteStartArray("routes");
        foreach (var child in visit.Children)
        {
            Visit(json, child);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter json, GroupExplanation group, TrackedAlert alert)
    {
        var options = group.Route.Options;
        json.WriteStartObject();
        json.WriteString("groupKey", group.Id.Key);
        json.WriteString("receiver", group.Id.Receiver);
        json.WriteString("route", group.Route.Id);
        json.WriteNumber("groupWaitSeconds", options.GroupWait.TotalSeconds);
        json.WriteNumber("groupIntervalSeconds", options.GroupInterval.TotalSeconds);
        json.WriteNumber("repeatIntervalSeconds", options.RepeatInterval.TotalSeconds);
        json.WriteStartArray("mutedBy");
        foreach (var interval in group.TimeMute?.Intervals ?? [])
        {
            json.WriteStringValue(interval);
        }

        json.WriteEndArray();
        if (group.Group is { } stored)
        {
            json.WriteNumber("alerts", stored.Alerts.Count);
            json.WriteBoolean("hasFlushed", stored.HasFlushed);
            Time(json, "nextFlush", group.Next is null ? null : stored.Due);
            json.WriteStartArray("integrations");
            var integrations =
                group.Next?.Integrations.Select(static integration => integration.Id)
                ?? stored.Deliveries.Select(static delivery => delivery.Integration);
            foreach (var id in integrations)
            {
                Integration(json, id, group.Next, stored, alert);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Integration(
        Utf8JsonWriter json,
        IntegrationId id,
        Flush? next,
        Group stored,
        TrackedAlert alert
    )
    {
        var told = stored.Announcement(id);
        json.WriteStartObject();
        json.WriteString("integration", id.ToString());
        json.WriteString(
            "told",
            told is null ? "nothing"
                : told.Open.Contains(alert.Fingerprint) ? "firing"
                : told.Resolved.Contains(alert.Fingerprint) ? "resolved"
                : "otherAlerts"
        );
        // Before all time: it only may have been told something.
        Time(json, "toldAt", told?.Timestamp > DateTimeOffset.MinValue ? told.Timestamp : null);
        if (stored.Delivery(id) is { } delivery)
        {
            Delivery(json, delivery);
        }

        if (next is not null)
        {
            Flush(
                json,
                next.Integrations.First(each => each.Id == id),
                next,
                alert,
                waits: stored.Delivery(id) is { IsDead: false, IsShown: false }
            );
        }

        json.WriteEndObject();
    }

    private static void Delivery(Utf8JsonWriter json, Delivery delivery)
    {
        json.WriteStartObject("delivery");
        json.WriteString("reason", delivery.Reason.Text());
        json.WriteNumber("alerts", delivery.Alerts.Count);
        Time(json, "since", delivery.Since);
        json.WriteNumber("attempts", delivery.Attempts);
        json.WriteNumber("mayHaveArrived", delivery.Ambiguous);
        Time(json, "nextAttempt", delivery.IsDead ? null : delivery.Due);
        Time(json, "leasedUntil", delivery.Lease?.Until);
        json.WriteString("objection", delivery.Objection);
        Time(json, "deadSince", delivery.DiedAt);
        json.WriteEndObject();
    }

    private static void Flush(Utf8JsonWriter json, IntegrationFlush flush, Flush next, TrackedAlert alert, bool waits)
    {
        var decision = flush.Decision;
        json.WriteStartObject("atNextFlush");
        json.WriteBoolean("tells", decision is Decision.Tell);
        json.WriteBoolean("shows", flush.Shows is not null);
        switch (decision)
        {
            case Decision.Tell tell:
                json.WriteBoolean("tellsOfIt", tell.Alerts.Any(told => told.Labels.Equals(alert.Labels)));
                json.WriteString("reason", tell.Reason.Text());
                break;
            case Decision.Keep keep:
                json.WriteString(
                    "because",
                    waits && keep.Because is Silent.NothingNew
                        ? "waitsAlready"
                        : JsonNamingPolicy.CamelCase.ConvertName(keep.Because.ToString())
                );
                Time(json, "repeatsAt", keep.RepeatAt is { } at ? next.TickFrom(at) : null);
                break;
        }

        json.WriteEndObject();
    }

    private static void Labels(Utf8JsonWriter json, string name, Labels labels)
    {
        json.WriteStartObject(name);
        foreach (var (label, value) in labels)
        {
            json.WriteString(label, value);
        }

        json.WriteEndObject();
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            json.WriteString(name, given.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
