namespace AlertHub.Local.Storage;

/// <summary>How the storage keeps its file.</summary>
internal sealed record StoreSettings
{
    /// <summary>While anything fires a row is written at least so often: the last one tells when the process was last alive.</summary>
    public TimeSpan PulseEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Callers wait so long for a slow disk, and for their turn.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Another program that holds the file's lock is waited for this long, in whole seconds.</summary>
    public TimeSpan LockPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A journal so short is read at a start in no time and not shortened.</summary>
    public long ShortJournalBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Of a snapshot, written in one step between two commits: some milliseconds of work.</summary>
    public int StepBytes { get; init; } = 256 * 1024;
}
