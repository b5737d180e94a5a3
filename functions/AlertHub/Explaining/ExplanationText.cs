using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Routing;
using AlertHub.Text;

namespace AlertHub.Explaining;

/// <summary>An explanation as plain text, for a terminal.</summary>
public static class ExplanationText
{
    public static string Render(Explanation explanation)
    {
        var text = new StringBuilder();
        var alert = explanation.Alert;
        var firing = alert.IsFiring(explanation.Now);
        text.Append(Invariant($"{alert.Labels}\n  fingerprint {Hex(alert.Fingerprint)}, "))
            .Append(Invariant($"{(firing ? "firing" : "resolved")}, started {Time(alert.Alert.StartsAt)}"))
            .Append(
                alert.Alert.EndsAt is not { } end ? ", lasts until its producer says that it has ended"
                : !firing ? $", ended {Time(end)}"
                : alert.IsTimeout ? $", counts as ended at {Time(end)} unless it is sent again"
                : $", ends {Time(end)} unless its producer says otherwise"
            )
            .Append("\n\nRoutes:\n");
        AppendVisit(text, explanation.Routes, depth: 1);
        text.Append("\nMuted:\n");
        AppendMute(text, explanation);
        foreach (var group in explanation.Groups)
        {
            AppendGroup(text, group, explanation);
        }

        return text.ToString();
    }

    private static void AppendVisit(StringBuilder text, RouteVisit visit, int depth)
    {
        var matchers = $"{{{string.Join(',', visit.Route.Matchers)}}}";
        var outcome = visit.Outcome switch
        {
            RouteOutcome.Reached => $"reached: receiver \"{visit.Route.Options.Receiver}\"",
            RouteOutcome.PassedOn => "matched",
            RouteOutcome.Refused(var matcher, null) => $"no: the alert has no label \"{matcher.Name}\" ({matcher})",
            RouteOutcome.Refused(var matcher, var value) =>
                $"no: {matcher.Name} is {GoString.Quote(value)} ({matcher})",
            _ => "not asked: a route before it matched and does not say continue",
        };
        var line = visit.Route.Line > 0 ? $" (line {visit.Route.Line.ToString(CultureInfo.InvariantCulture)})" : "";
        text.Append(' ', 2 * depth).Append(Invariant($"{matchers}{line} {outcome}\n"));
        foreach (var child in visit.Children)
        {
            AppendVisit(text, child, depth + 1);
        }
    }

    private static void AppendMute(StringBuilder text, Explanation explanation)
    {
        foreach (var (source, rule) in explanation.Mute.InhibitedBy)
        {
            text.Append(
                Invariant(
                    $"  inhibited by {source.Labels}, fingerprint {Hex(source.Fingerprint)}, through rule {rule}\n"
                )
            );
        }

        foreach (var silence in explanation.Silences)
        {
            text.Append(
                Invariant(
                    $"  silenced by {silence.Id} of \"{silence.CreatedBy}\" until {Time(silence.EndsAt)}: {silence.Comment}\n"
                )
            );
        }

        if (!explanation.Mute.IsMuted)
        {
            text.Append("  no: neither inhibited nor silenced\n");
        }
    }

    private static void AppendGroup(StringBuilder text, GroupExplanation group, Explanation explanation)
    {
        var options = group.Route.Options;
        text.Append(Invariant($"\nGroup {group.Id.Key}, receiver \"{group.Id.Receiver}\":\n"))
            .Append(Invariant($"  group_wait {Length(options.GroupWait)}, "))
            .Append(Invariant($"group_interval {Length(options.GroupInterval)}, "))
            .Append(Invariant($"repeat_interval {Length(options.RepeatInterval)}\n"));
        if (group.TimeMute is { } mute)
        {
            text.Append(Invariant($"  {Sentence(mute)}\n"));
        }

        if (group.Group is not { } stored)
        {
            text.Append("  there is no such group: the alert had ended before it came, or its end was told\n");
            return;
        }

        if (group.Next is not { } next)
        {
            text.Append("  no alert is left in it\n");
            foreach (var delivery in stored.Deliveries)
            {
                text.Append(Invariant($"  {delivery.Integration} {Sentence(delivery, explanation.Now)}\n"));
            }

            return;
        }

        text.Append(
                Invariant(
                    $"  alerts in it: {stored.Alerts.Count}; {(stored.HasFlushed ? "flushed before" : "never flushed")}, "
                )
            )
            .Append(Invariant($"next flush {Time(stored.Due)}\n"));
        foreach (var integration in next.Integrations)
        {
            text.Append(
                    Invariant($"  {integration.Id} {Told(stored.Announcement(integration.Id), explanation.Alert)}\n")
                )
                .Append(
                    stored.Delivery(integration.Id) is { } delivery
                        ? Invariant($"    {Sentence(delivery, explanation.Now)}\n")
                        : ""
                )
                .Append(
                    Invariant(
                        $"    at the next flush: {Sentence(integration.Decision, next, explanation.Alert, stored.Delivery(integration.Id))}\n"
                    )
                );
        }

        if (next.Integrations.Count == 0)
        {
            text.Append("  the receiver has no integration: nobody is told\n");
        }
    }

    private static string Sentence(Delivery delivery, DateTimeOffset now)
    {
        var text = Notifying.NotificationReasons.Text(delivery.Reason);
        var attempts =
            (delivery.Attempts == 0 ? "not tried yet" : Invariant($"attempts: {delivery.Attempts}"))
            + (delivery.Ambiguous > 0 ? Invariant($", of which may have arrived: {delivery.Ambiguous}") : "");
        var objection = delivery.Objection is { } reason ? $": {reason}" : "";
        return delivery switch
        {
            { DiedAt: { } died } => $"was not told ({text}), given up at {Time(died)}{objection}",
            { Lease: { } lease } when lease.Until > now =>
                $"is being told ({text}), {attempts}; tried again at {Time(lease.Until)} if nothing is heard of it",
            _ =>
                $"waits to be told since {Time(delivery.Since)} ({text}), {attempts}, next at {Time(delivery.Due)}{objection}",
        };
    }

    private static string Told(Announcement? last, TrackedAlert alert) =>
        last is null ? "was told nothing yet"
        : last.Open.Contains(alert.Fingerprint)
            ? $"was told that it fires; it last heard of the group at {Time(last.Timestamp)}"
        : last.Resolved.Contains(alert.Fingerprint) ? $"was told at {Time(last.Timestamp)} that it has ended"
        : $"was told of the group at {Time(last.Timestamp)}, but not of this alert";

    private static string Sentence(Decision decision, Flush next, TrackedAlert alert, Delivery? delivery) =>
        decision switch
        {
            Decision.Tell tell when tell.Alerts.Any(told => told.Labels.Equals(alert.Labels)) =>
                $"told of it, {Notifying.NotificationReasons.Text(tell.Reason)}",
            Decision.Tell tell =>
                $"told of the group ({Notifying.NotificationReasons.Text(tell.Reason)}), but not of this alert, which is {(next.Mutes.ContainsKey(alert.Fingerprint) ? "muted" : "resolved")}",
            Decision.Keep(Silent.TimeMuted, _) => $"nothing: {(next.TimeMute is { } mute ? Sentence(mute) : "")}",
            Decision.Keep(Silent.NothingNew, var repeat) when delivery is { IsDead: false } =>
                $"nothing more: all that it is to be told waits already{Repeated(repeat, next)}",
            Decision.Keep(var because, var repeat) => $"nothing: {because.Text()}{Repeated(repeat, next)}",
            _ => "nothing",
        };

    private static string Repeated(DateTimeOffset? at, Flush next) =>
        at is { } time ? $"; repeated at {Time(next.TickFrom(time))}" : "";

    private static string Sentence(TimeMute mute)
    {
        var names = string.Join(", ", mute.Intervals.Select(GoString.Quote));
        return mute is TimeMute.Inactive
            ? $"the route is active only in {names}, and this is outside of it"
            : $"the route is muted by {names}";
    }

    private static string Hex(ulong fingerprint) => fingerprint.ToString("x16", null);

    private static string Length(TimeSpan length) => PrometheusDuration.Print(length);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
