using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using KinesisStream = Amazon.CDK.AWS.Kinesis.Stream;
using Names = FlowLogs.Names;

namespace Infra;

/// <summary>
/// VPC Flow Logs on their way to Splunk: a log group that is forwarded into a stream, a function that delivers what is in it, and
/// one that delivers later what Splunk did not take at once.
/// </summary>
internal sealed class FlowLogsStack : Stack
{
    private static readonly TimeSpan StreamTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Shorter than <see cref="ReplayInterval"/>: two at once would deliver the same twice.</summary>
    private static readonly TimeSpan ReplayTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ReplayInterval = TimeSpan.FromMinutes(15);

    /// <summary>The longest that Firehose waits.</summary>
    private static readonly TimeSpan TransformTimeout = TimeSpan.FromMinutes(5);

    private static readonly string[] CountEvents = ["EventCount"];

    private readonly Deployment deployment;
    private readonly FlowLogsDeployment chosen;
    private readonly FunctionPackage package;
    private readonly HubStack hub;
    private readonly FlowLogsDataStack data;
    private readonly FlowLogsPermissions may;

    public FlowLogsStack(
        Construct scope,
        string id,
        Deployment deployment,
        FunctionPackage package,
        FlowLogsDataStack data,
        HubStack hub,
        WatchStack watch
    )
        : base(
            scope,
            id,
            new StackProps { Description = "Delivers VPC Flow Logs to Splunk", Env = deployment.Hub.Environment }
        )
    {
        (this.deployment, chosen, this.package, this.hub, this.data) = (
            deployment,
            deployment.FlowLogs,
            package,
            hub,
            data
        );
        may = new FlowLogsPermissions(this, chosen, data.Backup);
        var stream = Kinesis();
        var deliver = Deliver(stream);
        var mapping = Map(stream, deliver);
        var replay = Replay();
        var transform = chosen.Transform ? Transform() : null;
        FlowLogsIntake.Add(this, chosen, data.Group, stream, mapping);

        var alarms = new FlowLogsAlarms(new OperatorAlarms(this, watch.Operators), deployment);
        alarms.Watch(stream);
        alarms.Watch(deliver, mapping);
        alarms.Watch(replay, ReplayInterval);
        alarms.WatchDeliveries();
        Output("FlowStreamName", "The stream that flow logs pass", stream.StreamName);
        Output("FlowStreamArn", "The same", stream.StreamArn);
        Output("StreamFunctionName", "The function that delivers to Splunk", deliver.FunctionName);
        Output("ReplayFunctionName", "The function that delivers what is in the backup", replay.FunctionName);
        if (transform is not null)
        {
            alarms.Watch(transform);
            Output(
                "TransformFunctionArn",
                "For a delivery stream of Firehose, whose role must have lambda:InvokeFunction on it",
                transform.FunctionArn
            );
        }
    }

    private KinesisStream Kinesis()
    {
        var stream = new KinesisStream(
            this,
            "FlowStream",
            new StreamProps
            {
                StreamMode = chosen.Shards == 0 ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
                ShardCount = chosen.Shards == 0 ? null : chosen.Shards,
                RetentionPeriod = Duration.Hours(chosen.StreamRetention.TotalHours),
                // Kinesis' own key: CloudWatch Logs writes here as a role of this account and needs no grant of it.
                Encryption = StreamEncryption.MANAGED,
                // What is in it is in the log group, too, and an empty stream costs as much as one that is used.
                RemovalPolicy = RemovalPolicy.DESTROY,
            }
        );
        stream.CallIt("FlowStream");
        return stream;
    }

    private ProgramFunction Deliver(KinesisStream stream) =>
        new(
            this,
            Names.Stream,
            deployment,
            package,
            new()
            {
                Description = "Delivers flow logs from the stream to Splunk.",
                Environment = Variables(),
                Permissions =
                [
                    FlowLogsPermissions.Consume(stream),
                    may.ReadToken(),
                    .. may.BackUp(),
                    HubPermissions.Send(hub.Queues.Ingest),
                ],
                Timeout = StreamTimeout,
                MemoryMegabytes = chosen.MemoryMegabytes,
            }
        );

    // Not CDK's EventSourceMapping, which takes a bucket as destination for Kafka only and gives the function about all
    // permissions on it (2.160).
    private CfnEventSourceMapping Map(KinesisStream stream, ProgramFunction deliver)
    {
        var mapping = new CfnEventSourceMapping(
            this,
            $"{Names.Stream}Mapping",
            new CfnEventSourceMappingProps
            {
                FunctionName = deliver.FunctionName,
                EventSourceArn = stream.StreamArn,
                StartingPosition = "TRIM_HORIZON",
                // A batch ends at 6 MB in any case. Flow logs come minutes after the traffic, so that half a minute more is no
                // loss, and saves invocations.
                BatchSize = 1_000,
                MaximumBatchingWindowInSeconds = 30,
                ParallelizationFactor = chosen.Parallel,
                FunctionResponseTypes = ["ReportBatchItemFailures"],
                BisectBatchOnFunctionError = true,
                // Without a limit, for as long as Splunk is away each attempt is one; the age ends them.
                MaximumRetryAttempts = -1,
                MaximumRecordAgeInSeconds = chosen.LongestRecordAge.TotalSeconds,
                DestinationConfig = new CfnEventSourceMapping.DestinationConfigProperty
                {
                    OnFailure = new CfnEventSourceMapping.OnFailureProperty { Destination = data.Backup.BucketArn },
                },
            }
        );
        // This version of CDK does not know them. They say what went to the destination, and what was lost.
        mapping.AddPropertyOverride("MetricsConfig.Metrics", CountEvents);
        return mapping;
    }

    private ProgramFunction Replay()
    {
        var function = new ProgramFunction(
            this,
            Names.Replay,
            deployment,
            package,
            new()
            {
                Description = "Delivers flow logs from the backup to Splunk.",
                Environment = Variables(),
                Permissions = [may.ReadToken(), .. may.Replay(), HubPermissions.Send(hub.Queues.Ingest)],
                Timeout = ReplayTimeout,
                MemoryMegabytes = chosen.MemoryMegabytes,
                // The next one comes soon, and finds what this one left.
                Events = new() { Retries = 0, LongestAge = ReplayInterval },
            }
        );
        _ = new Rule(
            this,
            "ReplaySchedule",
            new RuleProps
            {
                Description = "Delivers what is in the backup of flow logs.",
                Schedule = Schedule.Rate(Duration.Minutes(ReplayInterval.TotalMinutes)),
                Targets =
                [
                    new LambdaFunction(
                        function,
                        new LambdaFunctionProps
                        {
                            Event = RuleTargetInput.FromObject(
                                new Dictionary<string, object> { ["command"] = "replay" }
                            ),
                            MaxEventAge = Duration.Minutes(ReplayInterval.TotalMinutes),
                            RetryAttempts = 2,
                        }
                    ),
                ],
            }
        );
        return function;
    }

    /// <summary>It calls nobody: Firehose takes its answer, and has its own permission to ask.</summary>
    private ProgramFunction Transform() =>
        new(
            this,
            Names.Transform,
            deployment,
            package,
            new()
            {
                Description = "Turns flow logs into Splunk's events for Firehose.",
                Environment = new Dictionary<string, string>(chosen.Delivery.OfRecords(chosen.Format))
                {
                    [Names.StageVariable] = deployment.Hub.Stage,
                },
                Permissions = [],
                Timeout = TransformTimeout,
                MemoryMegabytes = 512,
            }
        );

    private Dictionary<string, string> Variables() =>
        new(chosen.Delivery.OfRecords(chosen.Format).Concat(chosen.Delivery.OfDeliveries()))
        {
            [Names.StageVariable] = deployment.Hub.Stage,
            [Names.BucketVariable] = data.Backup.BucketName,
            [Names.HubQueueVariable] = hub.Queues.Ingest.QueueUrl,
        };

    private void Output(string id, string description, string value) =>
        _ = new CfnOutput(this, id, new CfnOutputProps { Description = description, Value = value });
}
