using System.Text.RegularExpressions;
using CdkEnvironment = Amazon.CDK.Environment;

namespace Infra;

/// <summary>What can be chosen about the hub with <c>-c key=value</c>.</summary>
public sealed partial record HubDeployment
{
    /// <summary>The stage whose stacks have no suffix.</summary>
    public const string DefaultStage = "prod";

    /// <summary>Which of several hubs of an account and region; dimension of its metrics.</summary>
    public required string Stage { get; init; }

    /// <summary>What the ids of this stage's stacks end in: <c>-test</c>, or nothing for <see cref="DefaultStage"/>.</summary>
    public string Suffix => Stage == DefaultStage ? "" : $"-{Stage}";

    /// <summary>Where the stacks are deployed; null for wherever the credentials lead.</summary>
    public string? Account { get; init; }

    /// <inheritdoc cref="Account"/>
    public string? Region { get; init; }

    /// <summary>The same as CDK has it; null where neither was chosen.</summary>
    internal CdkEnvironment? Environment =>
        Account is null && Region is null ? null : new CdkEnvironment { Account = Account, Region = Region };

    /// <summary>Path of Parameter Store with the hub's secrets and tokens: <c>/alerthub</c>.</summary>
    public required string Parameters { get; init; }

    /// <summary>What a deployment puts in force.</summary>
    public required ConfigFolder Config { get; init; }

    /// <summary>Requests per second that the API takes, and how many at once.</summary>
    public required int RequestRate { get; init; }

    /// <inheritdoc cref="RequestRate"/>
    public required int RequestBurst { get; init; }

    /// <summary>Topics of others that the hub listens to.</summary>
    public required IReadOnlyList<ForeignTopic> Topics { get; init; }

    /// <summary>Accounts whose EventBridge may send to the hub.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>Whether the hub is told by EventBridge of all CloudWatch alarms of its account and region.</summary>
    public required bool Alarms { get; init; }

    /// <summary>Whether the hub is told by EventBridge of what AWS's services of its account and region have to say.</summary>
    public required bool Events { get; init; }

    /// <summary>Where people reach the hub; null for the address of its API.</summary>
    public string? ExternalUrl { get; init; }

    /// <param name="values">CDK's context; is told what is wrong.</param>
    /// <param name="folder">The folder that the path of the configuration begins in.</param>
    internal static HubDeployment Read(ContextValues values, string folder)
    {
        var stage = values.Matching(
            "stage",
            DefaultStage,
            StageName(),
            "up to 20 small letters, digits and hyphens that begin with a letter"
        );
        var region = values.Matching("region", "", RegionName(), "a region; write for example -c region=eu-west-1");
        var suffix = stage == DefaultStage ? "" : $"-{stage}";
        var parameters = values.Matching(
            "parameters",
            $"/alerthub{suffix}",
            ParameterPath(),
            "a path of Parameter Store; write for example -c parameters=/alerthub, and nothing that begins with /aws or /ssm"
        );
        var path = values.Text("config", "infra/config");
        return new()
        {
            Stage = stage,
            Account = NullIfEmpty(values.Matching("account", "", AccountId(), "an account's id of twelve digits")),
            Region = NullIfEmpty(region),
            Parameters = parameters,
            Config =
                ConfigFolder.Read(Path.Combine(folder, path), parameters, why => values.Refuse("config", why))
                ?? new() { Alertmanager = "" },
            RequestRate = values.Number("rate", 100, 1, 10_000, "requests per second"),
            RequestBurst = values.Number("burst", 200, 1, 5_000, "requests at once"),
            Topics = ReadTopics(values, region),
            Accounts = ReadAccounts(values),
            Alarms = values.OneOf("alarms", "true", [("true", true), ("false", false)]),
            Events = values.OneOf("events", "true", [("true", true), ("false", false)]),
            ExternalUrl = ReadExternalUrl(values),
        };
    }

    private static List<ForeignTopic> ReadTopics(ContextValues values, string region)
    {
        var topics = new List<ForeignTopic>();
        foreach (var arn in values.List("topics"))
        {
            if (TopicArn().Match(arn) is not { Success: true } match)
            {
                values.Refuse(
                    "topics",
                    $"\"{arn}\" is not the ARN of a topic; write for example -c topics=arn:aws:sns:eu-west-1:123456789012:alarms"
                );
                continue;
            }

            topics.Add(ForeignTopic.Of(arn, match.Groups["region"].Value, region));
        }

        if (topics.Count > 0 && region.Length == 0)
        {
            values.Refuse(
                "topics",
                "whether a topic is in another region cannot be told; say where the hub is, for example -c region=eu-west-1"
            );
        }

        return topics;
    }

    private static List<string> ReadAccounts(ContextValues values)
    {
        var accounts = values.List("accounts");
        foreach (var account in accounts.Where(account => !AccountId().IsMatch(account)))
        {
            values.Refuse(
                "accounts",
                $"\"{account}\" is not an account's id of twelve digits; write for example "
                    + "-c accounts=111122223333,444455556666"
            );
        }

        return accounts;
    }

    private static string? ReadExternalUrl(ContextValues values)
    {
        var text = values.Text("externalUrl", "").TrimEnd('/');
        if (text.Length == 0)
        {
            return null;
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.UserInfo.Length > 0
            || url.Query.Length > 0
            || url.Fragment.Length > 0
        )
        {
            values.Refuse(
                "externalUrl",
                "write the address that people reach the hub at, for example https://alerts.example.org"
            );
        }

        return text;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,19}\z")]
    private static partial Regex StageName();

    [GeneratedRegex(@"\A\d{12}\z")]
    private static partial Regex AccountId();

    [GeneratedRegex(@"\A[a-z]{2,4}(-[a-z]+)+-\d\z")]
    private static partial Regex RegionName();

    // Parameter Store allows 15 levels; two are ours.
    [GeneratedRegex(@"\A(?!/(aws|ssm)(/|\z))(/[A-Za-z0-9_.-]+){1,13}\z", RegexOptions.IgnoreCase)]
    private static partial Regex ParameterPath();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:sns:(?<region>[a-z0-9-]+):\d{12}:[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex TopicArn();
}

/// <summary>A topic that somebody else owns.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="IsNear">Whether it is in the hub's region.</param>
/// <param name="Sender">
/// By which service SNS sends from there: one with the name of a region where it or the hub is in one that accounts must opt in
/// to (Amazon SNS developer guide, "Sending messages to a queue or function in a different Region"; aws/aws-cdk#32526).
/// </param>
public sealed record ForeignTopic(string Arn, bool IsNear, string Sender)
{
    /// <summary>All that are older than 2019-03-20; nobody has to opt in to them, and the list grows no more.</summary>
    private static readonly string[] EnabledByDefault =
    [
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ca-central-1",
        "eu-central-1",
        "eu-north-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
    ];

    public static ForeignTopic Of(string arn, string region, string hub) =>
        new(
            arn,
            region == hub,
            region == hub ? "sns.amazonaws.com"
                : IsOptIn(hub) ? $"sns.{hub}.amazonaws.com"
                : IsOptIn(region) ? $"sns.{region}.amazonaws.com"
                : "sns.amazonaws.com"
        );

    // Other partitions have a prefix of their own, and nothing to opt in to.
    private static bool IsOptIn(string region) =>
        !EnabledByDefault.Contains(region)
        && !region.StartsWith("cn-", StringComparison.Ordinal)
        && !region.StartsWith("us-gov-", StringComparison.Ordinal);
}
