using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;

namespace AlertHub.Channels.Slack;

/// <summary>
/// Slack where nobody wrote a configuration: <c>SLACK_WEBHOOK_URL</c>, or <c>SLACK_BOT_TOKEN</c> and <c>SLACK_CHANNEL</c>. The URL and
/// the token are secrets, or references to where they stand.
/// </summary>
public static class SlackVariables
{
    public const string Webhook = "SLACK_WEBHOOK_URL";

    public const string Token = "SLACK_BOT_TOKEN";

    /// <summary>A channel's name (#ops) or id.</summary>
    public const string Channel = "SLACK_CHANNEL";

    /// <summary>Of chat.postMessage, where it is not Slack's own, as for GovSlack.</summary>
    public const string ApiUrl = "SLACK_API_URL";

    private const string PostMessage = "https://slack.com/api/chat.postMessage";

    /// <summary>Null where nothing is given, or what is given cannot be used: then <paramref name="objection"/> says why.</summary>
    /// <param name="variable">An environment variable's value, or null.</param>
    /// <param name="objection">Names the variable and not its value.</param>
    public static SlackConfig? Read(Func<string, string?> variable, out string? objection)
    {
        var (webhook, token, channel, url) = (Given(Webhook), Given(Token), Given(Channel), Given(ApiUrl));
        objection = (webhook, token, channel) switch
        {
            (not null, not null, _) => $"{Webhook} and {Token} exclude each other; keep one of the two",
            (_, not null, null) => $"{Channel} is not set; set it to the channel (#name or id) in which the bot writes",
            (null, null, not null) => $"{Token} is not set; set it to the bot's token (xoxb-...) or a reference to it",
            (_, not null, _) when !IsAllowed(url ?? PostMessage) =>
                $"{ApiUrl} must begin with https:// (http:// is for this machine only) and end with /chat.postMessage",
            _ => null,
        };
        return objection is not null ? null
            : webhook is not null ? Usual with { ApiUrl = SecretReference.Parse(webhook) }
            : token is not null
                ? Usual with
                {
                    AppToken = SecretReference.Parse(token),
                    AppUrl = url ?? PostMessage,
                    Channel = channel ?? "",
                }
            : null;

        string? Given(string name) =>
            variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>What is wrong with the secret itself, as a sentence that names its variable and does not show it; null where nothing is.</summary>
    public static string? Problem(SlackConfig config, Secret secret) =>
        config.AppToken is null
            ? SlackChannel.Problem(secret) is { } problem
                ? $"{Webhook}: {problem}"
                : null
            : secret.Reveal().StartsWith("xox", StringComparison.Ordinal)
                ? null
                : $"{Token}: it is not the token of a Slack app; a bot's begins with xoxb-";

    /// <summary>Of a configuration that <see cref="Read"/> made: the secret, and the variable that gave it.</summary>
    public static (string Variable, SecretReference Reference) Secret(SlackConfig config) =>
        config.AppToken is { } token ? (Token, token)
        : config.ApiUrl is { } webhook ? (Webhook, webhook)
        : throw new ArgumentException("it has neither a webhook nor a token", nameof(config));

    private static SlackConfig Usual { get; } = new() { Username = "", SendResolved = true };

    private static bool IsAllowed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && SlackBot.Serves(url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
