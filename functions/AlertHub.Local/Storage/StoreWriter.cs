using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AlertHub.Storing;
using AlertHub.Storing.Rows;
using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>
/// The loop that makes changes, one after the other and as many together as wait: the state after them, the row that tells
/// of it, the commit; then the state is seen and whoever waits is answered.
/// </summary>
internal sealed partial class StoreWriter : IAsyncDisposable
{
    /// <summary>Between attempts to shorten the journal, where one failed.</summary>
    private static readonly TimeSpan FoldingRetry = TimeSpan.FromMinutes(1);

    /// <summary>Changes that may wait; beyond that, callers wait to queue theirs.</summary>
    private const int MostWaiting = 1024;

    /// <summary>Changes that are committed together; bounds how much one failure undoes.</summary>
    private const int MostTogether = 256;

    private readonly Channel<StoreChange> changes = Channel.CreateBounded<StoreChange>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );

    private readonly StoreFile file;
    private readonly Folding folding;
    private readonly StoreSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly RowWriter writer = new();
    private readonly RowWriter unwrittenWriter = new();
    private readonly Task loop;

    /// <summary>What is on the disk; what is seen differs from it in what does not wait for the disk.</summary>
    private HubState stored;
    private Touched unwritten = new();
    private volatile HubState seen;
    private HubRules rules;
    private DateTimeOffset noFoldingBefore = DateTimeOffset.MinValue;
    private volatile bool isStopping;

    /// <summary>Why the disk took nothing when it was asked last in vain.</summary>
    private StorageUnavailableException? unavailable;

    public StoreWriter(
        StoreFile file,
        HubState stored,
        HubRules rules,
        StoreSettings settings,
        TimeProvider time,
        ILogger log
    )
    {
        (this.file, this.rules, this.settings, this.time, this.log) = (file, rules, settings, time, log);
        (this.stored, seen) = (stored, stored);
        folding = new(file, settings);
        loop = Task.Run(RunAsync);
    }

    /// <summary>The state after the last change.</summary>
    public HubState Seen => seen;

    /// <summary>Whether something waits for the next row; to be asked by a change.</summary>
    public bool HasUnwritten => !unwritten.IsEmpty;

    /// <summary>Runs a change, and returns its result once that is stored.</summary>
    /// <exception cref="StorageUnavailableException">It is not, or nobody knows.</exception>
    public async Task<T> ChangeAsync<T>(Func<Turn, T> change, CancellationToken cancellationToken)
    {
        var queued = new StoreChange<T>(change);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(settings.Patience);
        try
        {
            if (!changes.Writer.TryWrite(queued))
            {
                await changes.Writer.WriteAsync(queued, bound.Token);
            }

            return await queued.Stored.WaitAsync(bound.Token);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageUnavailableException("AlertHub is stopping", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException(
                queued.TryWithdraw()
                    ? $"\"{file.Path}\" is too slow for what is to be stored; check its disk"
                    : $"the disk of \"{file.Path}\" does not answer; check it",
                e
            );
        }
        catch (OperationCanceledException)
        {
            queued.TryWithdraw();
            throw;
        }
    }

    private async Task RunAsync()
    {
        var together = new List<StoreChange>(MostTogether);
        while (true)
        {
            while (together.Count < MostTogether && changes.Reader.TryRead(out var change))
            {
                if (change.TryTake())
                {
                    together.Add(change);
                }
            }

            if (together.Count > 0)
            {
                Store(together);
                together.Clear();
            }

            if (!TryFold() && !await changes.Reader.WaitToReadAsync())
            {
                return;
            }
        }
    }

    private void Store(List<StoreChange> together)
    {
        if (TryStore(together, out var failure))
        {
            return;
        }

        if (together is [var only])
        {
            only.Fail(failure);
            return;
        }

        // Those that need no disk are not to suffer with the others, nor any from what is wrong with one.
        foreach (var change in together)
        {
            if (!TryStore([change], out var its, onlyInMemory: failure is StorageUnavailableException))
            {
                change.Fail(its);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails here fails its callers; the loop must live.")]
    private bool TryStore(
        List<StoreChange> together,
        [NotNullWhen(false)] out Exception? failure,
        bool onlyInMemory = false
    )
    {
        try
        {
            Store(together, onlyInMemory);
            failure = null;
            return true;
        }
        catch (SqliteException e)
        {
            failure = unavailable = StorageFailure.Of(file.Path, e);
            return false;
        }
        catch (Exception e)
        {
            failure = e;
            return false;
        }
    }

    private void Store(List<StoreChange> together, bool onlyInMemory)
    {
        var turn = Run(together);
        var state = turn.Draft.State;
        writer.Clear();
        writer.Write(turn.Draft.From, state, turn.Draft.Touched);
        writer.End();
        if (!writer.IsLasting && !turn.IsSignOfLife)
        {
            unwritten.Add(turn.Draft.Touched);
        }
        else if (onlyInMemory && unavailable is not null)
        {
            throw unavailable;
        }
        else
        {
            Append();
            (stored, unwritten) = (state, new());
        }

        (seen, rules) = (state, turn.Rules);
        together.ForEach(static change => change.Succeed());
    }

    /// <summary>The state after all of them. One that fails is as if it had never been.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails here fails its caller; the loop must live.")]
    private Turn Run(List<StoreChange> together)
    {
        while (true)
        {
            var turn = new Turn(new(seen), rules);
            StoreChange? failed = null;
            foreach (var change in together)
            {
                try
                {
                    change.Run(turn);
                }
                catch (Exception e)
                {
                    change.Fail(e);
                    failed = change;
                    break;
                }
            }

            if (failed is null)
            {
                return turn;
            }

            together.Remove(failed);
        }
    }

    private void Append()
    {
        List<(byte[] Body, byte[] Heartbeats)> rows = [];
        if (!unwritten.IsEmpty)
        {
            unwrittenWriter.Clear();
            unwrittenWriter.Write(stored, seen, unwritten);
            unwrittenWriter.End();
            rows.Add((unwrittenWriter.Body.ToArray(), unwrittenWriter.Heartbeats.ToArray()));
        }

        rows.Add((writer.Body.ToArray(), writer.Heartbeats.ToArray()));
        file.Append(rows, time.GetUtcNow());
    }

    /// <summary>Whether there may be more to do.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A journal that grows is better than a loop that ended.")]
    private bool TryFold()
    {
        if (!folding.IsDue || isStopping || time.GetUtcNow() < noFoldingBefore)
        {
            return false;
        }

        try
        {
            folding.Step(stored);
        }
        catch (Exception e)
        {
            folding.GiveUp();
            noFoldingBefore = time.GetUtcNow() + FoldingRetry;
            LogFoldingFailed(
                e is SqliteException failure ? StorageFailure.Of(file.Path, failure).Message : e.ToString()
            );
        }

        return true;
    }

    /// <summary>After the changes that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        changes.Writer.TryComplete();
        await loop;
        writer.Dispose();
        unwrittenWriter.Dispose();
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "The journal could not be shortened and grows on: {Reason}"
    )]
    private partial void LogFoldingFailed(string reason);
}
