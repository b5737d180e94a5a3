using AlertHub.Api;
using AlertHub.Api.Working;
using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Aws.Tables;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Lambda.Configuration;
using AlertHub.Lambda.Functions;
using AlertHub.Lambda.Queues;
using AlertHub.Lambda.Storage;
using AlertHub.Metrics;
using Amazon.CloudWatch;
using Amazon.DynamoDBv2;
using Amazon.SQS;
using Microsoft.Extensions.Logging;

namespace AlertHub.Lambda;

/// <summary>What the hub's functions are made of, built once for each environment; the hub itself when a configuration is there.</summary>
internal sealed class HubEnvironment
{
    /// <summary>Of one try of a call to a table; there are several in the time that an invocation has.</summary>
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(3);

    private readonly Func<string, string?> variable;
    private readonly Documents documents;
    private readonly MessageLog messages;
    private readonly IAmazonSQS sqs;
    private readonly SqsWorkQueue queue;
    private readonly ConfigStore configurations;
    private readonly ConfigHost host;
    private HubAtWork? atWork;

    /// <param name="variable">Of the environment.</param>
    /// <param name="sqs">For its queues.</param>
    /// <param name="output">The log stream.</param>
    /// <param name="time">The system's.</param>
    /// <exception cref="SettingException">A variable is missing.</exception>
    /// <param name="cloudWatch">For pictures of alarms; null where none are shown.</param>
    public HubEnvironment(
        Func<string, string?> variable,
        IAmazonSQS sqs,
        Stream output,
        TimeProvider time,
        IAmazonCloudWatch? cloudWatch = null
    )
    {
        (this.variable, this.sqs, Time) = (variable, sqs, time);
        Logs = new LambdaLogs(variable);
        Metrics = new(output, Required(Names.StageVariable), time);
        WorkLog = new(new HubMetrics(new MetricRegistry()), time, Log<WorkLog>());
        var dynamo = DynamoDbClients.Create(variable, TableTimeout);
        var records = Items(dynamo, Required(Names.RecordsTableVariable));
        documents = new(
            new(Items(dynamo, Required(Names.StateTableVariable)), time),
            time,
            System.Random.Shared.NextDouble
        );
        messages = new(records);
        queue = new(
            sqs,
            Required(Names.FlushQueueVariable),
            Required(Names.DeliverQueueVariable),
            time,
            Log<SqsWorkQueue>()
        );
        configurations = new(records, time);
        Parameters = Required(Names.ParametersVariable);
        host = new()
        {
            Secrets = SecretSources.Create(variable, time, () => AwsClients.ParameterStore(variable)),
            Console = TextWriter.Synchronized(new StreamWriter(output) { AutoFlush = true }),
            Time = time,
            ExternalUrl = ReadUrl(Names.ExternalUrlVariable),
            SecretReview = ParameterSecrets.Review(Parameters),
            Pictures = cloudWatch is null
                ? null
                : new(
                    new MetricImages(cloudWatch, variable(Names.AccountVariable), time, Log<MetricImages>()).AskAsync
                ),
        };
        InForce = new(configurations, host, UseAsync, time, Log<ConfigInForce>());
        Versions = new(configurations, host, (next, ct) => NewStore(next).PrepareAsync(next, ct), InForce.CatchUpAsync);
    }

    public TimeProvider Time { get; }

    public ILoggerFactory Logs { get; }

    public MetricLog Metrics { get; }

    public WorkLog WorkLog { get; }

    /// <summary>Folder of this hub in Parameter Store.</summary>
    public string Parameters { get; }

    public Uri? ExternalUrl => host.ExternalUrl;

    public ConfigInForce InForce { get; }

    public ConfigVersions Versions { get; }

    public Quarantine Quarantine => new(sqs, Required(Names.QuarantineQueueVariable));

    /// <inheritdoc cref="FindHub"/>
    public async ValueTask<HubAtWork> FindAsync(CancellationToken cancellationToken)
    {
        await InForce.GetAsync(cancellationToken).ConfigureAwait(false);
        return atWork ?? throw new InvalidOperationException("a configuration is in force, and no hub works by it");
    }

    public ILogger<T> Log<T>() => new Logger<T>(Logs);

    /// <summary>Makes the hub, or has it work by another configuration from now on.</summary>
    private async Task UseAsync(LoadedConfig loaded, CancellationToken cancellationToken)
    {
        if (atWork is { } known)
        {
            await known.Hub.UseAsync(loaded.Settings, cancellationToken).ConfigureAwait(false);
            return;
        }

        var store = NewStore(loaded.Settings.Rules);
        var hub = new Hub(store, loaded.Settings, Time, System.Random.Shared.NextDouble, InForce.CatchUpAsync);
        atWork = new()
        {
            Hub = hub,
            Store = store,
            Queue = queue,
            Keeper = new(
                hub,
                queue,
                Log<Keeper>(),
                alerts => Metrics.Write(Metric.Count(Names.AcceptedMetric, alerts))
            ),
            CatchUp = InForce.CatchUpAsync,
        };
    }

    private DynamoAlertStore NewStore(HubRules rules) => new(documents, messages, rules, Time);

    private TableItems Items(AmazonDynamoDBClient client, string table) =>
        new(client, table, Time, System.Random.Shared.NextDouble);

    private string Required(string name) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new SettingException($"{name} is not set; the stack that deploys this function sets it");

    private Uri? ReadUrl(string name) =>
        variable(name) is not { } text || string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new SettingException($"{name} is '{text}'; set it to an address with http or https");
}
