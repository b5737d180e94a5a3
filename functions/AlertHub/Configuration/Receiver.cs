using AlertHub.Configuration.Receivers;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

/// <summary>A name under which somebody is told, and all the ways by which.</summary>
public sealed record Receiver
{
    public required string Name { get; init; }

    public Alerts.Labels Labels { get; init; } = Alerts.Labels.Empty;

    /// <summary>In the order of the file within a kind; kinds in Alertmanager's order.</summary>
    public IReadOnlyList<Integration> Integrations { get; init; } = [];

    internal static Shape<Receiver> Shape { get; } =
        new Shape<Receiver>("receiver", new() { Name = "" })
            .Field("name", Kinds.Text, static r => r.Name, static (r, v) => r with { Name = v })
            .About("By which routes call it.")
            .Always()
            .Field("labels", Kinds.Labels(Kinds.Text), static r => r.Labels, static (r, v) => r with { Labels = v })
            .About("Labels of the receiver itself.")
            .Since("0.33")
            .Integrations("discord_configs", DiscordConfig.Shape)
            .About("Messages in Discord channels.")
            .Integrations("email_configs", EmailConfig.Shape)
            .About("E-mails.")
            .Integrations("incidentio_configs", IncidentioConfig.Shape)
            .About("Alerts in incident.io.")
            .Integrations("pagerduty_configs", PagerdutyConfig.Shape)
            .About("Incidents in PagerDuty.")
            .Integrations("slack_configs", SlackConfig.Shape)
            .About("Messages in Slack channels.")
            .Integrations("webhook_configs", WebhookConfig.Shape)
            .About("Notifications as JSON, posted to any URL.")
            .Integrations("opsgenie_configs", OpsGenieConfig.Shape)
            .About("Alerts in Opsgenie.")
            .Integrations("wechat_configs", WechatConfig.Shape)
            .About("Messages of a WeCom (WeChat Work) application.")
            .Integrations("pushover_configs", PushoverConfig.Shape)
            .About("Notifications on phones, by Pushover.")
            .Integrations("victorops_configs", VictorOpsConfig.Shape)
            .About("Incidents in Splunk On-Call, once VictorOps.")
            .Integrations("sns_configs", SnsConfig.Shape)
            .About("Messages to Amazon SNS: topics, phones, mobile endpoints.")
            .Integrations("telegram_configs", TelegramConfig.Shape)
            .About("Messages in Telegram chats.")
            .Integrations("webex_configs", WebexConfig.Shape)
            .About("Messages in Webex rooms.")
            .Integrations("msteams_configs", MSTeamsConfig.Shape)
            .About("Messages in Microsoft Teams, by connectors that Microsoft retires.")
            .Integrations("msteamsv2_configs", MSTeamsV2Config.Shape)
            .About("Messages in Microsoft Teams, by workflows.")
            .Integrations("jira_configs", JiraConfig.Shape)
            .About("Issues in Jira.")
            .Integrations("rocketchat_configs", RocketchatConfig.Shape)
            .About("Messages in Rocket.Chat.")
            .Integrations("mattermost_configs", MattermostConfig.Shape)
            .About("Messages in Mattermost.")
            .Check(
                static (r, place) =>
                {
                    if (r.Name.Length == 0)
                    {
                        place["name"].Error("a receiver needs a name by which routes can call it");
                    }
                }
            )
            .Then(static (r, _) => r with { Integrations = [.. r.Integrations.OrderBy(static i => Rank(i.Kind))] });

    private static int Rank(string kind) => Shape.Keys.TakeWhile(key => key != $"{kind}_configs").Count();

    /// <summary>Every integration with what it lacks taken from the global section.</summary>
    internal Receiver Inherit(GlobalConfig global, Place place)
    {
        var counts = new Dictionary<string, int>();
        return this with { Integrations = [.. Integrations.Select(Inherit)] };

        Integration Inherit(Integration integration)
        {
            var index = counts.GetValueOrDefault(integration.Kind);
            counts[integration.Kind] = index + 1;
            var withHttp = integration.UsesHttp
                ? integration with
                {
                    HttpConfig = integration.HttpConfig ?? global.HttpConfig,
                }
                : integration;
            return withHttp.Inherit(global, place[$"{integration.Kind}_configs"][index]);
        }
    }
}

/// <summary>A receiver's lists, one for each kind of integration.</summary>
internal static class ReceiverLists
{
    public static Shape<Receiver> Integrations<T>(this Shape<Receiver> receiver, string key, Shape<T> shape)
        where T : Integration =>
        receiver.Field(
            key,
            Kinds.List(shape),
            static r => [.. r.Integrations.OfType<T>()],
            static (r, v) => r with { Integrations = [.. r.Integrations.Where(static i => i is not T), .. v] }
        );
}
