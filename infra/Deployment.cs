using System.Globalization;
using System.Net.Mail;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Amazon.CDK.AWS.Logs;

namespace Infra;

/// <summary>How the functions are packaged.</summary>
public enum Packaging
{
    /// <summary>Portable assemblies on the managed <c>dotnet10</c> runtime. Needs nothing but the SDK.</summary>
    Managed,

    /// <summary>One native executable on <c>provided.al2023</c>. Built by and for the machine at hand.</summary>
    Native,
}

/// <summary>What can be chosen about a deployment with <c>-c key=value</c>, read and checked once.</summary>
public sealed partial record Deployment
{
    private static readonly Dictionary<int, RetentionDays> Retentions = new()
    {
        [1] = RetentionDays.ONE_DAY,
        [3] = RetentionDays.THREE_DAYS,
        [7] = RetentionDays.ONE_WEEK,
        [14] = RetentionDays.TWO_WEEKS,
        [30] = RetentionDays.ONE_MONTH,
        [90] = RetentionDays.THREE_MONTHS,
        [180] = RetentionDays.SIX_MONTHS,
        [365] = RetentionDays.ONE_YEAR,
    };

    public required Packaging Packaging { get; init; }

    /// <summary>Processor of the functions: <see cref="Architecture.Arm64"/> or <see cref="Architecture.X64"/>.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>128 to 10,240. Lambda gives processor time in proportion.</summary>
    public required int MemoryMegabytes { get; init; }

    /// <summary>5 s to 15 min.</summary>
    public required TimeSpan Timeout { get; init; }

    public required RetentionDays LogRetention { get; init; }

    /// <summary>Whether the functions send X-Ray traces. Off: traces are billed, and the log has the request id.</summary>
    public required bool Tracing { get; init; }

    /// <summary>Who gets the alarm by e-mail. May be empty.</summary>
    public required IReadOnlyList<string> Emails { get; init; }

    /// <summary>Name, with its leading slash, of the SecureString parameter that holds Slack's incoming webhook.</summary>
    public required string SlackWebhookParameter { get; init; }

    /// <summary>
    /// Elastic Beanstalk platform of the monitored application: the name of a platform branch, whose recommended version
    /// is looked up when the stack is deployed, or the ARN of one version.
    /// </summary>
    public required string Platform { get; init; }

    /// <summary>What concerns the hub alone.</summary>
    public required HubDeployment Hub { get; init; }

    /// <summary>What concerns the guard of security groups alone.</summary>
    public required GuardDeployment Guard { get; init; }

    /// <summary>What concerns flow logs and Splunk alone.</summary>
    public required FlowLogsDeployment FlowLogs { get; init; }

    /// <summary>Reads the deployment from CDK's context.</summary>
    /// <param name="context">Value of a context key, or null. The command line gives text, cdk.json any JSON value.</param>
    /// <param name="folder">The folder that paths in the context begin in: that of cdk.json.</param>
    /// <param name="machine">Processor of the machine that synthesizes.</param>
    /// <param name="linux">Whether that machine runs Linux.</param>
    /// <returns>The deployment, or every problem found, as sentences.</returns>
    public static (Deployment? Deployment, IReadOnlyList<string> Problems) Read(
        Func<string, object?> context,
        string folder,
        Architecture machine,
        bool linux
    )
    {
        var values = new ContextValues(context);
        var packaging = values.OneOf(
            "packaging",
            "managed",
            [("managed", Packaging.Managed), ("native", Packaging.Native)]
        );
        var native = packaging == Packaging.Native;

        // The machine's own processor is the default for both packagings: sam local runs it without emulation, and native
        // code can be built for no other. A managed package is portable, so -c architecture=arm64 (20 % cheaper per ms,
        // Lambda price list, 2026-11) may be asked for anywhere.
        var architecture = values.OneOf(
            "architecture",
            machine == Architecture.Arm64 ? "arm64" : "x64",
            [("arm64", Architecture.Arm64), ("x64", Architecture.X64)]
        );
        if (native && !linux)
        {
            values.Refuse(
                "packaging",
                "native code for Lambda is built on Linux; leave it out, or synthesize on Linux"
            );
        }
        else if (native && architecture != machine)
        {
            values.Refuse(
                "architecture",
                $"native code is built for the machine at hand ({machine}); leave it out, or synthesize on the other"
            );
        }

        var hub = HubDeployment.Read(values, folder);
        var guard = GuardDeployment.Read(values, hub.Parameters);
        var deployment = new Deployment
        {
            Packaging = packaging,
            Architecture = architecture,
            MemoryMegabytes = values.Number("memory", native ? 256 : 512, 128, 10_240, "megabytes"),
            Timeout = TimeSpan.FromSeconds(values.Number("timeout", 30, 5, 900, "seconds")),
            LogRetention = ReadRetention(values, "logRetention", "30"),
            Tracing = values.OneOf("tracing", "false", [("true", true), ("false", false)]),
            Emails = ReadEmails(values),
            SlackWebhookParameter = ReadSlackWebhook(values),
            Platform = ReadPlatform(values),
            Hub = hub,
            Guard = guard,
            FlowLogs = FlowLogsDeployment.Read(values, hub, guard),
        };
        return values.Problems is [] ? (deployment, []) : (null, values.Problems);
    }

    /// <summary>One of the times that CloudWatch Logs knows.</summary>
    internal static RetentionDays ReadRetention(ContextValues values, string key, string fallback) =>
        values.OneOf(
            key,
            fallback,
            [.. Retentions.Select(days => (days.Key.ToString(CultureInfo.InvariantCulture), days.Value))]
        );

    private static List<string> ReadEmails(ContextValues values)
    {
        var emails = values.List("emails");
        foreach (var email in emails.Where(email => !MailAddress.TryCreate(email, out _)))
        {
            values.Refuse(
                "emails",
                $"\"{email}\" is not an e-mail address; write for example -c emails=a@x.org,b@y.org"
            );
        }

        return emails;
    }

    private static string ReadSlackWebhook(ContextValues values)
    {
        const string Default = "ssm:/alerthub/slack-webhook-url";
        var reference = values.Text("slackWebhook", Default);

        // What was given may be the secret itself, so no message repeats it.
        if (reference.Contains("://", StringComparison.Ordinal))
        {
            values.Refuse(
                "slackWebhook",
                "a URL here is a secret that would stand readable in the template; store it in Parameter Store as a "
                    + $"SecureString and give its name, for example {Default}"
            );
        }
        else if (!ParameterReference().IsMatch(reference))
        {
            values.Refuse("slackWebhook", $"write ssm: and the name of a parameter, for example {Default}");
        }
        else
        {
            return reference["ssm:".Length..];
        }

        return "";
    }

    private static string ReadPlatform(ContextValues values)
    {
        var platform = values.Text("platform", "PHP 8.4 running on 64bit Amazon Linux 2023");
        if (!PhpBranch().IsMatch(platform) && !PlatformArn().IsMatch(platform))
        {
            values.Refuse(
                "platform",
                $"\"{platform}\" is neither a PHP branch (\"PHP 8.4 running on 64bit Amazon Linux 2023\") nor the ARN of a "
                    + "platform version (arn:aws:elasticbeanstalk:...::platform/PHP .../4.13.7)"
            );
        }

        return platform;
    }

    // Names that begin with aws or ssm are reserved (PutParameter, checked 2026-11).
    [GeneratedRegex(@"\Assm:(?!/?(aws|ssm)(/|\z))(/[A-Za-z0-9_.-]+){1,15}\z", RegexOptions.IgnoreCase)]
    private static partial Regex ParameterReference();

    [GeneratedRegex(@"\APHP \d+\.\d+ running on 64bit Amazon Linux 2023\z")]
    private static partial Regex PhpBranch();

    [GeneratedRegex(@"\Aarn:[a-z-]+:elasticbeanstalk:[a-z0-9-]+:\d*:platform/.+/[0-9.]+\z")]
    private static partial Regex PlatformArn();
}
