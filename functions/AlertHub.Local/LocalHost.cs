using System.Globalization;
using System.Net;
using AlertHub.Api;
using AlertHub.Api.Sns;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Local.Storage;

namespace AlertHub.Local;

/// <summary>The process from start to end, in order.</summary>
internal static class LocalHost
{
    public static async Task<int> RunAsync(LocalOptions options)
    {
        var time = TimeProvider.System;
        var secrets = SecretSources.Create(Environment.GetEnvironmentVariable, time);
        var webhook = Environment.GetEnvironmentVariable(Destination.SlackWebhookVariable);
        if (await Destination.ProblemAsync(webhook, secrets, CancellationToken.None) is { } problem)
        {
            return Fail(problem);
        }

        try
        {
            await using var inbox = Inbox.Open(options.StoragePath, time);
            using var http = HttpDelivery.CreateClient();
            var hub = new Hub(Destination.Create(webhook, secrets, new HttpDelivery(http, time)));
            return await RunAsync(options, inbox, hub, time);
        }
        catch (StorageUnavailableException e)
        {
            return Fail(e.Message);
        }
    }

    private static async Task<int> RunAsync(LocalOptions options, Inbox inbox, Hub hub, TimeProvider time)
    {
        // Before it listens: what cannot be written now must not be promised to anybody.
        var waiting = await inbox.ReviveAsync(CancellationToken.None);

        await using var app = WebHost.Create(options.ListenAddress);
        using var toSns = SnsHttp.Handler();
        Map(app, inbox, options, toSns, time);
        if (await WebHost.StartAsync(app, options.ListenAddress) is { } objection)
        {
            return Fail(objection);
        }

        Say(
            $"AlertHub listens on {WebHost.Address(app)}, keeps messages in {inbox.Folder}, delivers to {hub.ChannelName}{Waiting(waiting)}"
        );
        await DeliverAsync(app, inbox, hub, time);

        var (pending, dead) = (await inbox.PendingAsync(default), await inbox.DeadAsync(default));
        Say(
            pending + dead == 0
                ? "AlertHub stopped; every message was delivered"
                : $"AlertHub stopped; {Count(pending + dead)} not delivered{(dead > 0 ? $" ({dead} given up)" : "")}, kept in {inbox.Folder} and sent at the next start"
        );
        return 0;
    }

    /// <summary>Until the process is told to stop and what is under way has ended.</summary>
    private static async Task DeliverAsync(WebApplication app, Inbox inbox, Hub hub, TimeProvider time)
    {
        using var abort = new CancellationTokenSource();
        var stop = app.Lifetime.ApplicationStopping;
        using var bound = stop.Register(() => abort.CancelAfter(Drain.ForDelivery));
        var worker = new Worker(hub, inbox, time, Random.Shared, app.Services.GetRequiredService<ILogger<Worker>>());
        // On the pool: it begins to deliver at once, and the wait for the end of the process must begin, too.
        var deliveries = Task.Run(() => worker.RunAsync(stop, abort.Token), CancellationToken.None);

        // Stops accepting, and waits for the requests under way.
        var shutdown = app.WaitForShutdownAsync();
        if (await Task.WhenAny(shutdown, deliveries) == deliveries)
        {
            // Told to stop, or at fault. A hub that takes in and delivers nothing must not look alive.
            app.Lifetime.StopApplication();
        }

        await shutdown;
        await deliveries;
    }

    private static void Map(
        WebApplication app,
        Inbox inbox,
        LocalOptions options,
        HttpMessageHandler toSns,
        TimeProvider time
    )
    {
        var admission = new Admission(
            IPAddress.IsLoopback(options.ListenAddress.Address),
            new BodyBudget(BodyBudget.DefaultBytes)
        );
        new Intake(inbox.KeepAsync, admission, time, app.Services.GetRequiredService<ILogger<Intake>>()).Map(app);
        new SnsEndpoint(
            inbox.KeepAsync,
            admission,
            new SnsPolicy { Topics = options.SnsTopics, RequireVersion2 = options.SnsRequireVersion2 },
            toSns,
            time,
            app.Services.GetRequiredService<ILogger<SnsEndpoint>>()
        ).Map(app);
        Health.Map(app, inbox.CheckAsync);
    }

    private static string Waiting(long count) => count == 0 ? "" : $"; {Count(count)} waiting from before";

    private static string Count(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} message{(count == 1 ? "" : "s")}");

    private static void Say(string line) => Console.Out.WriteLine(line);

    internal static int Fail(string sentence)
    {
        Console.Error.WriteLine($"alerthub: {sentence}");
        return 1;
    }
}
