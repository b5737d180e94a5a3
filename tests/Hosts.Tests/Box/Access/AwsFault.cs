namespace Hosts.Tests.Box.Access;

/// <summary>What becomes of a request that is not answered as it should be.</summary>
internal abstract record AwsFault
{
    private AwsFault() { }

    /// <summary>The service has too much to do; it did nothing.</summary>
    public static AwsFault Throttled { get; } = new TooMany();

    /// <summary>The service is broken: status 500, and nothing was done.</summary>
    public static AwsFault Broken { get; } = new InternalError();

    /// <summary>The connection breaks before anything is done.</summary>
    public static AwsFault Lost { get; } = new NotArrived();

    /// <summary>All is done, and the connection breaks before the answer.</summary>
    public static AwsFault Unheard { get; } = new NotAnswered();

    /// <summary>The environment that asks is killed before anything is done.</summary>
    public static AwsFault KilledBefore { get; } = new Killed(After: false);

    /// <summary>All is done, and the environment that asked is killed before it hears so.</summary>
    public static AwsFault KilledAfter { get; } = new Killed(After: true);

    public sealed record TooMany : AwsFault;

    public sealed record InternalError : AwsFault;

    public sealed record NotArrived : AwsFault;

    public sealed record NotAnswered : AwsFault;

    public sealed record Killed(bool After) : AwsFault;
}
