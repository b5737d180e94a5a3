using AlertHub.Alerts;

namespace AlertHub.Storing;

/// <summary>
/// A time in which nobody could be heard, from the last sign of life to the start. It does not count: what fired when it
/// began fires when it is over and is believed for as long as was left, so that no restart tells a false end. Whoever
/// still sends corrects that soon, which is why such an end counts as not stated.
/// </summary>
public readonly record struct Absence(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Null where no time has passed, as where the clock was set back.</summary>
    public static Absence? Between(DateTimeOffset from, DateTimeOffset to) => from < to ? new(from, to) : null;

    public bool Concerns(TrackedAlert alert) => alert.Alert.EndsAt > From;

    /// <summary>The alert after it.</summary>
    public TrackedAlert Bridge(TrackedAlert alert)
    {
        if (!Concerns(alert) || alert.Alert.EndsAt is not { } end)
        {
            return alert;
        }

        var left = DateTimeOffset.MaxValue - end;
        var moved = end + (To - From < left ? To - From : left);
        return alert with { Alert = alert.Alert with { EndsAt = moved }, IsTimeout = true };
    }
}
