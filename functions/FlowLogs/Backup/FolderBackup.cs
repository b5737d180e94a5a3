using System.Runtime.CompilerServices;

namespace FlowLogs.Backup;

/// <summary>Objects as files of this machine, as <c>aws s3 sync</c> writes them: a key's slashes are folders.</summary>
internal sealed class FolderBackup(string folder) : IBackup
{
    /// <summary>A file that is not whole yet has another name.</summary>
    private const string Unfinished = ".unfinished";

    public async Task PutAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path + Unfinished, content, cancellationToken).ConfigureAwait(false);
        File.Move(path + Unfinished, path, overwrite: true);
    }

    public async IAsyncEnumerable<string> KeysAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var keys = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(key =>
                key.StartsWith(prefix, StringComparison.Ordinal) && !key.EndsWith(Unfinished, StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .ToArray();
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        File.Exists(PathOf(key))
            ? await File.ReadAllBytesAsync(PathOf(key), cancellationToken).ConfigureAwait(false)
            : null;

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        // Of a folder that is not there it would complain.
        if (File.Exists(PathOf(key)))
        {
            File.Delete(PathOf(key));
        }

        return Task.CompletedTask;
    }

    private string PathOf(string key) => Path.Combine(folder, Path.Combine(key.Split('/')));
}
