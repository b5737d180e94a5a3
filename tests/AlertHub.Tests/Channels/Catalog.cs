using System.Text;
using AlertHub.Channels;
using AlertHub.Channels.Slack;
using AlertHub.Channels.Webhook;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels;

public sealed class Catalog : IDisposable
{
    private readonly ChannelCatalog catalog = new(Some.Parts());

    public void Dispose() => catalog.Dispose();

    [Fact]
    public void Every_integration_of_a_configuration_is_a_channel_or_named_in_a_warning()
    {
        var channels = Integrations(
                """
                slack_configs: [{api_url: https://hooks.slack.com/services/T/B/x}]
                webhook_configs: [{url: http://hooks.example/x}]
                discord_configs: [{webhook_url: https://discord.example/x}]
                """
            )
            .Select(integration =>
            {
                Assert.Equal(ChannelCatalog.Knows(integration), catalog.Create(integration) is not null);
                return (Channel: catalog.Create(integration), Warnings: ChannelCatalog.Warnings(integration));
            });

        Assert.Collection(
            channels,
            discord =>
            {
                Assert.Null(discord.Channel);
                Assert.Contains("discord", Assert.Single(discord.Warnings), StringComparison.Ordinal);
            },
            slack =>
            {
                Assert.IsType<SlackChannel>(slack.Channel);
                Assert.Empty(slack.Warnings);
            },
            webhook =>
            {
                Assert.IsType<WebhookChannel>(webhook.Channel);
                Assert.Empty(webhook.Warnings);
            }
        );
    }

    [Fact]
    public void Integrations_made_by_hand_are_channels_as_well()
    {
        Assert.IsType<ConsoleChannel>(catalog.Create(new ConsoleConfig()));
        Assert.IsType<SlackChannel>(
            catalog.Create(new SlackConfig { ApiUrl = SecretReference.Parse("ssm:/alerthub/slack") })
        );
    }

    [Fact]
    public void Secrets_of_a_secret_manager_that_does_not_exist_are_named()
    {
        var webhook = new WebhookConfig
        {
            HttpConfig = new()
            {
                BasicAuth = new() { PasswordRef = "x" },
                TlsConfig = new() { CaRef = "y" },
            },
        };

        var warnings = ChannelCatalog.Warnings(webhook).ToArray();

        Assert.Contains("basic_auth.password_ref", warnings[0], StringComparison.Ordinal);
        Assert.Contains("tls_config.ca_ref", warnings[1], StringComparison.Ordinal);
        Assert.Equal(2, warnings.Length);
    }

    private static IReadOnlyList<Integration> Integrations(string receiver)
    {
        var yaml = $"""
            route: {"{receiver: r}"}
            receivers:
            - name: r
            {string.Join('\n', receiver.Split('\n').Select(line => $"  {line}"))}
            """;
        var file = new ConfigFile("alertmanager.yml", Encoding.UTF8.GetBytes(yaml));
        var config = HubConfig.Load(file, null, out var problems);
        return config?.Receivers[0].Integrations ?? throw new FormatException(string.Join('\n', problems));
    }
}
