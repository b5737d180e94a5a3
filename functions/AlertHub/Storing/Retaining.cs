using AlertHub.Grouping;

namespace AlertHub.Storing;

/// <summary>What becomes of the state when time has passed.</summary>
public static class Retaining
{
    /// <summary>
    /// The state without what nobody asks for any more: alerts that ended long ago and are in no group, silences and dead
    /// letters beyond their retention, ids of messages that are not sent again any more.
    /// </summary>
    public static HubState Retained(this HubState state, DateTimeOffset now, Retention retention)
    {
        var grouped = state.Groups.Values.SelectMany(static group => group.Alerts.Keys).ToHashSet();
        var groups = state.Groups.ToBuilder();
        foreach (var (id, group) in state.Groups)
        {
            if (group.Retained(now, retention.DeadLetters) is not { } next)
            {
                groups.Remove(id);
            }
            else if (!ReferenceEquals(next, group))
            {
                groups[id] = next;
            }
        }

        return state with
        {
            Alerts = state.Alerts.Without(
                state
                    .Alerts.Where(alert =>
                        alert.Value.Alert.EndsAt + retention.EndedAlerts <= now && !grouped.Contains(alert.Key)
                    )
                    .Select(static alert => alert.Key)
            ),
            Groups = groups.ToImmutable(),
            Silences = state.Silences.Retained(now, retention.Silences),
            Inhibition = state.Inhibition.Firing(now),
            Messages = state.Messages.RemoveRange(
                state
                    .Messages.Where(message => message.Value + retention.Messages <= now)
                    .Select(static message => message.Key)
            ),
        };
    }
}

/// <summary>For how long what is over is kept.</summary>
public sealed record Retention
{
    /// <summary>Alerts that ended; Alertmanager's <c>--alerts.gc-interval</c>.</summary>
    public TimeSpan EndedAlerts { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Silences that ended; Alertmanager's <c>--data.retention</c>.</summary>
    public TimeSpan Silences { get; init; } = TimeSpan.FromHours(120);

    /// <summary>Dead letters; the same.</summary>
    public TimeSpan DeadLetters { get; init; } = TimeSpan.FromHours(120);

    /// <summary>Ids of messages. SNS may send one again for an hour; a day leaves room.</summary>
    public TimeSpan Messages { get; init; } = TimeSpan.FromDays(1);
}
