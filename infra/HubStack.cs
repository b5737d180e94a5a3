using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>
/// The hub: producers put into the Ingest queue or post to the API; Flush and Deliver work on queues of their own; Sweep finds
/// what got lost. All functions are one program.
/// </summary>
internal sealed class HubStack : Stack
{
    /// <summary>Below the 30 seconds after which an HTTP API answers by itself, and then without a word why.</summary>
    private static readonly TimeSpan ApiTimeout = TimeSpan.FromSeconds(29);

    /// <summary>
    /// The least: an attempt to deliver may take a minute and begins only while it can end in time, so that the rest is for
    /// those that wait for their turn.
    /// </summary>
    private static readonly TimeSpan DeliverTimeout = TimeSpan.FromSeconds(90);

    /// <summary>The next sweep is due.</summary>
    private static readonly TimeSpan SweepTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ConfigureTimeout = TimeSpan.FromMinutes(1);

    private readonly Deployment deployment;
    private readonly FunctionPackage package;
    private readonly DataStack data;
    private readonly HubIntake intake;

    public HubStack(Construct scope, string id, Deployment deployment, FunctionPackage package, DataStack data)
        : base(scope, id, new StackProps { Description = "The alert hub", Env = deployment.Hub.Environment })
    {
        (this.deployment, this.package, this.data) = (deployment, package, data);
        var deliverTimeout = deployment.Timeout > DeliverTimeout ? deployment.Timeout : DeliverTimeout;
        Queues = new HubQueues(this, deployment.Timeout, deliverTimeout);
        var may = new HubPermissions(this, data, Queues, deployment.Hub.Parameters);
        intake = new HubIntake(this, deployment.Hub, Queues, data.AlarmKey);
        Api = new HubApi(this, deployment);
        Functions =
        [
            Worker(
                Names.Ingest,
                "Takes alerts from the queue of producers.",
                Queues.Ingest,
                new()
                {
                    BatchSize = 100,
                    MaxBatchingWindow = Duration.Seconds(1),
                    MaxConcurrency = 5,
                },
                may,
                deployment.Timeout,
                may.SendFlushes(),
                may.NoteMessages()
            ),
            Worker(
                Names.Flush,
                "Decides about groups that are due.",
                Queues.Flush,
                new() { BatchSize = 10, MaxConcurrency = 10 },
                may,
                deployment.Timeout,
                may.SendWork()
            ),
            Worker(
                Names.Deliver,
                "Delivers notifications.",
                Queues.Deliver,
                new() { BatchSize = 10, MaxConcurrency = 10 },
                may,
                deliverTimeout,
                may.SendDeliveries(),
                may.ReadSecrets(),
                HubPermissions.DrawGraphs()
            ),
            Api.Serve(
                Function(
                    Names.Api,
                    new()
                    {
                        Description = "Answers what is asked over HTTP.",
                        Environment = Variables(Names.ExternalUrlVariable),
                        Permissions =
                        [
                            .. Common(may),
                            .. may.SendWork(),
                            may.LookThroughState(),
                            may.KeepConfigurations(),
                            may.ReadTokens(),
                        ],
                        Timeout = ApiTimeout,
                    }
                )
            ),
            Sweep(may),
            Configure(may),
        ];
        var configuration = new HubConfiguration(
            this,
            "Configuration",
            Functions[^1],
            Functions.SkipLast(1),
            deployment.Hub.Config
        );
        Output(
            "ConfigurationVersion",
            "The version that the last change of the files became",
            configuration.GetAtt(Names.VersionAttribute).ToString()
        );

        Output("ApiUrl", "Alertmanager's API v2, webhooks and the hub's own API", Api.Url);
        Output("AlarmsTopicArn", "The topic that CloudWatch alarms may have as their action", intake.Alarms.TopicArn);
        Output("IngestQueueUrl", "What producers sent and nobody has taken in yet", Queues.Ingest.QueueUrl);
        Output("FlushQueueUrl", "Groups that are due", Queues.Flush.QueueUrl);
        Output("DeliverQueueUrl", "Notifications that are due", Queues.Deliver.QueueUrl);
        Output("IngestDeadLettersArn", "Messages that no attempt could take in", Queues.Ingest.DeadLetters.QueueArn);
        Output("FlushDeadLettersArn", "Groups that no attempt could decide about", Queues.Flush.DeadLetters.QueueArn);
        Output("DeliverDeadLettersArn", "Notifications without an attempt", Queues.Deliver.DeadLetters.QueueArn);
        Output("QuarantineQueueUrl", "Messages that could not be read", Queues.Quarantine.QueueUrl);
        Output("UndeliverableQueueUrl", "What SNS and EventBridge could not hand over", Queues.Undeliverable.QueueUrl);
        if (intake.Accounts is { } bus)
        {
            Output("AccountsBusArn", "The event bus that the chosen accounts may send to", bus.EventBusArn);
        }
    }

    public HubQueues Queues { get; }

    public HubApi Api { get; }

    public IReadOnlyList<ProgramFunction> Functions { get; }

    /// <summary>What all six do: keep groups, and know the configuration.</summary>
    private static PolicyStatement[] Common(HubPermissions may) => [may.KeepState(), may.ReadRecords()];

    private ProgramFunction Worker(
        string name,
        string description,
        DurableQueue queue,
        EventSourceMappingOptions reading,
        HubPermissions may,
        TimeSpan timeout,
        params PolicyStatement[] more
    )
    {
        var delivers = name == Names.Deliver;
        var function = Function(
            name,
            new()
            {
                Description = description,
                Environment = Variables([
                    Names.QuarantineQueueVariable,
                    .. delivers ? [Names.ExternalUrlVariable, Names.AccountVariable] : Array.Empty<string>(),
                ]),
                Permissions = [.. Common(may), HubPermissions.Consume(queue), may.SendToQuarantine(), .. more],
                Timeout = timeout,
                // By design: what is due in more than SQS's longest delay of 15 minutes is put back until it is due, and a
                // delivery that may be tried later likewise. The messages count their hops themselves.
                SendsToItself = name != Names.Ingest,
            }
        );
        _ = new EventSourceMapping(
            this,
            $"{name}Mapping",
            new EventSourceMappingProps
            {
                Target = function,
                EventSourceArn = queue.QueueArn,
                BatchSize = reading.BatchSize,
                MaxBatchingWindow = reading.MaxBatchingWindow,
                MaxConcurrency = reading.MaxConcurrency,
                ReportBatchItemFailures = true,
            }
        );
        return function;
    }

    private ProgramFunction Sweep(HubPermissions may)
    {
        var function = Function(
            Names.Sweep,
            new()
            {
                Description = "Finds what got lost, each minute.",
                // Where EventBridge tells of no alarm, those concern the hub that have its topic as their action.
                Environment = Variables(deployment.Hub.Alarms ? [] : [Names.AlarmTopicVariable]),
                Permissions = [.. Common(may), .. may.SendWork(), may.LookThroughState(), HubPermissions.ListAlarms()],
                Timeout = SweepTimeout,
                Events = NextMinute,
            }
        );
        _ = new Rule(
            this,
            "EachMinute",
            new RuleProps
            {
                Description = "Sweeps the alert hub.",
                Schedule = Schedule.Rate(Duration.Minutes(1)),
                Targets =
                [
                    new LambdaFunction(
                        function,
                        new LambdaFunctionProps { RetryAttempts = 0, MaxEventAge = Duration.Minutes(1) }
                    ),
                ],
            }
        );
        return function;
    }

    /// <summary>A sweep that failed is not tried again: the next one comes in a minute.</summary>
    private static AsynchronousEvents NextMinute => new() { Retries = 0, LongestAge = TimeSpan.FromMinutes(1) };

    private ProgramFunction Configure(HubPermissions may) =>
        Function(
            Names.Configure,
            new()
            {
                Description = "Puts the configuration of a deployment into force.",
                Environment = Variables(Names.ExternalUrlVariable),
                Permissions = [.. Common(may), may.LookThroughState(), may.KeepConfigurations()],
                Timeout = ConfigureTimeout,
                // CloudFormation invokes it asynchronously. Once more, where its answer did not arrive; both end before
                // CloudFormation does not wait any more.
                Events = new() { Retries = 1, LongestAge = TimeSpan.FromMinutes(4) },
            }
        );

    private ProgramFunction Function(string name, FunctionSettings settings) =>
        new(this, name, deployment, package, settings);

    /// <summary>What all functions are told, and these.</summary>
    private Dictionary<string, string> Variables(params string[] more)
    {
        var variables = new Dictionary<string, string>
        {
            [Names.StageVariable] = deployment.Hub.Stage,
            [Names.StateTableVariable] = data.State.TableName,
            [Names.RecordsTableVariable] = data.Records.TableName,
            [Names.FlushQueueVariable] = Queues.Flush.QueueUrl,
            [Names.DeliverQueueVariable] = Queues.Deliver.QueueUrl,
            [Names.ParametersVariable] = deployment.Hub.Parameters,
        };
        foreach (var name in more)
        {
            variables[name] = name switch
            {
                Names.AlarmTopicVariable => intake.Alarms.TopicArn,
                Names.QuarantineQueueVariable => Queues.Quarantine.QueueUrl,
                Names.AccountVariable => Account,
                Names.ExternalUrlVariable => deployment.Hub.ExternalUrl ?? Api.Url,
                _ => throw new ArgumentOutOfRangeException(nameof(more), name, "no value is known for it"),
            };
        }

        return variables;
    }

    private void Output(string id, string description, string value) =>
        _ = new CfnOutput(this, id, new CfnOutputProps { Description = description, Value = value });
}
