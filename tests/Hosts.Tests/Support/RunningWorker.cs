using AlertHub;
using AlertHub.Local;
using AlertHub.Local.Storage;
using AlertHub.Notifying;

namespace Hosts.Tests.Support;

/// <summary>A worker over a real inbox, with a clock that the test moves.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    private RunningWorker() => Inbox = Inbox.Open(folder.Path, Clock);

    public ManualClock Clock { get; } = new();

    public RecordedLog<Worker> Log { get; } = new();

    public CancellationTokenSource Stop { get; } = new();

    public CancellationTokenSource Abort { get; } = new();

    public Inbox Inbox { get; }

    public Task Working { get; private set; } = Task.CompletedTask;

    public static RunningWorker Create() => new();

    public ScriptedChannel Start(Func<string, int, DeliveryResult> answer) => Start(new ScriptedChannel(answer));

    public T Start<T>(T channel)
        where T : IChannel
    {
        var worker = new Worker(new Hub(channel), Inbox, Clock, new LongestDelay(), Log);
        Working = Task.Run(() => worker.RunAsync(Stop.Token, Abort.Token));
        return channel;
    }

    public async Task KeepAsync(params string[] names) =>
        await Inbox.KeepAsync([.. names.Select(name => Webhook.Message(name))], default);

    /// <summary>Lets time pass once the worker waits for that long.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var due = Clock.GetUtcNow() + time;
        await Clock.WaitedForAsync(moment => moment == due);
        Clock.Advance(time);
    }

    /// <summary>The worker has nothing to do before some later time.</summary>
    public Task IdleAsync() => Clock.WaitedForAsync(_ => true);

    /// <summary>As on a full disk: what is there can be read, and nothing can be changed.</summary>
    public void BreakStorage() =>
        Storage.Change(
            folder.File("alerthub.db"),
            "CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END"
        );

    public void RepairStorage() => Storage.Change(folder.File("alerthub.db"), "DROP TRIGGER full");

    public async ValueTask DisposeAsync()
    {
        await Stop.CancelAsync();
        await Abort.CancelAsync();
        await Working;
        await Inbox.DisposeAsync();
        folder.Dispose();
        Stop.Dispose();
        Abort.Dispose();
    }
}
