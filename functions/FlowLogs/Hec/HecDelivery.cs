namespace FlowLogs.Hec;

/// <summary>What became of events that were sent together.</summary>
internal sealed record HecDelivery
{
    /// <summary>One for each event, in their order.</summary>
    public required IReadOnlyList<Fate> Fates { get; init; }

    public required IReadOnlyList<HecNotice> Notices { get; init; }

    /// <summary>Requests with events, repeated ones too.</summary>
    public required int Posts { get; init; }

    /// <summary>HEC asked for less at once.</summary>
    public required bool SlowedDown { get; init; }
}
