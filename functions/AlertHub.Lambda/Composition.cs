using AlertHub.Aws;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Lambda.Access;
using AlertHub.Lambda.Functions;
using AlertHub.Templates;
using Amazon.CloudWatch;

namespace AlertHub.Lambda;

/// <summary>The functions, each wired once per environment.</summary>
internal static class Composition
{
    /// <summary>Of one try to send; whoever waits for an answer waits for it.</summary>
    private static readonly TimeSpan QueueTimeout = TimeSpan.FromSeconds(3);

    private static readonly IReadOnlyList<(string Name, Func<Func<string, string?>, Handler> Compose)> All =
    [
        (Names.SlackNotifier, SlackNotifier),
        (Names.Ingest, Ingest),
        (Names.Api, Api),
        (Names.Flush, Flush),
        (Names.Deliver, Deliver),
        (Names.Sweep, Sweep),
        (Names.Configure, Configure),
    ];

    /// <exception cref="SettingException">An environment variable is missing or cannot be used.</exception>
    public static Handler Compose(Func<string, string?> variable)
    {
        var asked = variable(Names.FunctionVariable);
        var names = string.Join(", ", All.Select(static function => function.Name));
        return string.IsNullOrEmpty(asked)
                ? throw new SettingException(
                    $"{Names.FunctionVariable} is not set; set it to the function to run: {names}"
                )
            : All.FirstOrDefault(function => function.Name == asked).Compose is { } compose ? compose(variable)
            : throw new SettingException(
                $"{Names.FunctionVariable} is '{asked}', which is no function of this program; set it to: {names}"
            );
    }

    private static Handler SlackNotifier(Func<string, string?> variable)
    {
        var slack =
            SlackVariables.Read(variable, out var objection)
            ?? throw new SettingException(
                objection
                    ?? $"{SlackVariables.Webhook} is not set; set it to the webhook's URL or a reference to it (ssm:/name, env:NAME, file:/path), or {SlackVariables.Token} and {SlackVariables.Channel}"
            );
        if (
            SlackVariables.Secret(slack).Reference is SecretReference.Literal literal
            && SlackVariables.Problem(slack, literal.Value) is { } problem
        )
        {
            throw new SettingException(problem);
        }

        var time = TimeProvider.System;
        var secrets = SecretSources.Create(variable, time, () => AwsClients.ParameterStore(variable));
        IChannel channel = slack.ApiUrl is { } webhook
            ? new SlackChannel(webhook, secrets, HttpDelivery.Create(time))
            : new ChannelCatalog(
                new()
                {
                    Secrets = secrets,
                    Templates = NotificationTemplates.Default,
                    Console = TextWriter.Null,
                    Time = time,
                    Variable = variable,
                }
            ).Create(slack)!;
        return new SlackNotifier(channel, time, Random.Shared).HandleAsync;
    }

    private static Handler Ingest(Func<string, string?> variable)
    {
        var hub = Environment(variable);
        return new IngestFunction(
            hub.FindAsync,
            hub.Quarantine,
            hub.Metrics,
            hub.Time,
            hub.Log<IngestFunction>()
        ).HandleAsync;
    }

    private static Handler Api(Func<string, string?> variable)
    {
        var hub = Environment(variable);
        var parameters = AwsClients.ParameterStore(variable, ParameterTokens.Patience, retries: 1);
        return new ApiFunction(
            hub,
            new(parameters, hub.Parameters + Names.TokensFolder, hub.Time, hub.Log<ParameterTokens>())
        ).HandleAsync;
    }

    private static Handler Flush(Func<string, string?> variable)
    {
        var hub = Environment(variable);
        return new FlushFunction(Batch(hub), hub.WorkLog, hub.Time).HandleAsync;
    }

    private static Handler Deliver(Func<string, string?> variable)
    {
        var hub = Environment(
            variable,
            new AmazonCloudWatchClient(
                new AmazonCloudWatchConfig { Timeout = MetricImages.Patience, MaxErrorRetry = 1 }
            )
        );
        return new DeliverFunction(Batch(hub), hub.WorkLog, hub.Metrics, hub.Time).HandleAsync;
    }

    private static Handler Sweep(Func<string, string?> variable)
    {
        var hub = Environment(variable);
        var topic = variable(Names.AlarmTopicVariable);
        var cloudWatch = new AmazonCloudWatchClient(
            new AmazonCloudWatchConfig { Timeout = TimeSpan.FromSeconds(10), MaxErrorRetry = 1 }
        );
        return new SweepFunction(
            hub.FindAsync,
            new(cloudWatch, string.IsNullOrEmpty(topic) ? null : topic, hub.Time, hub.Log<MissedAlarms>()),
            hub.Metrics,
            hub.Time,
            hub.Log<SweepFunction>()
        ).HandleAsync;
    }

    private static Handler Configure(Func<string, string?> variable)
    {
        var hub = Environment(variable);
        return new ConfigureFunction(
            hub.Versions,
            new HttpClient(),
            hub.Time,
            hub.Log<ConfigureFunction>()
        ).HandleAsync;
    }

    private static HubEnvironment Environment(
        Func<string, string?> variable,
        AmazonCloudWatchClient? cloudWatch = null
    ) =>
        new(
            variable,
            AwsClients.Queues(variable, QueueTimeout),
            Console.OpenStandardOutput(),
            TimeProvider.System,
            cloudWatch
        );

    private static WorkBatch Batch(HubEnvironment hub) =>
        new(hub.FindAsync, hub.Quarantine, hub.Time, hub.Log<WorkBatch>());
}
