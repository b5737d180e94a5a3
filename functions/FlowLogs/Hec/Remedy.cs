namespace FlowLogs.Hec;

/// <summary>What is done with the event that HEC stopped at, before those behind it are sent.</summary>
internal enum Remedy
{
    Drop,

    /// <summary>It is sent without its indexed fields.</summary>
    Strip,
}
