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
    /// <param name="resolveTimeout">How long an alert lasts that nobody will ever say the end of.</param>
    public static IReadOnlyList<TrackedAlert> Track(Inbound inbound, TimeSpan resolveTimeout)
    {
        var reading = Source.Read(inbound);
        var now = inbound.ReceivedAt;
        var spokenAt = reading.SpokenAt < now ? reading.SpokenAt.Value : now;
        return
        [
            .. reading.Alerts.Select(alert => new TrackedAlert
            {
                Alert =
                    alert.EndsAt is null && !reading.TellsEnds ? alert with { EndsAt = now + resolveTimeout } : alert,
                UpdatedAt = spokenAt,
                IsTimeout = alert.EndsAt is null,
            }),
        ];
    }
}
