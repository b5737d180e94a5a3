using AlertHub.Channels.Http;
using AlertHub.Channels.Slack;
using AlertHub.Channels.Webhook;
using AlertHub.Configuration;
using AlertHub.Configuration.Http;
using AlertHub.Configuration.Receivers;

namespace AlertHub.Channels;

/// <summary>
/// Every destination, made from an integration of a loaded configuration. A catalog belongs to one configuration: a reload
/// makes another and disposes of this one, which closes its connections; requests under way end as they would have, and a
/// channel used afterwards answers that it is to be tried later. Destinations stand in a file that the operator wrote, so
/// they may be private addresses.
/// </summary>
public sealed class ChannelCatalog(ChannelParts parts) : IDisposable
{
    private readonly HttpDeliveries http = new(parts);

    /// <summary>Null where there is no such destination yet.</summary>
    /// <param name="integration">With what it inherits; of a loaded configuration, or made by hand.</param>
    public IChannel? Create(Integration integration) =>
        integration switch
        {
            ConsoleConfig => new ConsoleChannel(parts.Console),
            WebhookConfig webhook => new WebhookChannel(webhook, parts, http.For(webhook.HttpConfig)),
            SlackConfig slack => SlackChannel.Create(slack, parts, http.For(WithToken(slack))),
            _ => null,
        };

    /// <summary>Whether there is such a destination: whether <see cref="Create"/> gives a channel.</summary>
    public static bool Knows(Integration integration) => integration is ConsoleConfig or WebhookConfig or SlackConfig;

    /// <summary>
    /// What an integration asks for that its channel does not do, in sentences: whoever wrote it must not have to find out
    /// for himself. One of them, where there is no channel at all.
    /// </summary>
    public static IEnumerable<string> Warnings(Integration integration)
    {
        if (!Knows(integration))
        {
            return [$"{integration.Kind} is not supported yet: nobody is told by it"];
        }

        return integration.HttpConfig is { } config
            ? HttpWarnings.Of(config).Select(warning => $"{integration.Kind}: http_config: {warning}")
            : [];
    }

    public void Dispose() => http.Dispose();

    /// <summary>A bot's token goes as authorization. Its file is relative to where we run, unlike those of http_config.</summary>
    private static HttpClientConfig? WithToken(SlackConfig slack) =>
        slack is { AppToken: null, AppTokenFile: "" }
            ? slack.HttpConfig
            : (slack.HttpConfig ?? new()) with
            {
                Authorization = new()
                {
                    Type = "Bearer",
                    Credentials = slack.AppToken,
                    CredentialsFile = slack.AppTokenFile.Length > 0 ? Path.GetFullPath(slack.AppTokenFile) : "",
                },
            };
}
