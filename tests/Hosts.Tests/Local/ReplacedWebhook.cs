using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed class ReplacedWebhook : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private RunningWorker worker = null!;

    public Task InitializeAsync()
    {
        worker = RunningWorker.Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await worker.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a webhook that is gone")]
    [InlineData("not a URL")]
    public async Task A_webhook_replaced_where_it_is_kept_delivers_what_waits_without_a_restart(string before)
    {
        await using var slack = await RecordingSlack.StartAsync();
        var file = folder.File("webhook");
        var gone = slack.Webhook.Replace("B00000000", "B99999999", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, before == "not a URL" ? before : gone);
        await worker.KeepAsync("First", "Second");
        using var http = HttpDelivery.CreateClient();
        var channel = new SlackChannel(
            SecretReference.Parse($"file:{file}"),
            new LocalSecretSource(),
            new HttpDelivery(http, TimeProvider.System)
        );

        worker.Start(channel);
        for (var i = 0; i < 10; i++)
        {
            await worker.IdleAsync();
            worker.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await worker.IdleAsync();
        Assert.Equal(2, await worker.Inbox.PendingAsync(default));

        await File.WriteAllTextAsync(file, slack.Webhook);
        worker.Clock.Advance(TimeSpan.FromMinutes(5));

        await slack.TakesAsync("First");
        await slack.TakesAsync("Second");
    }
}
