using AlertHub.Configuration.Http;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

public sealed partial record GlobalConfig
{
    internal static Shape<GlobalConfig> Shape { get; } =
        new Shape<GlobalConfig>("global", new())
            .Field(
                "resolve_timeout",
                Kinds.Duration,
                static g => g.ResolveTimeout,
                static (g, v) => g with { ResolveTimeout = v }
            )
            .About("After how long an alert without an end counts as resolved if its sender is silent.")
            .Always()
            .Field(
                "http_config",
                HttpClientConfig.Shape,
                static g => g.HttpConfig,
                static (g, v) => g with { HttpConfig = v }
            )
            .About("How requests are made, for receivers that do not say.")
            .Field("jira_api_url", Kinds.Url, static g => g.JiraApiUrl, static (g, v) => g with { JiraApiUrl = v })
            .About("Jira's address.")
            .Since("0.28")
            .Field("smtp_from", Kinds.Text, static g => g.SmtpFrom, static (g, v) => g with { SmtpFrom = v })
            .About("The sender of e-mails.")
            .Field("smtp_hello", Kinds.Text, static g => g.SmtpHello, static (g, v) => g with { SmtpHello = v })
            .About("The name to greet the mail server with.")
            .Field(
                "smtp_smarthost",
                Kinds.HostPort,
                static g => g.SmtpSmarthost,
                static (g, v) => g with { SmtpSmarthost = v }
            )
            .About("The mail server, host:port.")
            .Field(
                "smtp_auth_username",
                Kinds.Text,
                static g => g.SmtpAuthUsername,
                static (g, v) => g with { SmtpAuthUsername = v }
            )
            .About("User name at the mail server (CRAM-MD5, LOGIN, PLAIN).")
            .Field(
                "smtp_auth_password",
                Kinds.Secret,
                static g => g.SmtpAuthPassword,
                static (g, v) => g with { SmtpAuthPassword = v }
            )
            .About("Password at the mail server (LOGIN, PLAIN).")
            .Field(
                "smtp_auth_password_file",
                Kinds.SecretFile("smtp_auth_password"),
                static g => g.SmtpAuthPasswordFile,
                static (g, v) => g with { SmtpAuthPasswordFile = v }
            )
            .About("A file that holds the password at the mail server.")
            .Field(
                "smtp_auth_secret",
                Kinds.Secret,
                static g => g.SmtpAuthSecret,
                static (g, v) => g with { SmtpAuthSecret = v }
            )
            .About("Secret at the mail server (CRAM-MD5).")
            .Field(
                "smtp_auth_secret_file",
                Kinds.SecretFile("smtp_auth_secret"),
                static g => g.SmtpAuthSecretFile,
                static (g, v) => g with { SmtpAuthSecretFile = v }
            )
            .About("A file that holds the secret at the mail server.")
            .Since("0.30")
            .Field(
                "smtp_auth_identity",
                Kinds.Text,
                static g => g.SmtpAuthIdentity,
                static (g, v) => g with { SmtpAuthIdentity = v }
            )
            .About("Identity at the mail server (PLAIN).")
            .Field(
                "smtp_require_tls",
                Kinds.Bool,
                static g => g.SmtpRequireTls,
                static (g, v) => g with { SmtpRequireTls = v }
            )
            .About("Whether e-mail goes over TLS only.")
            .Always()
            .Field(
                "smtp_tls_config",
                TlsConfig.Shape,
                static g => g.SmtpTlsConfig,
                static (g, v) => g with { SmtpTlsConfig = v }
            )
            .About("TLS towards the mail server.")
            .Since("0.28")
            .Field(
                "smtp_force_implicit_tls",
                Kinds.OptionalBool,
                static g => g.SmtpForceImplicitTls,
                static (g, v) => g with { SmtpForceImplicitTls = v }
            )
            .About("Whether TLS begins at once, not by STARTTLS; by the port if not given.")
            .Since("0.31")
            .Field(
                "slack_api_url",
                Kinds.SecretUrl,
                static g => g.SlackApiUrl,
                static (g, v) => g with { SlackApiUrl = v }
            )
            .About("Slack's webhook.")
            .Field(
                "slack_api_url_file",
                Kinds.SecretFile("slack_api_url"),
                static g => g.SlackApiUrlFile,
                static (g, v) => g with { SlackApiUrlFile = v }
            )
            .About("A file that holds Slack's webhook.")
            .Field(
                "slack_app_token",
                Kinds.Secret,
                static g => g.SlackAppToken,
                static (g, v) => g with { SlackAppToken = v }
            )
            .About("Token of a Slack app, instead of a webhook.")
            .Since("0.30")
            .Field(
                "slack_app_token_file",
                Kinds.SecretFile("slack_app_token"),
                static g => g.SlackAppTokenFile,
                static (g, v) => g with { SlackAppTokenFile = v }
            )
            .About("A file that holds the Slack bot's token.")
            .Since("0.30")
            .Field("slack_app_url", Kinds.Url, static g => g.SlackAppUrl, static (g, v) => g with { SlackAppUrl = v })
            .About("Slack's address for messages of an app.")
            .Since("0.30")
            .Field("pagerduty_url", Kinds.Url, static g => g.PagerdutyUrl, static (g, v) => g with { PagerdutyUrl = v })
            .About("PagerDuty's address for events.")
            .Field(
                "opsgenie_api_url",
                Kinds.Url,
                static g => g.OpsgenieApiUrl,
                static (g, v) => g with { OpsgenieApiUrl = v }
            )
            .About("Opsgenie's address.")
            .Field(
                "opsgenie_api_key",
                Kinds.Secret,
                static g => g.OpsgenieApiKey,
                static (g, v) => g with { OpsgenieApiKey = v }
            )
            .About("A key of Opsgenie's API.")
            .Field(
                "opsgenie_api_key_file",
                Kinds.SecretFile("opsgenie_api_key"),
                static g => g.OpsgenieApiKeyFile,
                static (g, v) => g with { OpsgenieApiKeyFile = v }
            )
            .About("A file that holds the key of Opsgenie's API.")
            .Field(
                "wechat_api_url",
                Kinds.Url,
                static g => g.WechatApiUrl,
                static (g, v) => g with { WechatApiUrl = v }
            )
            .About("WeCom's address.")
            .Field(
                "wechat_api_secret",
                Kinds.Secret,
                static g => g.WechatApiSecret,
                static (g, v) => g with { WechatApiSecret = v }
            )
            .About("A secret of a WeCom application.")
            .Field(
                "wechat_api_secret_file",
                Kinds.SecretFile("wechat_api_secret"),
                static g => g.WechatApiSecretFile,
                static (g, v) => g with { WechatApiSecretFile = v }
            )
            .About("A file that holds the secret of a WeCom application.")
            .Since("0.31")
            .Field(
                "wechat_api_corp_id",
                Kinds.Text,
                static g => g.WechatApiCorpId,
                static (g, v) => g with { WechatApiCorpId = v }
            )
            .About("The corporation's id at WeCom.")
            .Field(
                "victorops_api_url",
                Kinds.Url,
                static g => g.VictoropsApiUrl,
                static (g, v) => g with { VictoropsApiUrl = v }
            )
            .About("Splunk On-Call's address, without the key.")
            .Field(
                "victorops_api_key",
                Kinds.Secret,
                static g => g.VictoropsApiKey,
                static (g, v) => g with { VictoropsApiKey = v }
            )
            .About("A key of Splunk On-Call's REST integration.")
            .Field(
                "victorops_api_key_file",
                Kinds.SecretFile("victorops_api_key"),
                static g => g.VictoropsApiKeyFile,
                static (g, v) => g with { VictoropsApiKeyFile = v }
            )
            .About("A file that holds the key of Splunk On-Call's REST integration.")
            .Field(
                "telegram_api_url",
                Kinds.Url,
                static g => g.TelegramApiUrl,
                static (g, v) => g with { TelegramApiUrl = v }
            )
            .About("The address of Telegram's Bot API.")
            .Field(
                "telegram_bot_token",
                Kinds.Secret,
                static g => g.TelegramBotToken,
                static (g, v) => g with { TelegramBotToken = v }
            )
            .About("A Telegram bot's token.")
            .Since("0.31")
            .Field(
                "telegram_bot_token_file",
                Kinds.SecretFile("telegram_bot_token"),
                static g => g.TelegramBotTokenFile,
                static (g, v) => g with { TelegramBotTokenFile = v }
            )
            .About("A file that holds a Telegram bot's token.")
            .Since("0.31")
            .Field("webex_api_url", Kinds.Url, static g => g.WebexApiUrl, static (g, v) => g with { WebexApiUrl = v })
            .About("Webex's address for messages.")
            .Field(
                "rocketchat_api_url",
                Kinds.Url,
                static g => g.RocketchatApiUrl,
                static (g, v) => g with { RocketchatApiUrl = v }
            )
            .About("The Rocket.Chat server's address.")
            .Since("0.28")
            .Field(
                "rocketchat_token",
                Kinds.Secret,
                static g => g.RocketchatToken,
                static (g, v) => g with { RocketchatToken = v }
            )
            .About("A personal access token at Rocket.Chat.")
            .Since("0.28")
            .Field(
                "rocketchat_token_file",
                Kinds.SecretFile("rocketchat_token"),
                static g => g.RocketchatTokenFile,
                static (g, v) => g with { RocketchatTokenFile = v }
            )
            .About("A file that holds the token at Rocket.Chat.")
            .Since("0.28")
            .Field(
                "rocketchat_token_id",
                Kinds.Secret,
                static g => g.RocketchatTokenId,
                static (g, v) => g with { RocketchatTokenId = v }
            )
            .About("The user id that belongs to the token at Rocket.Chat.")
            .Since("0.28")
            .Field(
                "rocketchat_token_id_file",
                Kinds.SecretFile("rocketchat_token_id"),
                static g => g.RocketchatTokenIdFile,
                static (g, v) => g with { RocketchatTokenIdFile = v }
            )
            .About("A file that holds the user id at Rocket.Chat.")
            .Since("0.28")
            .Field(
                "mattermost_webhook_url",
                Kinds.SecretUrl,
                static g => g.MattermostWebhookUrl,
                static (g, v) => g with { MattermostWebhookUrl = v }
            )
            .About("An incoming webhook of Mattermost.")
            .Since("0.30")
            .Field(
                "mattermost_webhook_url_file",
                Kinds.SecretFile("mattermost_webhook_url"),
                static g => g.MattermostWebhookUrlFile,
                static (g, v) => g with { MattermostWebhookUrlFile = v }
            )
            .About("A file that holds the incoming webhook of Mattermost.")
            .Since("0.30")
            .Exclusive("smtp_auth_password", "smtp_auth_password_file")
            .Exclusive("smtp_auth_secret", "smtp_auth_secret_file")
            .Exclusive("slack_api_url", "slack_api_url_file")
            .Exclusive("slack_app_token", "slack_app_token_file")
            .Exclusive("opsgenie_api_key", "opsgenie_api_key_file")
            .Exclusive("wechat_api_secret", "wechat_api_secret_file")
            .Exclusive("victorops_api_key", "victorops_api_key_file")
            .Exclusive("telegram_bot_token", "telegram_bot_token_file")
            .Exclusive("rocketchat_token", "rocketchat_token_file")
            .Exclusive("rocketchat_token_id", "rocketchat_token_id_file")
            .Exclusive("mattermost_webhook_url", "mattermost_webhook_url_file")
            .Check(
                static (g, place) =>
                {
                    var hasToken = g.SlackAppToken is not null || g.SlackAppTokenFile.Length > 0;
                    var hasWebhook = g.SlackApiUrl is not null || g.SlackApiUrlFile.Length > 0;
                    // Both may be the same: so it was done before there were tokens here, and upstream lets it pass.
                    var isSame =
                        g.SlackApiUrl is SecretReference.Literal { Value: var url }
                        && (url.Reveal() == g.SlackAppUrl || url.Reveal() == Kinds.Hidden);
                    if (hasToken && hasWebhook && !isSame)
                    {
                        place["slack_app_token"]
                            .Error(
                                "Slack is reached by an app's token or by a webhook (slack_api_url); keep one of them"
                            );
                    }
                }
            );
}
