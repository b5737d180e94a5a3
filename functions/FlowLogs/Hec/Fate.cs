namespace FlowLogs.Hec;

/// <summary>What became of an event. Each has one, whatever happens.</summary>
internal abstract record Fate
{
    private Fate() { }

    /// <summary>HEC has it; where acknowledgement is on, it is indexed.</summary>
    internal sealed record Accepted : Fate
    {
        public static readonly Accepted One = new();

        private Accepted() { }
    }

    /// <summary>HEC will not take it as it is: it belongs into the backup.</summary>
    internal sealed record Refused(Refusal Kind, string Reason) : Fate;

    /// <summary>It may be sent again. HEC may have it all the same where the connection or an acknowledgement was lost.</summary>
    internal sealed record Undelivered(string Reason) : Fate;
}
