using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;

namespace AlertHub.Local.Settings;

/// <summary>
/// What holds where nobody gave a configuration: everything goes to Slack where the environment says how
/// (<see cref="SlackVariables"/>), else to the console, grouped by its name, at once.
/// </summary>
internal static class BuiltInConfig
{
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

    /// <param name="slack">Null for the console.</param>
    public static HubConfig Make(SlackConfig? slack)
    {
        var alertmanager =
            AlertmanagerConfig.Load(Text, "built-in", out var problems)
            ?? throw new InvalidOperationException($"the built-in configuration is wrong: {problems[0]}");
        if (slack is null)
        {
            return new() { Alertmanager = alertmanager, Receivers = With(alertmanager, new ConsoleConfig()) };
        }

        var receivers = With(alertmanager, slack with { HttpConfig = alertmanager.Global.HttpConfig });
        return new() { Alertmanager = alertmanager with { Receivers = receivers }, Receivers = receivers };
    }

    /// <summary>What is wrong with the secret, as a sentence that names its variable and not its value; null where nothing is.</summary>
    public static async Task<string?> ProblemAsync(SlackConfig slack, ISecretSource secrets, CancellationToken ct)
    {
        // Parameter Store may be out of reach just now. That must not keep alerts out; the deliveries wait for it.
        var (variable, reference) = SlackVariables.Secret(slack);
        if (reference is SecretReference.Parameter)
        {
            return null;
        }

        try
        {
            return SlackVariables.Problem(slack, await secrets.GetAsync(reference, refresh: false, ct));
        }
        catch (SecretUnavailableException e)
        {
            return $"{variable}: {e.Message}";
        }
    }

    private static Receiver[] With(AlertmanagerConfig config, Integration integration) =>
        [config.Receivers[0] with { Integrations = [integration] }];
}
