namespace FlowLogs.Hec;

/// <summary>What would have to change before HEC takes the event.</summary>
internal enum Refusal
{
    /// <summary>The event itself.</summary>
    Event,

    /// <summary>The index it names, or those the token may write to.</summary>
    Index,

    /// <summary>The token: a person has to see to it.</summary>
    Token,

    /// <summary>The channel of acknowledgements.</summary>
    Channel,

    /// <summary>The URL, or what stands between us and HEC.</summary>
    Setting,
}
