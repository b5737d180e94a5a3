using System.Net;
using System.Runtime.InteropServices;
using AlertHub.Alerts;
using AlertHub.Api;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Api.DeadLetters;
using AlertHub.Api.Explaining;
using AlertHub.Api.Sns;
using AlertHub.Api.Web;
using AlertHub.Api.Working;
using AlertHub.Channels;
using AlertHub.Local.Settings;
using AlertHub.Local.Storage;
using AlertHub.Local.Web;
using AlertHub.Local.Working;
using AlertHub.Metrics;
using AlertHub.Storing;

namespace AlertHub.Local;

/// <summary>A hub over an open store: what works for it, and what it answers.</summary>
internal sealed partial class HubHost : IAsyncDisposable
{
    private readonly LocalOptions options;
    private readonly SqliteStore store;
    private readonly TimeProvider time;
    private readonly ILogger<HubHost> log;
    private readonly MetricRegistry registry = new();
    private readonly HubMetrics metrics;
    private readonly Hub hub;
    private readonly Worker worker;
    private readonly Keeper keeper;
    private readonly Reloads reloads;
    private readonly WebApplication app;
    private readonly HttpMessageHandler toSns = SnsHttp.Handler();
    private readonly WebAccess? access;

    public HubHost(
        LocalOptions options,
        ConfigFiles files,
        SqliteStore store,
        LoadedConfig loaded,
        WebConfigFile? web,
        ILoggerFactory logs,
        TimeProvider time
    )
    {
        (this.options, this.store, this.time, log) = (options, store, time, logs.CreateLogger<HubHost>());
        metrics = new(registry);
        hub = new(store, loaded.Settings, time, Random.Shared.NextDouble);
        worker = new(hub, options.StartDelay, time, new(metrics, time, logs.CreateLogger<WorkLog>()));
        keeper = new(hub, worker, logs.CreateLogger<Keeper>());
        reloads = new(files, hub, worker, metrics, time, logs.CreateLogger<Reloads>());
        access = web is null
            ? null
            : new((_, _) => new(web.Rules), web.AtStart.RateLimit, time, logs.CreateLogger<WebAccess>());
        app = WebHost.Create(options.ListenAddresses, web, logs);
        Map(logs);
    }

    public async Task<int> RunAsync(LoadedConfig loaded)
    {
        foreach (var remark in options.Remarks)
        {
            Remarked(remark);
        }

        // Before it listens: what cannot be written now must not be promised to anybody.
        await hub.HurryAsync(CancellationToken.None);
        await reloads.StartAsync(loaded, CancellationToken.None);
        // What waited in an older AlertHub is told now; when it came, it was another's to say.
        var former = await store.HandOverAsync(
            (message, ct) => keeper.KeepAsync([message with { ReceivedAt = time.GetUtcNow() }], Labels.Empty, ct),
            CancellationToken.None
        );
        if (former > 0)
        {
            TookOver(former);
        }

        if (await WebHost.StartAsync(app, options.ListenAddresses) is { } objection)
        {
            return LocalHost.Fail(objection);
        }

        foreach (var address in app.Urls)
        {
            Listening(address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..], store.Folder, reloads.Origin);
        }

        using var hangup = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            context =>
            {
                context.Cancel = true;
                _ = Task.Run(HangUpAsync);
            }
        );
        using var interrupt = CutShort(PosixSignal.SIGINT);
        using var terminate = CutShort(PosixSignal.SIGTERM);
        await WorkAsync();
        await TellRestAsync();
        return 0;
    }

    /// <summary>
    /// Whoever asks a second time has no patience left; what is stored bears it. Supervisors that signal a process and its
    /// group ask twice at once, and mean it once.
    /// </summary>
    private PosixSignalRegistration CutShort(PosixSignal signal)
    {
        var (asked, first) = (0, 0L);
        return PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                if (Interlocked.Increment(ref asked) == 1)
                {
                    first = time.GetTimestamp();
                }
                else if (time.GetElapsedTime(first) > Drain.SameSignal)
                {
                    Environment.Exit(1);
                }
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        worker.Dispose();
        reloads.Dispose();
        access?.Dispose();
        toSns.Dispose();
    }

    /// <summary>Until the process is told to stop and what is under way has ended.</summary>
    private async Task WorkAsync()
    {
        using var abort = new CancellationTokenSource();
        var stop = app.Lifetime.ApplicationStopping;
        using var bound = stop.Register(() => abort.CancelAfter(Drain.ForDelivery));

        // On the pool: it begins to work at once, and the wait for the end of the process must begin, too.
        var working = Task.Run(() => worker.RunAsync(stop, abort.Token), CancellationToken.None);
        var maintenance = Task.Run(() => MaintainAsync(stop), CancellationToken.None);

        // Stops accepting, and waits for the requests under way.
        var shutdown = app.WaitForShutdownAsync(CancellationToken.None);
        if (await Task.WhenAny(shutdown, working, maintenance) != shutdown)
        {
            // Told to stop, or at fault. A hub that takes in and delivers nothing must not look alive.
            app.Lifetime.StopApplication();
        }

        await shutdown;
        await working;
        await maintenance;
    }

    private async Task HangUpAsync()
    {
        try
        {
            await reloads.ReloadAsync(app.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task MaintainAsync(CancellationToken stop)
    {
        var retention = new Retention
        {
            EndedAlerts = options.AlertsGcInterval,
            Silences = options.DataRetention,
            DeadLetters = options.DataRetention,
        };
        var isSwitchedOff = options.MaintenanceInterval <= TimeSpan.Zero;
        using var timer = new PeriodicTimer(
            isSwitchedOff ? Timeout.InfiniteTimeSpan : options.MaintenanceInterval,
            time
        );
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await hub.PruneAsync(retention, stop);
                }
                catch (StorageUnavailableException e)
                {
                    NotMaintained(e.Message, options.MaintenanceInterval);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    /// <summary>What was not delivered, for whoever reads the log after the end.</summary>
    private async Task TellRestAsync()
    {
        var state = await hub.ReadAsync(CancellationToken.None);
        var deliveries = state
            .Groups.Values.SelectMany(static group => group.Deliveries)
            .Where(static delivery => !delivery.IsShown)
            .ToArray();
        var dead = deliveries.Count(static delivery => delivery.IsDead);
        if (deliveries.Length == 0)
        {
            Stopped();
        }
        else
        {
            StoppedEarly(Rest(deliveries.Length - dead, dead, store.Folder));
        }
    }

    private static string Rest(int waiting, int dead, string folder)
    {
        var late = $"{waiting} {(waiting == 1 ? "notification is" : "notifications are")} not delivered";
        var over = $"{dead} {(dead == 1 ? "notification was" : "notifications were")} given up";
        return waiting == 0 ? $"{over}, kept in {folder}"
            : dead == 0 ? $"{late}, kept in {folder}: the next start goes on with what is not delivered"
            : $"{late} and {over}, kept in {folder}: the next start goes on with what is not delivered";
    }

    private void Map(ILoggerFactory logs)
    {
        var loopbackOnly = options.ListenAddresses.All(static address => IPAddress.IsLoopback(address.Address));
        var admission = new Admission(loopbackOnly, new BodyBudget(BodyBudget.DefaultBytes), options.ExternalUrl);
        app.Use(new RequestLimits(options.GetConcurrency, options.WebTimeout, time).InvokeAsync);
        WebPipeline.Use(app, access, options.RoutePrefix, registry);
        new Intake(keeper.KeepAsync, admission, time, logs.CreateLogger<Intake>()).Map(app);
        new SnsEndpoint(
            keeper.KeepAsync,
            admission,
            new SnsPolicy { Topics = options.SnsTopics, RequireVersion2 = options.SnsRequireVersion2 },
            toSns,
            time,
            logs.CreateLogger<SnsEndpoint>()
        ).Map(app);
        new AlertmanagerApi(hub, keeper, admission, metrics, time, logs.CreateLogger<AlertmanagerApi>()).Map(app);
        new ExplainEndpoint(hub).Map(app);
        new DeadLetterEndpoints(hub, worker, admission, logs.CreateLogger<DeadLetterEndpoints>()).Map(app);
        Health.Map(app, store.CheckAsync);
        Reload.Map(app, admission, reloads.ReloadAsync);
        MetricsEndpoint.Map(app, registry, ct => HubGauges.RefreshAsync(hub, metrics, time.GetUtcNow(), ct));
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Listening on address={Address}, keeping everything in {Folder}, working by {File}"
    )]
    private partial void Listening(string address, string folder, string file);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Took over {Messages} messages that an older AlertHub had accepted and not delivered"
    )]
    private partial void TookOver(int messages);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Remark}")]
    private partial void Remarked(string remark);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is over was not removed: {Reason}; next try in {Interval}")]
    private partial void NotMaintained(string reason, TimeSpan interval);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped; everything that was due is delivered")]
    private partial void Stopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped; {Rest}")]
    private partial void StoppedEarly(string rest);
}
