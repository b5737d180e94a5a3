using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;

namespace Infra;

/// <summary>The ways by which AWS's own messages reach the Ingest queue.</summary>
internal sealed class HubIntake : Construct
{
    private readonly HubQueues queues;

    public HubIntake(Construct scope, HubDeployment deployment, HubQueues queues, AlarmKey key)
        : base(scope, "Intake")
    {
        this.queues = queues;
        Alarms = new AlarmTopic(this, "Alarms", key);
        Alarms.CallIt("AlarmsTopic");
        Subscribe(Alarms, isNear: true);
        foreach (var topic in deployment.Topics)
        {
            Subscribe(Topic.FromTopicArn(this, topic.Arn, topic.Arn), topic.IsNear);
            Admit(topic);
        }

        if (deployment.Alarms)
        {
            Forward(
                "AlarmStates",
                "CloudWatch alarms of this account and region, and of others that forward theirs to its default bus",
                null,
                new EventPattern { Source = ["aws.cloudwatch"], DetailType = ["CloudWatch Alarm State Change"] }
            );
        }

        foreach (var events in deployment.Events ? HubEvents.All : [])
        {
            Forward(
                events.Id,
                "Events of AWS's services, of this account and region and of others that forward theirs to its default bus",
                null,
                new EventPattern
                {
                    Source = [.. events.Sources],
                    DetailType = [.. events.DetailTypes],
                    Detail = events.Detail,
                }
            );
        }

        if (deployment.Accounts.Count > 0)
        {
            Accounts = Open([.. deployment.Accounts]);
        }
    }

    /// <summary>The action of CloudWatch alarms.</summary>
    public AlarmTopic Alarms { get; }

    /// <summary>Where other accounts put their events; null where none may.</summary>
    public AccountsBus? Accounts { get; }

    // The function reads the envelope of SNS: the topic, the subject, and an id that stays the same over all attempts.
    private void Subscribe(ITopic topic, bool isNear) =>
        topic.AddSubscription(
            new SqsSubscription(
                queues.Ingest,
                new SqsSubscriptionProps
                {
                    RawMessageDelivery = false,
                    // SNS wants it in the topic's region ("Amazon SNS dead-letter queues"). A topic elsewhere has to do without:
                    // SNS tries for 23 days where the queue is at fault, and not again where it is not let in.
                    DeadLetterQueue = isNear ? queues.Undeliverable : null,
                }
            )
        );

    // What CDK has added to the policy for sns.amazonaws.com stands beside it.
    private void Admit(ForeignTopic topic) =>
        queues.Ingest.AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Actions = ["sqs:SendMessage"],
                    Resources = [queues.Ingest.QueueArn],
                    Principals = [new ServicePrincipal(topic.Sender)],
                    Conditions = new Dictionary<string, object>
                    {
                        ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = topic.Arn },
                    },
                }
            )
        );

    private void Forward(string id, string description, IEventBus? bus, EventPattern pattern) =>
        _ = new Rule(
            this,
            id,
            new RuleProps
            {
                Description = description,
                EventBus = bus,
                EventPattern = pattern,
                Targets =
                [
                    new SqsQueue(
                        queues.Ingest,
                        new SqsQueueProps
                        {
                            DeadLetterQueue = queues.Undeliverable,
                            // The most that EventBridge offers.
                            MaxEventAge = Duration.Hours(24),
                            RetryAttempts = 185,
                        }
                    ),
                ],
            }
        );

    private AccountsBus Open(string[] accounts)
    {
        var bus = new AccountsBus(this, "Accounts", "Events of other accounts", accounts);
        // They choose what they forward; all of it is an alert.
        Forward("AccountsEvents", "What other accounts forward", bus, new EventPattern { Account = accounts });
        return bus;
    }
}
