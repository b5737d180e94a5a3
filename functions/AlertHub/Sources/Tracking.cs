using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>What a message says, as alerts that the hub takes.</summary>
public static class Tracking
{
    /// <summary>
    /// The alerts of a message. Of two messages about the same alert the one whose producer spoke later counts, whichever
    /// came first: an alarm that arrives after its end does not fire again.
    /// </summary>
    /// <param name="inbound">The message.</param>
    /// <param name="rules">Say how bad an alert is, and how long one lasts that nobody will ever say the end of.</param>
    /// <param name="labels">Put on every alert, whatever it says itself.</param>
    public static IReadOnlyList<TrackedAlert> Track(Inbound inbound, HubRules rules, Labels? labels = null) =>
        Track(Source.Read(inbound), inbound.ReceivedAt, rules, labels);

    /// <summary>The same of what a message was read as.</summary>
    /// <param name="reading">What it says.</param>
    /// <param name="now">When it came.</param>
    /// <param name="rules">Say how bad an alert is, and how long one lasts that nobody will ever say the end of.</param>
    /// <param name="labels">Put on every alert, whatever it says itself.</param>
    public static IReadOnlyList<TrackedAlert> Track(
        Reading reading,
        DateTimeOffset now,
        HubRules rules,
        Labels? labels = null
    )
    {
        var resolveTimeout = rules.Config.Alertmanager.Global.ResolveTimeout;
        var spokenAt = reading.SpokenAt < now ? reading.SpokenAt.Value : now;
        return
        [
            .. reading
                .Alerts.Concat(reading.Endings)
                .Select(alert => new TrackedAlert
                {
                    Alert = alert with
                    {
                        Labels = rules.Severities.Applied(alert.Labels).With(labels ?? Labels.Empty),
                        EndsAt = alert.EndsAt ?? (reading.TellsEnds ? null : now + resolveTimeout),
                    },
                    UpdatedAt = spokenAt,
                    IsTimeout = alert.EndsAt is null,
                }),
        ];
    }
}
