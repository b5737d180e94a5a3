using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels;

public sealed class Catalog
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void Without_a_webhook_the_console_prints(string? webhook) => Assert.IsType<ConsoleChannel>(Create(webhook));

    [Theory]
    [InlineData("https://hooks.slack.com/services/T/B/x")]
    [InlineData("ssm:/alerthub/slack")]
    [InlineData("env:SLACK")]
    [InlineData("file:/run/secrets/slack")]
    public void With_one_Slack_is_told(string webhook) => Assert.IsType<SlackChannel>(Create(webhook));

    private static IChannel Create(string? webhook)
    {
        using var destination = new Destination();
        return ChannelCatalog.Create(
            webhook,
            new LocalSecretSource(_ => null),
            destination.Delivery(),
            TextWriter.Null
        );
    }
}
