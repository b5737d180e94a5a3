using AlertHub.Local;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed class Stopping : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ChildProcess.Terminate)]
    [InlineData(ChildProcess.Interrupt)]
    public async Task A_signal_lets_the_delivery_under_way_finish_and_keeps_the_rest(int signal)
    {
        await using var slack = await RecordingSlack.StartAsync();
        var release = new TaskCompletionSource();
        slack.Script(new SlackAnswer.Hold(release.Task));
        await using (var hub = await HubProcess.StartAsync(folder.Path, slack.Webhook))
        {
            foreach (var name in (string[])["First", "Second", "Third"])
            {
                using var body = Webhook.Body(name);
                Assert.Equal(200, (await hub.PostAsync("/webhook", body)).Status);
                // The first is held before there are others, which are flushed side by side.
                await slack.CountAsync(1);
            }

            hub.Child.Signal(signal);
            await RefusesAsync(hub);
            release.SetResult();

            Assert.Equal(0, await hub.Child.ExitAsync());
            Assert.Contains(
                $"Stopped; 2 notifications are not delivered, kept in {folder.Path}: the next start goes on",
                hub.Child.Written.Errors,
                StringComparison.Ordinal
            );
        }

        Assert.Single(slack.Posts, p => p.Taken);
        await using var again = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        await slack.TakesAsync("Second");
        await slack.TakesAsync("Third");
        Assert.Single(slack.Posts, p => p.Taken && p.Shows("First"));
    }

    [Fact]
    public async Task A_corrected_webhook_and_a_restart_deliver_what_waits_at_once()
    {
        await using var slack = await RecordingSlack.StartAsync();
        await using (
            var hub = await HubProcess.StartAsync(
                folder.Path,
                slack.Webhook.Replace("B00000000", "B99999999", StringComparison.Ordinal)
            )
        )
        {
            using var body = Webhook.Body("Waiting");
            Assert.Equal(200, (await hub.PostAsync("/webhook", body)).Status);
            Assert.Contains(
                "Slack answered 404 'no_service'",
                await hub.Child.LineAsync("not taken"),
                StringComparison.Ordinal
            );
            hub.Child.Signal(ChildProcess.Terminate);
            Assert.Equal(0, await hub.Child.ExitAsync());
            Assert.Contains(
                "Stopped; 1 notification is not delivered",
                hub.Child.Written.Errors,
                StringComparison.Ordinal
            );
        }

        await using var corrected = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        await slack.TakesAsync("Waiting");
    }

    [Fact]
    public async Task What_slack_refuses_even_as_plain_text_is_kept_and_sent_when_somebody_asks()
    {
        await using var slack = await RecordingSlack.StartAsync();
        var invalid = new SlackAnswer.Status(400, "invalid_payload");
        slack.Script(invalid, invalid);
        await using (var hub = await HubProcess.StartAsync(folder.Path, slack.Webhook))
        {
            using var body = Webhook.Body("Refused");
            Assert.Equal(200, (await hub.PostAsync("/webhook", body)).Status);
            Assert.Contains("400 'invalid_payload'", await hub.Child.LineAsync("given up"), StringComparison.Ordinal);
            hub.Child.Signal(ChildProcess.Terminate);
            Assert.Equal(0, await hub.Child.ExitAsync());
            Assert.Contains(
                "Stopped; 1 notification was given up, kept in ",
                hub.Child.Written.Errors,
                StringComparison.Ordinal
            );
        }

        // No flush takes the place of the dead letter meanwhile, however long the commands take.
        await using var again = await HubProcess.StartAsync(folder.Path, slack.Webhook, "--dispatch.start-delay=1h");
        var url = $"--url={again.Http.BaseAddress}";
        var (listed, list) = await RunAsync("dead", url);
        Assert.Equal(0, listed);
        Assert.Matches("^[0-9a-f]{12}  default/slack\\[0\\], {}:{alertname=\"Refused\"}\n", list);
        Assert.Contains("400 'invalid_payload'", list, StringComparison.Ordinal);
        Assert.DoesNotContain(slack.Posts, p => p.Taken);

        Assert.Equal(
            (0, "1 noted to be sent now; the log and \"dead\" say what comes of it."),
            await RunAsync("dead", "--resend", list[..12], url)
        );
        await slack.TakesAsync("Refused");
        await UntilAsync(async () => (await RunAsync("dead", url)).Output == "There is no dead letter.");
        Assert.Equal((0, "There is no dead letter."), await RunAsync("dead", "--resend", "--all", url));
        Assert.Equal(1, (await RunAsync("dead", "--resend", "0123456789ab", url)).Status);
    }

    [Fact]
    public async Task Who_asks_a_second_time_does_not_wait()
    {
        await using var slack = await RecordingSlack.StartAsync();
        slack.Script(new SlackAnswer.Hold(new TaskCompletionSource().Task));
        await using var hub = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        using var body = Webhook.Body("Slow");
        await hub.PostAsync("/webhook", body);
        await slack.CountAsync(1);

        hub.Child.Signal(ChildProcess.Interrupt);
        await RefusesAsync(hub);

        // One that comes at once would be taken for the same one, from a supervisor that signals a process and its group.
        await Task.Delay(Drain.SameSignal * 2);
        hub.Child.Signal(ChildProcess.Interrupt);

        Assert.Equal(1, await hub.Child.ExitAsync());
    }

    private static async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        await using var command = HubProcess.Run(arguments);
        var status = await command.ExitAsync();
        return (status, command.Written.Output);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Until it takes no more connections.</summary>
    private static async Task RefusesAsync(HubProcess hub)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await timer.WaitForNextTickAsync(bound.Token))
        {
            using var fresh = new HttpClient { BaseAddress = hub.Http.BaseAddress };
            try
            {
                using var _ = await fresh.GetAsync(new Uri("/-/healthy", UriKind.Relative), bound.Token);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }
}
