using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>
/// Tells people what is wrong with the hub, by a topic that no function of the hub has a part in: from CloudWatch by SNS to
/// e-mail.
/// </summary>
internal sealed class WatchStack : Stack
{
    private readonly OperatorAlarms alarms;

    public WatchStack(Construct scope, string id, Deployment deployment, DataStack data, HubStack hub)
        : base(
            scope,
            id,
            new StackProps { Description = "Watches over the alert hub", Env = deployment.Hub.Environment }
        )
    {
        Operators = new AlarmTopic(this, "OperatorTopic", data.AlarmKey);
        Operators.CallIt("OperatorTopic");
        alarms = new OperatorAlarms(this, Operators);
        foreach (var email in deployment.Emails)
        {
            Operators.AddSubscription(new EmailSubscription(email));
        }

        var metrics = new HubMetrics(deployment.Hub.Stage);
        WatchHub(metrics);
        WatchQueues(hub.Queues);
        WatchFunctions(hub.Functions);
        WatchTable("State", data.State, "BatchGetItem", "BatchWriteItem", "DeleteItem", "PutItem", "Query", "Scan");
        WatchTable("Records", data.Records, "BatchGetItem", "BatchWriteItem", "PutItem");
        // What the API could not take its producer sends again; a single one is no alarm.
        alarms.Lasting(
            "ApiFaults",
            hub.Api.ServerErrors(),
            "Requests to the API end with 5xx. See the log groups Api and AccessLogs."
        );

        _ = new HubDashboard(this, "Dashboard", metrics, data, hub, alarms.All);
        _ = new CfnOutput(
            this,
            "OperatorTopicArn",
            new CfnOutputProps
            {
                Description = "The topic that tells of faults of the hub itself",
                Value = Operators.TopicArn,
            }
        );
    }

    /// <summary>What the alarms tell.</summary>
    public AlarmTopic Operators { get; }

    private void WatchHub(HubMetrics metrics)
    {
        var minute = Duration.Minutes(1);
        // The sweep says each minute that it came to its end. Nobody else would notice that nothing happens any more.
        alarms.Silent(
            "Silence",
            metrics.Own(Names.SweptMetric, "Sum", Duration.Minutes(5)),
            "The hub has not swept for five minutes: it may be down. See the log group of the function Sweep."
        );
        alarms.Above(
            "OldestUndelivered",
            metrics.Own(Names.OldestUndeliveredMetric, "Maximum", minute),
            TimeSpan.FromMinutes(10).TotalSeconds,
            "A notification has been waiting for more than ten minutes. See the log group of the function Deliver."
        );
        alarms.Above(
            "DeadNotifications",
            metrics.Own(Names.DeadLettersMetric, "Maximum", minute),
            0,
            "Notifications were given up and wait for a person: GET /hub/dead lists them."
        );
    }

    private void WatchQueues(HubQueues queues)
    {
        (string Id, IQueue Queue, string What)[] leftOver =
        [
            (
                "IngestDeadLettersAlarm",
                queues.Ingest.DeadLetters,
                "Messages of producers that no attempt could take in"
            ),
            ("FlushDeadLettersAlarm", queues.Flush.DeadLetters, "Groups that no attempt could decide about"),
            ("DeliverDeadLettersAlarm", queues.Deliver.DeadLetters, "Notifications that no attempt could be made for"),
            ("QuarantineAlarm", queues.Quarantine, "Messages that could not be read"),
            ("UndeliverableAlarm", queues.Undeliverable, "What SNS or EventBridge could not hand over to the hub"),
        ];
        foreach (var (id, queue, what) in leftOver)
        {
            alarms.LeftOver(id, queue, what);
        }

        alarms.Behind(Names.Ingest, queues.Ingest);
        alarms.Behind(Names.Flush, queues.Flush);
        alarms.Behind(Names.Deliver, queues.Deliver);
    }

    private void WatchFunctions(IReadOnlyList<ProgramFunction> functions)
    {
        // Not Configure: CloudFormation waits for its answer, and a failed deployment is the alarm.
        foreach (var function in functions.Where(function => function.Node.Id != Names.Configure))
        {
            alarms.Failing(function);
        }
    }

    private void WatchTable(string name, ITable table, params string[] operations)
    {
        alarms.Lasting(
            $"{name}TableThrottles",
            HubMetrics.Throttles(table),
            $"DynamoDB puts requests to the table {name} off: they come faster than it grows, or for one group only."
        );
        alarms.Lasting(
            $"{name}TableErrors",
            HubMetrics.SystemErrors(table, operations),
            $"DynamoDB fails at requests to the table {name}. See the AWS Health Dashboard."
        );
    }
}
