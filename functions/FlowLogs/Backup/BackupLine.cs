using FlowLogs.Incoming;

namespace FlowLogs.Backup;

/// <summary>A record, or a part of one, that Splunk does not have, as a line of an object of the backup.</summary>
internal sealed record BackupLine
{
    /// <summary>Why, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>With the original data.</summary>
    public required StreamRecord Record { get; init; }

    /// <summary>Ordinals of the log events that are meant; null for all.</summary>
    public IReadOnlyList<int>? Only { get; init; }
}
