using AlertHub.Channels.Slack;
using AlertHub.Configuration;

namespace AlertHub.Channels;

/// <summary>Every destination, made from its settings.</summary>
public static class ChannelCatalog
{
    /// <summary>Slack where a webhook is given, else the console.</summary>
    /// <param name="slackWebhook">A URL or a reference to one; null or blank for none.</param>
    /// <param name="secrets">Reads references.</param>
    /// <param name="http">Sends.</param>
    /// <param name="console">Where the console channel prints.</param>
    public static IChannel Create(string? slackWebhook, ISecretSource secrets, HttpDelivery http, TextWriter console) =>
        string.IsNullOrWhiteSpace(slackWebhook)
            ? new ConsoleChannel(console)
            : new SlackChannel(SecretReference.Parse(slackWebhook), secrets, http);
}
