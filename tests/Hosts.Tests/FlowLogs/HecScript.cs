namespace Hosts.Tests.FlowLogs;

/// <summary>What a <see cref="HecServer"/> does with a post in place of what it would.</summary>
internal abstract record HecScript
{
    private HecScript() { }

    /// <summary>As HEC would, which lets a script name later posts.</summary>
    internal sealed record Usual : HecScript;

    /// <summary>An answer of HEC's after it took so many of the events; it names the next one where it is told to.</summary>
    internal sealed record Says(int Status, int Code, int Takes = 0, bool Names = true) : HecScript
    {
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>200, all taken, with a code that asks for less (24, 25) or that nobody knows yet.</summary>
    internal sealed record TakesBut(int Code) : HecScript;

    /// <summary>A page of whatever stands before HEC, which sees nothing of the events.</summary>
    internal sealed record Page(int Status) : HecScript;

    /// <summary>The connection is reset, before or after the events were taken.</summary>
    internal sealed record Reset(bool Takes) : HecScript;

    /// <summary>No answer until the client gives up, before or after the events were taken.</summary>
    internal sealed record Silent(bool Takes) : HecScript;

    /// <summary>Events are taken and the answer is cut in its middle.</summary>
    internal sealed record Cut : HecScript;
}
