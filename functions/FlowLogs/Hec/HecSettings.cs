using AlertHub.Configuration;

namespace FlowLogs.Hec;

/// <summary>How events reach one HEC.</summary>
internal sealed record HecSettings
{
    /// <summary>Scheme, host and port; <c>/services/collector/...</c> is put behind it.</summary>
    public required Uri Url { get; init; }

    /// <summary>The connection sets it.</summary>
    public Secret Token { get; init; } = new("");

    public bool Gzip { get; init; } = true;

    /// <summary>Of one post before it is compressed. Splunk advises 1 MB for its cloud.</summary>
    public int MostBytes { get; init; } = 1_000_000;

    public int MostEvents { get; init; } = 10_000;

    /// <summary>Posts at once.</summary>
    public int InFlight { get; init; } = 4;

    /// <summary>Of one request, to the end of its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Of the same events; where HEC took some of them, the count begins anew for the others.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The most that is waited before the second attempt; it doubles with each further one.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most that is waited before any. Where HEC asks for more, the events are left for later.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Of acknowledgements; null where they are not waited for.</summary>
    public Guid? Channel { get; init; }

    /// <summary>
    /// For all acknowledgements of one sending. It has to end: an id that HEC forgot reads like one that is not indexed yet.
    /// </summary>
    public TimeSpan AckWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two questions.</summary>
    public TimeSpan AckInterval { get; init; } = TimeSpan.FromSeconds(2);
}
