using System.Threading.Channels;
using AlertHub.Channels;
using AlertHub.Local.Storage;
using AlertHub.Notifying;
using AlertHub.Sources;

namespace AlertHub.Local;

/// <summary>
/// Delivers what the inbox holds: one message at a time, in order. One destination that takes a message a second gains
/// nothing from more, and order is what tells "resolved" from "firing again". It keeps its own pace: intake never waits.
/// </summary>
internal sealed partial class Worker(Hub hub, Inbox inbox, TimeProvider time, Random random, ILogger<Worker> log)
{
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    /// <summary>Between attempts to record an outcome; it doubles from a second to this.</summary>
    private static readonly TimeSpan LongestRecordRetry = TimeSpan.FromSeconds(30);

    /// <summary>Looks again at least so often; Task.Delay bears no arbitrary length.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    /// <summary>Holds a token where something arrived that the loop has not looked for yet.</summary>
    private readonly Channel<bool> arrival = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>The destination asked not to be called before.</summary>
    private DateTimeOffset quietUntil = DateTimeOffset.MinValue;

    private int failuresInARow;

    /// <summary>How often a waiting message may have arrived. Only that bounds it: an outage before is no reason to give up.</summary>
    private readonly Dictionary<long, int> ambiguous = [];

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="stop">Begin nothing more.</param>
    /// <param name="abort">Give up what is under way, too. It stays pending.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        inbox.Arrived += Wake;
        try
        {
            await LoopAsync(stop, abort);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop while it waited, or to give up while it sent.
        }
        finally
        {
            inbox.Arrived -= Wake;
        }
    }

    private async Task LoopAsync(CancellationToken stop, CancellationToken abort)
    {
        var pruneAt = DateTimeOffset.MinValue;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var now = time.GetUtcNow();
                if (now >= pruneAt)
                {
                    await inbox.PruneAsync(stop);
                    pruneAt = now + PruneEvery;
                }

                var next = await inbox.NextAsync(stop);
                if (next is not null && next.Due <= now && quietUntil <= now)
                {
                    await DeliverAsync(next, await inbox.ReadAsync(next.Id, stop), stop, abort);
                    continue;
                }

                var wakeAt = next?.Due ?? await inbox.NextDueAsync(stop) ?? pruneAt;
                await WaitAsync(Later(wakeAt, quietUntil), stop);
            }
            catch (StorageUnavailableException e)
            {
                Stuck(e.Message, StorageRetry);
                await Task.Delay(StorageRetry, time, stop);
            }
        }
    }

    private async Task DeliverAsync(Pending next, Inbound message, CancellationToken stop, CancellationToken abort)
    {
        var attempt = next.Attempts + 1;
        var (title, result) = await AttemptAsync(next.Id, message, abort);
        var now = time.GetUtcNow();
        if (result is DeliveryResult.TryLater { After: { } asked })
        {
            quietUntil = now + asked;
        }

        var counted =
            result is DeliveryResult.Ambiguous
                ? ambiguous[next.Id] = ambiguous.GetValueOrDefault(next.Id) + 1
                : attempt;
        var step = Retry.After(result, counted, random.NextDouble());
        if (step is not NextStep.Again)
        {
            ambiguous.Remove(next.Id);
        }

        switch (step)
        {
            case NextStep.Done:
                Delivered(next.Id, title, hub.ChannelName, attempt);
                await RecordAsync(next.Id, ct => inbox.DeliveredAsync(next.Id, ct), stop);
                // More failures than one message may cause in the line: the destination was down and is back.
                if (failuresInARow >= Inbox.AttemptsInLine)
                {
                    await RecordAsync(next.Id, inbox.HurryAsync, stop);
                }

                failuresInARow = 0;
                break;

            case NextStep.Again again:
                Postponed(next.Id, title, hub.ChannelName, again.Reason, attempt, again.Wait.TotalSeconds);
                failuresInARow++;
                await RecordAsync(
                    next.Id,
                    ct => inbox.PostponeAsync(next.Id, now + again.Wait, again.Reason, ct),
                    stop
                );
                break;

            case NextStep.GiveUp end:
                Dead(next.Id, title, hub.ChannelName, end.Reason, attempt);
                await RecordAsync(next.Id, ct => inbox.BuryAsync(next.Id, end.Reason, ct), stop);
                break;
        }
    }

    private async Task<(string Title, DeliveryResult Result)> AttemptAsync(
        long id,
        Inbound message,
        CancellationToken abort
    )
    {
        var title = "unread";
        try
        {
            var notification = Hub.Read(message);
            title = PlainText.Headline(notification);
            return (title, await hub.DeliverAsync(notification, abort));
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            // A bug in a source or a channel. It must not end all deliveries; the message is tried again. The exception's
            // own message stays out of the log, it may quote a secret.
            Broken(id, e.GetType().Name, e.StackTrace?.Trim() ?? "");
            return (title, new DeliveryResult.TryLater($"AlertHub failed with {e.GetType().Name}"));
        }
    }

    /// <summary>
    /// Returns when the storage has it: to call the channel again for want of a record would send the same message for
    /// as long as the disk is full. Told to stop, it tries once more; what is not recorded then is delivered again at
    /// the next start.
    /// </summary>
    private async Task RecordAsync(long id, Func<CancellationToken, Task> record, CancellationToken stop)
    {
        var wait = TimeSpan.FromSeconds(1);
        for (var failures = 1; ; failures++)
        {
            var last = stop.IsCancellationRequested;
            try
            {
                // Whoever gives up: the destination has its message, and only the record keeps it from a second one.
                await record(CancellationToken.None);
                return;
            }
            catch (StorageUnavailableException e) when (last)
            {
                Unrecorded(id, e.Message);
                return;
            }
            catch (StorageUnavailableException e)
            {
                RecordingFailed(id, failures, e.Message, wait);
            }

            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait + wait < LongestRecordRetry ? wait + wait : LongestRecordRetry;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>Until a message arrives or that time comes. A message that arrives behind a waiting one changes nothing.</summary>
    private async Task WaitAsync(DateTimeOffset until, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var wait = until - time.GetUtcNow();
        wait = wait < LongestWait ? wait : LongestWait;
        if (wait > TimeSpan.Zero)
        {
            await await Task.WhenAny(
                Task.Delay(wait, time, ending.Token),
                arrival.Reader.ReadAsync(ending.Token).AsTask()
            );
            await ending.CancelAsync();
        }
    }

    private void Wake() => arrival.Writer.TryWrite(true);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Message {Id} ({Title}): delivered to {Channel}, attempt {Attempt}"
    )]
    private partial void Delivered(long id, string title, string channel, int attempt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Message {Id} ({Title}): {Channel} has not taken it: {Reason}; attempt {Attempt}, next in {Seconds:F1} s"
    )]
    private partial void Postponed(long id, string title, string channel, string reason, int attempt, double seconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id} ({Title}): given up for {Channel}: {Reason}; attempt {Attempt}. It is kept and tried again at the next start"
    )]
    private partial void Dead(long id, string title, string channel, string reason, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id}: a fault in AlertHub, please report it: {Type} {Stack}"
    )]
    private partial void Broken(long id, string type, string stack);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id}: what became of it was not recorded, {Failures} in a row: {Reason}; deliveries wait for that, next try in {Wait}"
    )]
    private partial void RecordingFailed(long id, int failures, string reason, TimeSpan wait);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id}: what became of it was not recorded: {Reason}. It is sent again at the next start"
    )]
    private partial void Unrecorded(long id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries wait for the storage: {Reason}; next try in {Delay}")]
    private partial void Stuck(string reason, TimeSpan delay);
}
