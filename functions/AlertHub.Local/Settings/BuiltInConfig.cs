using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;

namespace AlertHub.Local.Settings;

/// <summary>
/// What holds where nobody gave a configuration: everything goes to Slack where there is a webhook, else to the console,
/// grouped by its name, at once.
/// </summary>
internal static class BuiltInConfig
{
    public const string SlackWebhookVariable = "SLACK_WEBHOOK_URL";

    private const string Text = """
        route:
          receiver: default
          group_by: [alertname]
          group_wait: 0s
          group_interval: 5s
          repeat_interval: 4h
        receivers:
          - name: default
        """;

    /// <param name="slackWebhook">A URL or a reference to one; null or blank for none.</param>
    public static HubConfig Make(string? slackWebhook)
    {
        var alertmanager =
            AlertmanagerConfig.Load(Text, "built-in", out var problems)
            ?? throw new InvalidOperationException($"the built-in configuration is wrong: {problems[0]}");
        if (string.IsNullOrWhiteSpace(slackWebhook))
        {
            return new() { Alertmanager = alertmanager, Receivers = With(alertmanager, new ConsoleConfig()) };
        }

        var slack = new SlackConfig
        {
            ApiUrl = SecretReference.Parse(slackWebhook),
            Username = "",
            SendResolved = true,
            HttpConfig = alertmanager.Global.HttpConfig,
        };
        var receivers = With(alertmanager, slack);
        return new() { Alertmanager = alertmanager with { Receivers = receivers }, Receivers = receivers };
    }

    /// <summary>What is wrong with the variable, as a sentence that names it and not its value; null where nothing is.</summary>
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

    private static Receiver[] With(AlertmanagerConfig config, Integration integration) =>
        [config.Receivers[0] with { Integrations = [integration] }];
}
