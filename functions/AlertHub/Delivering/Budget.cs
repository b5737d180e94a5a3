namespace AlertHub.Delivering;

/// <summary>How much a destination takes: <paramref name="Burst"/> messages at once, then one in each <paramref name="Each"/>.</summary>
internal sealed record Budget(int Burst, TimeSpan Each)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>What the vendors allow one address; null for those that say nothing, or are ours.</summary>
    /// <remarks>
    /// Checked 2026-11. Two receivers with one address have a budget each: then its Retry-After has the last word.
    /// </remarks>
    public static Budget? Of(string kind) =>
        kind switch
        {
            // One a second for each webhook or channel, "short bursts" above (docs.slack.dev/apis/web-api/rate-limits).
            "slack" => new(3, TimeSpan.FromSeconds(1)),
            // Throttled above four requests a second
            // (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using).
            "msteams" or "msteamsv2" => new(4, TimeSpan.FromSeconds(0.25)),
            // Twenty a minute for a group (core.telegram.org/bots/faq).
            "telegram" => new(5, Minute / 20),
            // 120 events a minute for a routing key (developer.pagerduty.com/docs/events-api-v2-overview).
            "pagerduty" => new(10, Minute / 120),
            // Twenty a minute for a robot; above that it is mute for ten minutes (open.dingtalk.com, developer.work.weixin.qq.com).
            "dingtalk" or "wecom" => new(5, Minute / 15),
            _ => null,
        };
}
