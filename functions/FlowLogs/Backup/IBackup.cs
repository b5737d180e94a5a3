namespace FlowLogs.Backup;

/// <summary>Where objects are kept. Calls throw what <see cref="AlertHub.Aws.AwsTrouble"/> knows.</summary>
internal interface IBackup
{
    /// <summary>It is kept once this has returned.</summary>
    Task PutAsync(string key, byte[] content, CancellationToken cancellationToken);

    /// <summary>In the order of their bytes.</summary>
    IAsyncEnumerable<string> KeysAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is larger than a replay can hold.</exception>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
