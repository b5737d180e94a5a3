using System.Text.RegularExpressions;

namespace AlertHub.Sources.Aws.Delivery;

/// <summary>
/// An environment of Elastic Beanstalk: its health, wrong until it is Ok, and what is done with it, wrong from a failure to
/// a success.
/// </summary>
internal static partial class BeanstalkEnvironment
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "elasticbeanstalk-environment",
                "aws.elasticbeanstalk",
                [
                    "Health status change",
                    "Elastic Beanstalk resource status change",
                    "Other resource status change",
                    "Managed update status change",
                ],
                Tell
            )
            .OrText(Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("EnvironmentName") is not { } environment || detail.Text("Message") is not { } message)
        {
            return null;
        }

        var story = Tell(
            $"{happened.Account} {happened.Region}",
            environment,
            message,
            detail.Text("Severity") is "ERROR" or "FATAL" or "WARN"
        );
        return story with
        {
            // Of health it only says that it changed.
            State = story.State ?? detail.Text("Status"),
            Facts = [new("application", detail.Text("ApplicationName") ?? "")],
        };
    }

    /// <summary>What an environment publishes to its topic: lines of <c>Key: value</c>.</summary>
    private static AwsStory? Tell(string text, AwsMessage message)
    {
        var lines = Lines().Match(text);
        if (!lines.Success)
        {
            return null;
        }

        var said = lines.Groups["message"].Value.Trim();
        return Tell(
            $"{message.Topic?.Account} {message.Topic?.Region}",
            lines.Groups["environment"].Value.Trim(),
            said,
            Bad().IsMatch(said)
        ) with
        {
            At = Timestamp.Parse(lines.Groups["timestamp"].Value.Trim()),
            Facts =
            [
                new("application", lines.Groups["application"].Value.Trim()),
                new("environment_url", Address().Match(text).Groups["url"].Value),
            ],
        };
    }

    private static AwsStory Tell(string where, string environment, string message, bool isBad)
    {
        var health = Health().Match(message);
        var story = health.Success
            ? OfHealth(where, environment, health.Groups["to"].Value, message[health.Length..].Trim())
            : Done(where, environment, message, isBad);
        return story with { Resource = environment, ConsolePath = "elasticbeanstalk/home#/environments" };
    }

    private static AwsStory OfHealth(string where, string environment, string health, string why)
    {
        // Info, Pending, Unknown, Suspended and no data are no trouble, and end none: an update passes through them.
        var outcome = health.ToUpperInvariant() switch
        {
            "WARNING" or "DEGRADED" or "SEVERE" or "YELLOW" or "RED" => AwsOutcome.Failed,
            "OK" or "GREEN" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        return AwsStory.Repeated(
            outcome,
            "Elastic Beanstalk health",
            $"{where} {environment}",
            AwsSeverity.Critical,
            $"The health of {environment} is {health}"
        ) with
        {
            Name =
                outcome == AwsOutcome.Neither ? "Elastic Beanstalk health" : "Elastic Beanstalk environment unhealthy",
            State = health,
            Reason = why.Length > 0 ? why : null,
            Runbook = "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-status.html",
        };
    }

    private static AwsStory Done(string where, string environment, string message, bool isBad) =>
        AwsStory.Repeated(
            isBad ? AwsOutcome.Failed
                : message.Contains("success", StringComparison.OrdinalIgnoreCase) ? AwsOutcome.Succeeded
                : AwsOutcome.Neither,
            "Elastic Beanstalk operation",
            $"{where} {environment}",
            AwsSeverity.Warning,
            $"{environment}: {message}"
        );

    [GeneratedRegex(
        @"\ATimestamp: (?<timestamp>.+)\nMessage: (?<message>[\s\S]+?)\nEnvironment: (?<environment>.+)\nApplication: (?<application>.+)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Lines();

    [GeneratedRegex(@"^Environment URL: (?<url>https?://\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    /// <summary>From Ok to Severe; of a new environment only to what.</summary>
    [GeneratedRegex(
        @"\AEnvironment health has transitioned (?:from (?:[\w ]+?) )?to (?<to>No Data|\w+)\.?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Health();

    [GeneratedRegex(
        @"\b(?:fail(?:ed|ure)?|error|unsuccessful|aborted)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Bad();
}
