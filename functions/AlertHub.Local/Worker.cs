using System.Threading.Channels;
using AlertHub.Local.Storage;
using AlertHub.Notifying;

namespace AlertHub.Local;

/// <summary>
/// Delivers what the inbox holds: one message at a time, in order. One destination that takes a message a second gains
/// nothing from more, and order is what tells "resolved" from "firing again". It keeps its own pace: intake never waits.
/// </summary>
internal sealed partial class Worker(Hub hub, Inbox inbox, TimeProvider time, Random random, ILogger<Worker> log)
{
    /// <summary>Delay before try n: a random part of the smaller of the cap and base × 2^n ("full jitter").</summary>
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

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
                    await inbox.PruneAsync(abort);
                    pruneAt = now + PruneEvery;
                }

                var next = await inbox.NextAsync(stop);
                if (next is not null && next.Due <= now && quietUntil <= now)
                {
                    await DeliverAsync(next, abort);
                    continue;
                }

                var wakeAt = next?.Due ?? await inbox.NextDueAsync(stop) ?? pruneAt;
                await WaitAsync(Later(wakeAt, quietUntil), stop);
            }
            catch (Api.StorageUnavailableException e)
            {
                // What was delivered and could not be marked so is delivered again: at least once.
                Stuck(e.Message, StorageRetry);
                await Task.Delay(StorageRetry, time, stop);
            }
        }
    }

    private async Task DeliverAsync(Pending next, CancellationToken abort)
    {
        var attempt = next.Attempts + 1;
        switch (await AttemptAsync(next, abort))
        {
            case DeliveryResult.Delivered:
                await inbox.DeliveredAsync(next.Id, abort);
                Delivered(next.Id, hub.ChannelName, attempt);
                // More failures than one message may cause in the line: the destination was down and is back.
                if (failuresInARow >= Inbox.AttemptsInLine)
                {
                    await inbox.HurryAsync(abort);
                }

                failuresInARow = 0;
                break;

            case DeliveryResult.TryLater later:
                await PostponeAsync(next, later.Reason, later.After, abort);
                break;

            // Chat bears a message twice better than not at all.
            case DeliveryResult.Ambiguous ambiguous:
                await PostponeAsync(next, ambiguous.Reason, null, abort);
                break;

            case DeliveryResult.Refused refused:
                await inbox.BuryAsync(next.Id, refused.Reason, abort);
                Dead(next.Id, hub.ChannelName, refused.Reason, attempt);
                break;
        }
    }

    private async Task<DeliveryResult> AttemptAsync(Pending next, CancellationToken abort)
    {
        try
        {
            return await hub.DeliverAsync(hub.Ingest(next.Message), abort);
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            // A bug in a source or a channel. It must not end all deliveries; the message is tried again. The exception's
            // own message stays out of the log, it may quote a secret.
            Broken(next.Id, e.GetType().Name, e.StackTrace?.Trim() ?? "");
            return new DeliveryResult.TryLater($"AlertHub failed with {e.GetType().Name}");
        }
    }

    private async Task PostponeAsync(Pending next, string reason, TimeSpan? after, CancellationToken abort)
    {
        var now = time.GetUtcNow();
        var delay = Backoff(next.Attempts);
        if (after is { } asked)
        {
            delay = asked > delay ? asked : delay;
            quietUntil = now + asked;
        }

        failuresInARow++;
        await inbox.PostponeAsync(next.Id, now + delay, reason, abort);
        Postponed(next.Id, hub.ChannelName, reason, next.Attempts + 1, delay.TotalSeconds);
    }

    private TimeSpan Backoff(int attempts) =>
        random.NextDouble() * TimeSpan.FromTicks(Math.Min(Cap.Ticks, Base.Ticks << Math.Min(attempts, 10)));

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

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {Id}: delivered to {Channel}, attempt {Attempt}")]
    private partial void Delivered(long id, string channel, int attempt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Message {Id}: {Channel} has not taken it: {Reason}; attempt {Attempt}, next in {Seconds:F1} s"
    )]
    private partial void Postponed(long id, string channel, string reason, int attempt, double seconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id}: {Channel} refused it: {Reason}; attempt {Attempt}. It is kept and tried again at the next start"
    )]
    private partial void Dead(long id, string channel, string reason, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id}: a fault in AlertHub, please report it: {Type} {Stack}"
    )]
    private partial void Broken(long id, string type, string stack);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries wait for the storage: {Reason}; next try in {Delay}")]
    private partial void Stuck(string reason, TimeSpan delay);
}
