namespace FlowLogs.Hec;

/// <summary>What somebody should know of, told once.</summary>
internal abstract record HecNotice
{
    private HecNotice() { }

    /// <summary>Nothing is sent until a trial succeeds; a person has to see to the token.</summary>
    internal sealed record Opened(string Reason) : HecNotice;

    /// <summary>Acknowledgement was asked for and the token has none: HEC's word is taken for it from now on.</summary>
    internal sealed record NoAcknowledgement : HecNotice;
}
