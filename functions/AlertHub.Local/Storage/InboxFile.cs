using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>
/// The SQLite file with its only connection. Changes are queued; one loop takes all that wait and commits them together,
/// so that a hundred producers at once cost one write to the disk.
/// </summary>
internal sealed class InboxFile : IAsyncDisposable
{
    /// <summary>Changes that may wait; beyond that, callers wait to queue theirs.</summary>
    private const int MostWaiting = 1024;

    /// <summary>Changes that are committed together; bounds how much one failure undoes.</summary>
    private const int MostTogether = 256;

    private readonly Channel<Change> changes = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );

    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly Task loop;

    private InboxFile(string path, SqliteConnection connection)
    {
        (this.path, this.connection) = (path, connection);
        loop = Task.Run(RunAsync);
    }

    /// <exception cref="StorageUnavailableException">The file cannot be opened, or is none of ours.</exception>
    public static InboxFile Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = InboxSchema.Open(path);
            return new(path, connection);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw Unusable(path, e);
        }
    }

    /// <summary>Runs <paramref name="change"/> and returns its result once that is committed.</summary>
    /// <exception cref="StorageUnavailableException">Nothing of it was committed.</exception>
    public async Task<T> ChangeAsync<T>(Func<InboxStatements, T> change, CancellationToken cancellationToken)
    {
        var queued = new Change<T>(change);
        try
        {
            await changes.Writer.WriteAsync(queued, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageUnavailableException("AlertHub is stopping", e);
        }

        // Not cancelled from here on: the change will be committed, and the caller is to learn of it.
        return await queued.Committed;
    }

    private async Task RunAsync()
    {
        var together = new List<Change>(MostTogether);
        while (await changes.Reader.WaitToReadAsync())
        {
            while (together.Count < MostTogether && changes.Reader.TryRead(out var change))
            {
                together.Add(change);
            }

            if (TryCommit(together, out var failure))
            {
                together.ForEach(static change => change.Succeed());
            }
            else
            {
                together.ForEach(change => change.Fail(failure));
            }

            together.Clear();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails here fails the callers; the loop must live.")]
    private bool TryCommit(List<Change> together, [NotNullWhen(false)] out Exception? failure)
    {
        try
        {
            var statements = new InboxStatements(connection);
            statements.Transact(() => together.ForEach(change => change.Run(statements)));
            failure = null;
            return true;
        }
        catch (SqliteException e)
        {
            failure = Unusable(path, e);
            return false;
        }
        catch (Exception e)
        {
            failure = e;
            return false;
        }
    }

    private static StorageUnavailableException Unusable(string path, SqliteException e) =>
        new(
            e.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                    $"\"{path}\" is locked by another program; close that",
                SQLitePCL.raw.SQLITE_FULL => $"the disk of \"{path}\" is full; make room",
                SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
                    $"\"{path}\" cannot be written; check its owner and permissions",
                SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
                    $"\"{path}\" is damaged or no AlertHub storage; move it away or restore it",
                SQLitePCL.raw.SQLITE_IOERR => $"the disk of \"{path}\" failed; check it ({e.Message})",
                _ => $"\"{path}\": {e.Message}",
            },
            e
        );

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await loop;
        await connection.DisposeAsync();
    }

    private abstract class Change
    {
        public abstract void Run(InboxStatements statements);

        public abstract void Succeed();

        public abstract void Fail(Exception failure);
    }

    private sealed class Change<T>(Func<InboxStatements, T> change) : Change
    {
        // The loop must not run the callers' code when it completes them.
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Committed => done.Task;

        public override void Run(InboxStatements statements) => result = change(statements);

        public override void Succeed() => done.SetResult(result!);

        public override void Fail(Exception failure) => done.SetException(failure);
    }
}
