using AlertHub.Alerts;

namespace AlertHub.Muting;

/// <summary>Everything that can keep an alert from being told.</summary>
public sealed record Muters
{
    public required Inhibition Inhibition { get; init; }

    public required Silences Silences { get; init; }

    public required NamedTimeIntervals Intervals { get; init; }

    /// <summary>What mutes such an alert, whatever route it takes.</summary>
    public AlertMute Mute(Labels alert, DateTimeOffset now) =>
        (Inhibition.Mute(alert, now), Silences.Mute(alert, now)) switch
        {
            ({ Count: 0 }, { Count: 0 }) => AlertMute.None,
            var (inhibitors, silences) => new() { InhibitedBy = inhibitors, SilencedBy = silences },
        };
}

/// <summary>Why an alert is muted; not at all where both lists are empty.</summary>
public sealed record AlertMute
{
    public static AlertMute None { get; } = new();

    public IReadOnlyList<Inhibitor> InhibitedBy { get; init; } = [];

    /// <summary>Ids, sorted.</summary>
    public IReadOnlyList<string> SilencedBy { get; init; } = [];

    public bool IsMuted => InhibitedBy.Count > 0 || SilencedBy.Count > 0;
}
