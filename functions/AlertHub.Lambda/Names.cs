namespace AlertHub.Lambda;

/// <summary>What the functions and the stacks that deploy them must spell alike. All that infra/ sees of functions/.</summary>
public static class Names
{
    /// <summary>The environment variable that says which function of the executable this environment runs.</summary>
    public const string FunctionVariable = "ALERTHUB_FUNCTION";

    /// <summary>
    /// The environment variable with the Slack incoming webhook: a URL, or a reference
    /// (<c>ssm:/name</c>, <c>env:NAME</c>, <c>file:/path</c>).
    /// </summary>
    public const string SlackWebhookVariable = "SLACK_WEBHOOK_URL";

    /// <summary>SNS (or any other event) in, Slack out.</summary>
    public const string SlackNotifier = "SlackNotifier";
}
