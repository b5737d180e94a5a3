namespace AlertHub.Local.Storage;

/// <summary>
/// One process per folder: two would each deliver every message. The lock is the operating system's (flock), so it ends
/// with the process, however that ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(string path, FileStream file) => (Path, this.file) = (path, file);

    public string Path { get; }

    /// <exception cref="StorageUnavailableException">The folder is in use, or cannot be made or written.</exception>
    public static FolderLock Take(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            Make(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(full, e);
        }

        var name = System.IO.Path.Combine(full, "alerthub.lock");
        try
        {
            return new(full, new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        // .NET reports a held flock as EWOULDBLOCK: 11 on Linux, 35 on macOS; on Windows a sharing violation.
        catch (IOException e) when ((e.HResult & 0xFFFF) is 11 or 35 or 32)
        {
            throw new StorageUnavailableException(
                $"\"{full}\" is in use by another AlertHub; stop it or give this one its own folder with --storage.path",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(full, e);
        }
    }

    /// <summary>For its owner alone: alerts say what is wrong with whom. One that somebody made stays as it was made.</summary>
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            Directory.CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static StorageUnavailableException Unusable(string path, Exception e) =>
        new($"\"{path}\" cannot be written ({e.Message.TrimEnd('.')}); give a folder that can with --storage.path", e);

    public void Dispose() => file.Dispose();
}
