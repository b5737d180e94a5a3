using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Sources;
using AlertHub.Storing;
using AlertHub.Storing.Rows;
using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>
/// Everything in memory, and every change of it in a file before anybody is told. Changes are queued; one loop takes all
/// that wait, works out what becomes of the state, writes the difference as one row and commits it; only then the state
/// is seen and the callers are answered. So a hundred producers at once cost one write to the disk, and a change that
/// could not be written never was.
/// </summary>
/// <remarks>
/// Two things do not wait for the disk, because to lose them in a crash does no harm: that an alert was sent again
/// unchanged (<see cref="Heartbeat"/>), and who is about to send a delivery. They go with the next row.
/// </remarks>
internal sealed partial class SqliteStore : IAlertStore, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly FolderLock folder;
    private readonly StoreFile file;
    private readonly StoreWriter writer;
    private readonly StoreSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<SqliteStore> log;
    private readonly Task pulse;

    private SqliteStore(
        FolderLock folder,
        StoreFile file,
        HubState stored,
        HubRules rules,
        StoreSettings settings,
        TimeProvider time,
        ILogger<SqliteStore> log
    )
    {
        (this.folder, this.file, this.settings, this.time, this.log) = (folder, file, settings, time, log);
        writer = new(file, stored, rules, settings, time, log);
        pulse = Task.Run(PulseAsync);
    }

    /// <summary>Where it is kept.</summary>
    public string Folder => folder.Path;

    /// <summary>For tests that look into the file, or die at a certain statement.</summary>
    internal SqliteConnection Connection => file.Connection;

    /// <summary>Opens what is stored in a folder, or begins to; the process is the only one that does.</summary>
    /// <param name="path">Of the folder; it is made where there is none.</param>
    /// <param name="rules">They hold from now on.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="log">Of what goes wrong in the background.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="settings">Other ones than usual.</param>
    /// <exception cref="StorageUnavailableException">The folder or the file in it cannot be used.</exception>
    public static Task<SqliteStore> OpenAsync(
        string path,
        HubRules rules,
        TimeProvider time,
        ILogger<SqliteStore> log,
        CancellationToken cancellationToken,
        StoreSettings? settings = null
    ) => Task.Run(() => Open(path, rules, settings ?? new(), time, log), cancellationToken);

    private static SqliteStore Open(
        string path,
        HubRules rules,
        StoreSettings settings,
        TimeProvider time,
        ILogger<SqliteStore> log
    )
    {
        var folder = FolderLock.Take(path);
        var name = Path.Combine(folder.Path, "alerthub.db");
        StoreFile? file = null;
        try
        {
            file = StoreFile.Open(name, settings);
            return new(folder, file, Begin(file, rules, time.GetUtcNow()), rules, settings, time, log);
        }
        catch (Exception e)
        {
            file?.Dispose();
            folder.Dispose();
            throw e switch
            {
                SqliteException failure => StorageFailure.Of(name, failure),
                FormatException damage => new StorageUnavailableException(
                    $"\"{name}\" is damaged or was written by a newer AlertHub; move it away, restore it, or run that one ({damage.Message})",
                    damage
                ),
                _ => e,
            };
        }
    }

    /// <summary>What was stored, after the time in which nobody could be heard and under the rules that hold now.</summary>
    private static HubState Begin(StoreFile file, HubRules rules, DateTimeOffset now)
    {
        var replay = new Replay();
        file.Load(replay);
        using var writer = new RowWriter();
        if (Absence.Between(file.At, now) is { } absence && replay.Apply(absence))
        {
            writer.Write(absence);
        }

        var before = replay.State();
        var draft = new Draft(before);
        draft.Change(state => state.Under(rules, now));
        var state = draft.State;
        writer.Write(before, state, draft.Touched);
        writer.End();
        if (writer.IsLasting)
        {
            file.Append([(writer.Body.ToArray(), [])], now);
        }

        return state;
    }

    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(writer.Seen);

    public ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(writer.Seen.Find(id));

    public ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(writer.Seen.Silences);

    public ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        ValueTask.FromResult(writer.Seen.Due(until));

    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            turn =>
            {
                turn.Rules = rules;
                turn.Draft.Change(state => state.Under(rules, now));
                return true;
            },
            cancellationToken
        );

    public Task<Taken> IngestAsync(
        IReadOnlyList<Arrival> arrivals,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => writer.ChangeAsync(turn => turn.Draft.Take(arrivals, turn.Rules, now), cancellationToken);

    public Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken) =>
        writer.ChangeAsync(turn => turn.Draft.Update(id, change), cancellationToken);

    public Task<Group?> DecideAsync(
        GroupId id,
        Func<Group?, Muters, Group?> change,
        CancellationToken cancellationToken
    ) =>
        writer.ChangeAsync(
            turn =>
            {
                var muters = turn.Draft.State.Muters(turn.Rules.Intervals);
                return turn.Draft.Update(id, group => change(group, muters));
            },
            cancellationToken
        );

    public Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    ) =>
        writer.ChangeAsync(
            turn =>
            {
                turn.Draft.Update(change);
                return true;
            },
            cancellationToken
        );

    public Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            turn =>
            {
                turn.Draft.Change(state => state.Retained(now, retention));
                return true;
            },
            cancellationToken
        );

    /// <summary>Completes where something could be stored now: it writes, since a full disk lets everything else pass.</summary>
    /// <exception cref="StorageUnavailableException">It could not.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        writer.ChangeAsync(static turn => turn.IsSignOfLife = true, cancellationToken);

    /// <summary>
    /// Gives what an older AlertHub had accepted and not delivered to <paramref name="take"/>, message by message; each is
    /// forgotten when that has completed.
    /// </summary>
    /// <returns>How many there were.</returns>
    public async Task<int> HandOverAsync(
        Func<Inbound, CancellationToken, Task> take,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await FormerInbox.HandOverAsync(file.Path, take, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw StorageFailure.Of(file.Path, e);
        }
    }

    private async Task PulseAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(settings.PulseEvery, time, stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await writer.ChangeAsync(GiveSignOfLife, CancellationToken.None);
            }
            catch (StorageUnavailableException e)
            {
                LogPulseFailed(e.Message);
            }
        }
    }

    private bool GiveSignOfLife(Turn turn)
    {
        var now = time.GetUtcNow();
        return turn.IsSignOfLife |=
            writer.HasUnwritten || turn.Draft.From.Alerts.Values.Any(alert => alert.IsFiring(now));
    }

    public async ValueTask DisposeAsync()
    {
        // With a last sign of life.
        await stopping.CancelAsync();
        await pulse;
        await writer.DisposeAsync();
        file.Dispose();
        folder.Dispose();
        stopping.Dispose();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "No sign of life could be stored: {Reason}")]
    private partial void LogPulseFailed(string reason);
}
