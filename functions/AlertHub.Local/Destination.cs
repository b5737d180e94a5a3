using AlertHub.Channels;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;

namespace AlertHub.Local;

/// <summary>Where this process delivers to, as the environment says.</summary>
internal static class Destination
{
    public const string SlackWebhookVariable = "SLACK_WEBHOOK_URL";

    /// <summary>What is wrong with the setting, as a sentence that names it and not its value; null where nothing is.</summary>
    public static async Task<string?> ProblemAsync(string? slackWebhook, ISecretSource secrets, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(slackWebhook))
        {
            return null;
        }

        // Parameter Store may be out of reach just now. That must not keep alerts out; the deliveries wait for it.
        var reference = SecretReference.Parse(slackWebhook);
        if (reference is SecretReference.Parameter)
        {
            return null;
        }

        try
        {
            return SlackChannel.Problem(await secrets.GetAsync(reference, refresh: false, ct)) is { } problem
                ? $"{SlackWebhookVariable}: {problem}"
                : null;
        }
        catch (SecretUnavailableException e)
        {
            return $"{SlackWebhookVariable}: {e.Message}";
        }
    }

    public static IChannel Create(string? slackWebhook, ISecretSource secrets, HttpDelivery http) =>
        ChannelCatalog.Create(slackWebhook, secrets, http, Console.Out);
}
