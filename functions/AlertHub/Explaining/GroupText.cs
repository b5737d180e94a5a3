using System.Text;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Notifying;
using AlertHub.Text;

namespace AlertHub.Explaining;

/// <summary>What is to be said of one group, once for all of its alerts that are explained.</summary>
/// <param name="group">Of any of them.</param>
/// <param name="of">Explanations of alerts of the group, at least one.</param>
internal sealed class GroupText(GroupExplanation group, IReadOnlyList<Explanation> of)
{
    private readonly Labels shared = of.Select(static each => each.Alert.Labels)
        .Aggregate(static (shared, labels) => shared.Intersect(labels));

    public void AppendTo(StringBuilder text)
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
            var whose = of.Count == 1 ? "the alert" : "each of these alerts";
            text.Append(
                Invariant($"  there is no such group: {whose} had ended before it came, or its end was told\n")
            );
        }
        else if (group.Next is not { } next)
        {
            text.Append("  no alert is left in it\n");
            foreach (var delivery in stored.Deliveries)
            {
                text.Append(Invariant($"  {delivery.Integration} {Sentence(delivery)}\n"));
            }
        }
        else
        {
            AppendFlush(text, stored, next);
        }
    }

    private void AppendFlush(StringBuilder text, Group stored, Flush next)
    {
        text.Append(Invariant($"  alerts in it: {stored.Alerts.Count}; "))
            .Append(stored.HasFlushed ? "flushed before" : "never flushed")
            .Append(Invariant($", next flush {ExplanationText.Time(stored.Due)}\n"));
        if (of.Count > 1)
        {
            text.Append(Invariant($"  explained above: {string.Join(", ", of.Select(Name))}\n"));
        }

        foreach (var integration in next.Integrations)
        {
            var (last, delivery) = (stored.Announcement(integration.Id), stored.Delivery(integration.Id));
            text.Append(Invariant($"  {integration.Id} {Heard(last)}\n"));
            if (last is not null)
            {
                AppendTold(text, last);
            }

            if (delivery is not null)
            {
                text.Append(Invariant($"    {Sentence(delivery)}\n"));
            }

            text.Append(Invariant($"    at the next flush: {Sentence(integration.Decision, next, delivery)}"))
                .Append(integration.Shows is null ? "\n" : "; what was told is to show what is muted\n");
        }

        if (next.Integrations.Count == 0)
        {
            text.Append("  the receiver has no integration: nobody is told\n");
        }
    }

    private static string Heard(Announcement? last) =>
        last is null ? "was told nothing yet"
        : IsCertain(last) ? $"last heard of the group at {ExplanationText.Time(last.Timestamp)}"
        : "may have heard of the group: what was sent may have arrived";

    /// <summary>What only may have been told is as of before all time.</summary>
    private static bool IsCertain(Announcement last) => last.Timestamp > DateTimeOffset.MinValue;

    private void AppendTold(StringBuilder text, Announcement last)
    {
        var told = of.ToLookup(each =>
            last.Open.Contains(each.Alert.Fingerprint)
                ? IsCertain(last)
                    ? "told as firing"
                    : "may have been told as firing"
                : last.Resolved.Contains(each.Alert.Fingerprint)
                    ? "told as ended"
                    : "not told of"
        );
        foreach (var alike in told)
        {
            text.Append(Invariant($"    {alike.Key}: {Names([.. alike])}\n"));
        }
    }

    private string Sentence(Delivery delivery)
    {
        var text = delivery.Reason.Text();
        var attempts =
            (delivery.Attempts == 0 ? "not tried yet" : Invariant($"attempts: {delivery.Attempts}"))
            + (delivery.Ambiguous > 0 ? Invariant($", of which may have arrived: {delivery.Ambiguous}") : "");
        var objection = delivery.Objection is { } reason ? $": {reason}" : "";
        return delivery switch
        {
            { IsShown: true } =>
                $"what was told is to show what is muted, which waits since {ExplanationText.Time(delivery.Since)}",
            { DiedAt: { } died } => $"was not told ({text}), given up at {ExplanationText.Time(died)}{objection}",
            { Lease: { } lease } when lease.Until > of[0].Now =>
                $"is being told ({text}), {attempts}; tried again at {ExplanationText.Time(lease.Until)} if nothing is heard of it",
            _ =>
                $"waits to be told since {ExplanationText.Time(delivery.Since)} ({text}), {attempts}, next at {ExplanationText.Time(delivery.Due)}{objection}",
        };
    }

    private string Sentence(Decision decision, Flush next, Delivery? delivery) =>
        decision switch
        {
            Decision.Tell tell => $"told ({tell.Reason.Text()}){Content(tell, next)}",
            Decision.Keep(Silent.TimeMuted, _) => $"nothing: {(next.TimeMute is { } mute ? Sentence(mute) : "")}",
            Decision.Keep(Silent.NothingNew, var repeat) when delivery is { IsDead: false, IsShown: false } =>
                $"nothing more: all that it is to be told waits already{Repeated(repeat, next)}",
            Decision.Keep(var because, var repeat) => $"nothing: {because.Text()}{Repeated(repeat, next)}",
            _ => "nothing",
        };

    /// <summary>Of which of these alerts, and of which not, and why.</summary>
    private string Content(Decision.Tell tell, Flush next)
    {
        var told = of.ToLookup(each =>
            tell.Alerts.Any(alert => alert.Labels.Equals(each.Alert.Labels)) ? ""
            : next.Mutes.ContainsKey(each.Alert.Fingerprint) ? "muted"
            : "ended"
        );
        var parts = told.OrderBy(static alike => alike.Key, StringComparer.Ordinal)
            .Select(alike =>
                alike.Key.Length == 0 ? $" of {Names([.. alike])}" : $"; not of {Names([.. alike])}: {alike.Key}"
            );
        return string.Concat(parts);
    }

    private static string Repeated(DateTimeOffset? at, Flush next) =>
        at is { } time ? $"; repeated at {ExplanationText.Time(next.TickFrom(time))}" : "";

    private static string Sentence(TimeMute mute)
    {
        var names = string.Join(", ", mute.Intervals.Select(GoString.Quote));
        return mute is TimeMute.Inactive
            ? $"the route is active only in {names}, and this is outside of it"
            : $"the route is muted by {names}";
    }

    private string Names(IReadOnlyList<Explanation> some) =>
        of.Count == 1 ? "this alert"
        : some.Count == of.Count ? "all of these"
        : string.Join(", ", some.Select(Name));

    /// <summary>The labels that tell it from the others.</summary>
    private string Name(Explanation explanation)
    {
        var own = Labels.Of(explanation.Alert.Labels.Except(shared));
        return $"{(own.Count > 0 ? own : explanation.Alert.Labels)}";
    }

    private static string Length(TimeSpan length) => PrometheusDuration.Print(length);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
