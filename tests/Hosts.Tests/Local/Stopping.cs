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
            }

            await slack.CountAsync(1);
            hub.Child.Signal(signal);
            await RefusesAsync(hub);
            release.SetResult();

            Assert.Equal(0, await hub.Child.ExitAsync());
            Assert.EndsWith(
                $"AlertHub stopped; 2 messages not delivered, kept in {folder.Path} and sent at the next start",
                hub.Child.Written.Output,
                StringComparison.Ordinal
            );
        }

        Assert.Single(slack.Posts, p => p.Taken);
        await using var again = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        Assert.EndsWith(
            "delivers to slack; 2 messages waiting from before",
            again.Child.Written.Output,
            StringComparison.Ordinal
        );
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
                await hub.Child.LineAsync("has not taken it"),
                StringComparison.Ordinal
            );
            hub.Child.Signal(ChildProcess.Terminate);
            Assert.Equal(0, await hub.Child.ExitAsync());
            Assert.Contains("1 message not delivered, kept in", hub.Child.Written.Output, StringComparison.Ordinal);
        }

        await using var corrected = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        await slack.TakesAsync("Waiting");
    }

    [Fact]
    public async Task What_slack_refuses_even_as_plain_text_is_kept_and_tried_again_at_the_next_start()
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
            Assert.Contains("1 message not delivered (1 given up)", hub.Child.Written.Output, StringComparison.Ordinal);
        }

        await using var again = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        await slack.TakesAsync("Refused");
    }

    [Fact]
    public async Task A_storage_that_is_locked_at_the_stop_is_said_in_one_line()
    {
        await using var hub = await HubProcess.StartAsync(folder.Path, null);
        await using var other = Storage.Open(folder.File("alerthub.db"));
        await using var transaction = other.BeginTransaction(deferred: false);

        hub.Child.Signal(ChildProcess.Terminate);

        Assert.Equal(1, await hub.Child.ExitAsync());
        // Before it there may be the worker's own line about the same.
        Assert.Equal(
            $"alerthub: \"{folder.File("alerthub.db")}\" is locked by another program; close that",
            hub.Child.Written.Errors.Split('\n')[^1]
        );
        Assert.DoesNotContain("   at ", hub.Child.Written.Errors, StringComparison.Ordinal);
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
