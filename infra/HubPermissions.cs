using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>What functions of the hub may do, statement by statement: exact actions on what they are meant for.</summary>
internal sealed class HubPermissions(Stack stack, DataStack data, HubQueues queues, string parameters)
{
    /// <summary>Groups and alerts, each found by its key.</summary>
    public PolicyStatement KeepState() =>
        Allow(
            data.State,
            "dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:Query"
        );

    /// <summary>All groups, whichever there are: lists of alerts, the sweep, and a new routing tree.</summary>
    public PolicyStatement LookThroughState() => Allow(data.State, "dynamodb:Scan");

    /// <summary>The configuration in force.</summary>
    public PolicyStatement ReadRecords() => Allow(data.Records, "dynamodb:BatchGetItem");

    /// <summary>Messages that came already.</summary>
    public PolicyStatement NoteMessages() => Allow(data.Records, "dynamodb:BatchWriteItem");

    /// <summary>A configuration, put in force; those too old to be kept, deleted.</summary>
    public PolicyStatement KeepConfigurations() => Allow(data.Records, "dynamodb:BatchWriteItem", "dynamodb:PutItem");

    /// <summary>What is due later. A batch is authorized as what it consists of (SQS developer guide, "API permissions").</summary>
    public PolicyStatement[] SendWork() => [SendFlushes(), SendDeliveries()];

    /// <inheritdoc cref="SendWork"/>
    public PolicyStatement SendFlushes() => Send(queues.Flush);

    /// <inheritdoc cref="SendWork"/>
    public PolicyStatement SendDeliveries() => Send(queues.Deliver);

    public PolicyStatement SendToQuarantine() => Send(queues.Quarantine);

    /// <summary>
    /// What an event source mapping does in the function's name. AWS's own policy for it, AWSLambdaSQSQueueExecutionRole, has
    /// no more; messages that failed come back by themselves, so that none needs another visibility.
    /// </summary>
    public static PolicyStatement Consume(IQueue queue) =>
        Allow([queue.QueueArn], "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");

    /// <summary>
    /// Wildcard: the names of the secrets stand in the configuration, which changes without a deployment. No kms:Decrypt: the
    /// policy of the key aws/ssm lets the whole account decrypt by way of Parameter Store.
    /// </summary>
    public PolicyStatement ReadSecrets() =>
        Allow([Parameter($"{parameters}{Names.SecretsFolder}/*")], "ssm:GetParameter");

    /// <summary>
    /// No wildcard: this action is authorized for the path that is asked for, as it is spelled, and not for the parameters below
    /// it; with a slash at its end it would be another (messages of AccessDeniedException, for example aws-ia/
    /// terraform-aws-control_tower_account_factory issue 174 and aws/aws-dotnet-extensions-configuration issue 108).
    /// </summary>
    public PolicyStatement ReadTokens() =>
        Allow([Parameter($"{parameters}{Names.TokensFolder}")], "ssm:GetParametersByPath");

    /// <summary>
    /// Wildcard: with a narrower scope CloudWatch leaves out the composite alarms (DescribeAlarms in its API reference).
    /// </summary>
    public static PolicyStatement ListAlarms() => Allow(["*"], "cloudwatch:DescribeAlarms");

    /// <summary>Wildcard: CloudWatch knows no resource for it ("Actions, resources, and condition keys for Amazon CloudWatch").</summary>
    public static PolicyStatement DrawGraphs() => Allow(["*"], "cloudwatch:GetMetricWidgetImage");

    private string Parameter(string name) =>
        stack.FormatArn(
            new ArnComponents
            {
                Service = "ssm",
                Resource = "parameter",
                ResourceName = name.TrimStart('/'),
            }
        );

    public static PolicyStatement Send(IQueue queue) => Allow([queue.QueueArn], "sqs:SendMessage");

    private static PolicyStatement Allow(KeptTable table, params string[] actions) => Allow([table.TableArn], actions);

    private static PolicyStatement Allow(string[] resources, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}
