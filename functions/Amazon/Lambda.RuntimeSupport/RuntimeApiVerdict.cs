namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the Runtime API made of an answer or an error.</summary>
internal enum RuntimeApiVerdict
{
    Accepted,

    /// <summary>413.</summary>
    TooLarge,

    /// <summary>400, 403 or 410: not, or no longer, the invocation it waits for.</summary>
    Refused,
}
