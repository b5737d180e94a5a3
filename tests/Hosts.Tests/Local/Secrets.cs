using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed class Secrets : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_webhook_is_nowhere_in_the_output_or_the_storage_whatever_goes_wrong()
    {
        await using var slack = await RecordingSlack.StartAsync();
        string[] names = ["A", "B", "C", "D", "E"];
        slack.Script(
            SlackAnswer.RollupError,
            SlackAnswer.RateLimited(TimeSpan.FromSeconds(1)),
            new SlackAnswer.Reset()
        );
        var written = "";
        await using (var hub = await HubProcess.StartAsync(folder.Path, slack.Webhook))
        {
            foreach (var name in names)
            {
                using var body = Webhook.Body(name);
                await hub.PostAsync("/webhook", body);
            }

            await slack.TakesAsync("E");
            hub.Child.Signal(ChildProcess.Terminate);
            await hub.Child.ExitAsync();
            written += $"{hub.Child.Written}";
        }

        // After each of these the address is left alone for a while.
        SlackAnswer[] addressed =
        [
            new SlackAnswer.Status(302, slack.Webhook),
            new SlackAnswer.Status(200, $"<html>{slack.Webhook}"),
            SlackAnswer.NoService,
            SlackAnswer.ChannelIsArchived,
        ];
        foreach (var answer in addressed)
        {
            slack.Script(answer);
            await using var hub = await HubProcess.StartAsync(folder.Path, slack.Webhook);
            using var body = Webhook.Body("F");
            await hub.PostAsync("/webhook", body);
            await hub.Child.LineAsync("not taken");
            hub.Child.Signal(ChildProcess.Terminate);
            await hub.Child.ExitAsync();
            written += $"{hub.Child.Written}";
        }

        // Nobody listens there any more.
        var gone = $"http://127.0.0.1:{FreePort.Next()}/services/T0/B0/{slack.Token}";
        await using (var hub = await HubProcess.StartAsync(folder.Path, gone))
        {
            written += await hub.Child.LineAsync("no connection");
            hub.Child.Signal(ChildProcess.Terminate);
            await hub.Child.ExitAsync();
            written += $"{hub.Child.Written}";
        }

        Assert.DoesNotContain(slack.Token, written, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder.Path))
        {
            Assert.DoesNotContain(slack.Token, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stranger_cannot_write_log_lines_of_their_own()
    {
        await using var hub = await HubProcess.StartAsync(
            folder.Path,
            null,
            "--sns.topic",
            "arn:aws:sns:eu-west-1:111122223333:alarms"
        );
        using var body = new StringContent(
            """
            {"Type":"Notification","MessageId":"x\r\u001b[2J2026 info Worker: all is well","TopicArn":"t\u001b[31m","Message":"",
            "Timestamp":"","SignatureVersion":"1","Signature":"","SigningCertURL":""}
            """
        );

        Assert.Equal(403, (await hub.PostAsync("/sns", body)).Status);

        Assert.DoesNotContain('\u001b', await hub.Child.LineAsync("refused"));
        Assert.DoesNotContain('\r', hub.Child.Written.Errors);
    }
}
