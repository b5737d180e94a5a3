using AlertHub.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Hub;

/// <summary>Slack is down for minutes, while alerts come and the sweep runs as often as on AWS.</summary>
public sealed class SlackDownForMinutes(ManagedAssembly managed, NativeAssembly native)
    : IClassFixture<ManagedAssembly>,
        IClassFixture<NativeAssembly>
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private static readonly string[] Alerts = [.. Enumerable.Range(0, 16).Select(static i => $"Waiting{i:D2}x")];

    /// <summary>Both packagings side by side: they wait nearly all of the time.</summary>
    [Fact]
    public async Task Messages_wait_and_then_all_come_once()
    {
        var (portable, executable) = (RunAsync(managed), RunAsync(native));
        await Task.WhenAll(portable, executable)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await portable;
        await executable;
    }

    private static async Task RunAsync(AppAssembly assembly)
    {
        await using var hub = await HubBox.StartAsync(
            assembly,
            static options => options with { ScheduleEvery = TimeSpan.FromMinutes(1) }
        );
        await hub.ConfigureAsync(HubBox.Config());
        var inAnHour = DateTimeOffset.UtcNow.AddHours(1);
        using (hub.Slack.Down(new SlackAnswer.Status(503, "down")))
        {
            // Enough at once for Slack, and not a message, to be at fault.
            await hub.PostUntilTakenAsync([.. Alerts.Take(6).Select(name => HubBox.Alert(name, inAnHour))]);
            await hub.Slack.CountAsync(1);
            foreach (var name in Alerts.Skip(6))
            {
                await hub.PostUntilTakenAsync(HubBox.Alert(name, inAnHour));
                await Task.Delay(Between);
            }

            // Of two and a half minutes.
            await Task.Delay(Between * 5);
        }

        var failed = hub.Slack.Posts.Count;
        await hub.Box.UntilAsync(
            () => hub.Slack.Posts.Count(static post => post.Taken) >= Alerts.Length,
            "all are told",
            TimeSpan.FromMinutes(4)
        );
        // What the sweep has sent in the meantime waits in the queue, and must tell nobody again.
        await hub.Box.UntilAsync(
            async () => await hub.Box.QueueAsync("DeliverQueue") is { Ready: 0, InFlight: 0, Delayed: 0 },
            "nothing waits for Slack any more",
            TimeSpan.FromMinutes(2)
        );
        await hub.Box.CountsAsync(Names.NotifiedMetric, Alerts.Length);

        Assert.Equal(Alerts, hub.Slack.Posts.Where(static post => post.Taken).Select(Name).Order());
        Assert.InRange(failed, 5, 20);
        Assert.Equal(0, hub.Box.Metric(Names.DeadMetric));
        Assert.Equal(0, (await hub.Box.QueueAsync("DeliverDeadLetters")).Ready);
    }

    private static string Name(SlackPost post) => Assert.Single(Alerts, name => post.Shows(name));
}
