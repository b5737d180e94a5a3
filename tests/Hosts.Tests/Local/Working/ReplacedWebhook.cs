using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local.Working;

public sealed class ReplacedWebhook : IDisposable
{
    private readonly TemporaryFolder folder = new();

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
        using var http = HttpDelivery.Create(TimeProvider.System);
        await using var hub = new RunningHub(
            new SlackChannel(SecretReference.Parse($"file:{file}"), new LocalSecretSource(), http)
        );

        await hub.FireAsync("First", "Second");
        await hub.UntilAsync(() =>
            hub.Log.Lines.Any(static line => line.Contains("not taken", StringComparison.Ordinal))
            && hub.UndeliveredAsync().GetAwaiter().GetResult().Count == 2
        );

        await File.WriteAllTextAsync(file, slack.Webhook);
        await hub.UntilAsync(() => slack.Posts.Count(static p => p.Taken) == 2);
        await slack.TakesAsync("First");
        await slack.TakesAsync("Second");
    }
}
