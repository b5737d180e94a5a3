using FlowLogs.Hec;

namespace FlowLogs.Delivery;

/// <summary>What became of a record: all of it is delivered but what is named here.</summary>
internal sealed class Outcome
{
    /// <summary>Log events that HEC does not have, in their order, each with its <see cref="Fate"/>.</summary>
    public List<(int Ordinal, Fate Fate)> Left { get; } = [];

    /// <summary>Log events that were to be sent, of which those are.</summary>
    public int Encoded { get; set; }

    /// <summary>Parts of it that are no log messages, each with the reason.</summary>
    public List<(ReadOnlyMemory<byte> Part, string Reason)> Unreadable { get; } = [];

    /// <summary>Null where it was tried; else why not, and then none of it is delivered.</summary>
    public string? NotTried { get; set; }

    /// <summary>Something of it may be delivered by trying again.</summary>
    public bool IsUndelivered => NotTried is not null || Left.Exists(static left => left.Fate is Fate.Undelivered);
}
