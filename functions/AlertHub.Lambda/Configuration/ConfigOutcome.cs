namespace AlertHub.Lambda.Configuration;

/// <summary>What came of putting a configuration in force.</summary>
internal abstract record ConfigOutcome
{
    private ConfigOutcome() { }

    /// <summary>It is in force.</summary>
    /// <param name="Entry">As it is noted.</param>
    /// <param name="Warnings">What its author should know though it can be used, a sentence each.</param>
    public sealed record Accepted(ConfigEntry Entry, IReadOnlyList<string> Warnings) : ConfigOutcome;

    /// <summary>It cannot be used.</summary>
    /// <param name="Objections">All that is wrong with it, a sentence each.</param>
    public sealed record Refused(IReadOnlyList<string> Objections) : ConfigOutcome;

    /// <summary>It cannot be stored.</summary>
    /// <param name="Bytes">Of it, packed.</param>
    public sealed record TooLarge(int Bytes) : ConfigOutcome
    {
        public string Reason =>
            $"The configuration takes {Bytes} bytes when it is packed, and {ConfigStore.LongestPackedBytes} can be stored; make it or its templates shorter.";
    }

    /// <summary>Somebody else has put one in force meanwhile.</summary>
    public sealed record Conflict : ConfigOutcome;

    /// <summary>Another one is in force than whoever asked believes.</summary>
    /// <param name="Current">Null where none is.</param>
    public sealed record Outdated(ConfigEntry? Current) : ConfigOutcome;

    /// <summary>There is no such version to go back to.</summary>
    public sealed record Unknown : ConfigOutcome;
}

/// <summary>What would be said of a configuration.</summary>
/// <param name="Objections">All that is wrong with it; nothing where it can be used.</param>
/// <param name="Warnings">What its author should know though it can be used.</param>
internal sealed record ConfigCheck(IReadOnlyList<string> Objections, IReadOnlyList<string> Warnings);
