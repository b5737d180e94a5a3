using AlertHub.Configuration.Http;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>What receivers inherit.</summary>
public sealed partial record GlobalConfig
{
    public TimeSpan ResolveTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public HttpClientConfig? HttpConfig { get; init; } = new();

    public string? JiraApiUrl { get; init; }

    public string SmtpFrom { get; init; } = "";

    public string SmtpHello { get; init; } = "localhost";

    public HostPort? SmtpSmarthost { get; init; }

    public string SmtpAuthUsername { get; init; } = "";

    public SecretReference? SmtpAuthPassword { get; init; }

    public string SmtpAuthPasswordFile { get; init; } = "";

    public SecretReference? SmtpAuthSecret { get; init; }

    public string SmtpAuthSecretFile { get; init; } = "";

    public string SmtpAuthIdentity { get; init; } = "";

    public bool SmtpRequireTls { get; init; } = true;

    public TlsConfig? SmtpTlsConfig { get; init; } = new();

    public bool? SmtpForceImplicitTls { get; init; }

    public SecretReference? SlackApiUrl { get; init; }

    public string SlackApiUrlFile { get; init; } = "";

    public SecretReference? SlackAppToken { get; init; }

    public string SlackAppTokenFile { get; init; } = "";

    public string? SlackAppUrl { get; init; } = "https://slack.com/api/chat.postMessage";

    public string? PagerdutyUrl { get; init; } = "https://events.pagerduty.com/v2/enqueue";

    public string? OpsgenieApiUrl { get; init; } = "https://api.opsgenie.com/";

    public SecretReference? OpsgenieApiKey { get; init; }

    public string OpsgenieApiKeyFile { get; init; } = "";

    public string? WechatApiUrl { get; init; } = "https://qyapi.weixin.qq.com/cgi-bin/";

    public SecretReference? WechatApiSecret { get; init; }

    public string WechatApiSecretFile { get; init; } = "";

    public string WechatApiCorpId { get; init; } = "";

    public string? VictoropsApiUrl { get; init; } = "https://alert.victorops.com/integrations/generic/20131114/alert/";

    public SecretReference? VictoropsApiKey { get; init; }

    public string VictoropsApiKeyFile { get; init; } = "";

    public string? TelegramApiUrl { get; init; } = "https://api.telegram.org";

    public SecretReference? TelegramBotToken { get; init; }

    public string TelegramBotTokenFile { get; init; } = "";

    public string? WebexApiUrl { get; init; } = "https://webexapis.com/v1/messages";

    public string? RocketchatApiUrl { get; init; } = "https://open.rocket.chat/";

    public SecretReference? RocketchatToken { get; init; }

    public string RocketchatTokenFile { get; init; } = "";

    public SecretReference? RocketchatTokenId { get; init; }

    public string RocketchatTokenIdFile { get; init; } = "";

    public SecretReference? MattermostWebhookUrl { get; init; }

    public string MattermostWebhookUrlFile { get; init; } = "";

    /// <summary>Without the passwords that addresses may hold.</summary>
    public override string ToString() => YamlWriter.Write(Shape.Print(this));
}
