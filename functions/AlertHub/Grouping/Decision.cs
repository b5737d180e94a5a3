using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Grouping;

/// <summary>What a flush decided for one integration.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>It is told of these alerts, in the order in which Alertmanager tells them.</summary>
    public sealed record Tell(NotificationReason Reason, IReadOnlyList<Alert> Alerts) : Decision;

    /// <summary>It is told nothing. <paramref name="RepeatAt"/>: when it will be told the same again, if nothing changes.</summary>
    public sealed record Keep(Silent Because, DateTimeOffset? RepeatAt = null) : Decision;
}

/// <summary>Why somebody is told nothing.</summary>
public enum Silent
{
    /// <summary>The route's time intervals forbid it.</summary>
    TimeMuted,

    /// <summary>Every alert is inhibited or silenced.</summary>
    AllMuted,

    /// <summary>Nothing fires, and of what has ended nothing was announced that has not been told to be resolved.</summary>
    NothingAnnounced,

    /// <summary>What fires was told already, and it is too soon to repeat it.</summary>
    NothingNew,

    /// <summary>Alerts have ended, which this integration does not want to hear (<c>send_resolved: false</c>).</summary>
    ResolvedUnwanted,
}

public static class SilentReasons
{
    public static string Text(this Silent because) =>
        because switch
        {
            Silent.TimeMuted => "the route's time intervals mute it",
            Silent.AllMuted => "every alert of the group is inhibited or silenced",
            Silent.NothingAnnounced => "what has ended was never announced, or its end was told",
            Silent.ResolvedUnwanted => "alerts ended, which it does not want to hear (send_resolved: false)",
            _ => "nothing is new since it was told",
        };
}
