using AlertHub.Alerts;
using AlertHub.Matching;
using AlertHub.Text;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>What <c>GET /api/v2/alerts</c> and <c>GET /api/v2/alerts/groups</c> ask for.</summary>
internal sealed record AlertsQuery
{
    /// <summary>Whether alerts that nothing mutes are wanted.</summary>
    public bool Active { get; private init; } = true;

    public bool Silenced { get; private init; } = true;

    public bool Inhibited { get; private init; } = true;

    /// <summary>Of groups only: whether those are wanted whose route is in a mute interval.</summary>
    public bool Muted { get; private init; } = true;

    private IReadOnlyList<Matcher> Labels { get; init; } = [];

    private Re2? Receiver { get; init; }

    private IReadOnlyList<Matcher> ReceiverLabels { get; init; } = [];

    /// <summary>
    /// What is asked for; or null and which parameter cannot be read. <c>unprocessed</c> chooses nothing, here as there:
    /// every alert has been processed before anybody can ask.
    /// </summary>
    public static AlertsQuery? Parse(QueryText query, out Refusal? refusal)
    {
        if (Filters.Matchers(query, "filter", out refusal) is not { } labels)
        {
            return null;
        }

        var receiver = Filters.Receiver(query, out refusal);
        if (refusal is not null || Filters.Matchers(query, "receiver_matchers", out refusal) is not { } receiverLabels)
        {
            return null;
        }

        return new()
        {
            Active = query.Includes("active"),
            Silenced = query.Includes("silenced"),
            Inhibited = query.Includes("inhibited"),
            Muted = query.Includes("muted"),
            Labels = labels,
            Receiver = receiver,
            ReceiverLabels = receiverLabels,
        };
    }

    /// <summary>Whether the alert is wanted that goes to these receivers; of the receivers one is enough.</summary>
    public bool Wants(ShownAlert alert, IEnumerable<ShownReceiver> receivers, DateTimeOffset now) =>
        WantsInGroup(alert, now) && receivers.Any(Wants);

    /// <summary>Whether the alert is wanted as far as can be told without knowing what mutes it and where it goes.</summary>
    public bool MayWant(TrackedAlert alert, DateTimeOffset now) =>
        !(alert.Alert.EndsAt < now) && Labels.Match(alert.Labels);

    /// <summary>Whether the alert is wanted in a group of a receiver that is (<see cref="Wants(ShownReceiver)"/>).</summary>
    public bool WantsInGroup(ShownAlert alert, DateTimeOffset now) =>
        MayWant(alert.Alert, now)
        && (Active || alert.Mute.IsMuted)
        && (Silenced || alert.Mute.SilencedBy.Count == 0)
        && (Inhibited || alert.Mute.InhibitedBy.Count == 0);

    public bool Wants(ShownReceiver receiver) =>
        (Receiver is null || Receiver.IsMatch(receiver.Name)) && ReceiverLabels.Match(receiver.Labels);
}
