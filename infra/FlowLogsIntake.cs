using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using KinesisStream = Amazon.CDK.AWS.Kinesis.Stream;

namespace Infra;

/// <summary>From VPCs into the stream: flow logs, and the filter that forwards their log group.</summary>
internal static class FlowLogsIntake
{
    /// <param name="stack">The stack.</param>
    /// <param name="deployment">What was chosen.</param>
    /// <param name="group">The log group of the flow logs, where no other was chosen.</param>
    /// <param name="stream">Where the group's lines go.</param>
    /// <param name="reader">
    /// What reads the stream. It is there before anything is written, and until it is, IAM has heard of the role with which
    /// CloudWatch Logs tries the stream.
    /// </param>
    public static void Add(
        Stack stack,
        FlowLogsDeployment deployment,
        LogGroup group,
        KinesisStream stream,
        CfnResource reader
    )
    {
        var foreign = deployment.Group.Length > 0;
        var filter = new CfnSubscriptionFilter(
            stack,
            "FlowLogFilter",
            new CfnSubscriptionFilterProps
            {
                LogGroupName = foreign ? deployment.Group : group.LogGroupName,
                // Everything; what is left out, the function leaves out, and counts.
                FilterPattern = "",
                DestinationArn = stream.StreamArn,
                RoleArn = ForwardRole(stack, stream).RoleArn,
                // By log stream, which is by interface, a gateway that most traffic passes would have one shard for all it tells.
                // Splunk sorts by the records' own time, so that nobody needs the order.
                Distribution = "Random",
            }
        );
        filter.AddDependency(reader);
        if (foreign)
        {
            return;
        }

        var role = DeliveryRole(stack, group);
        foreach (var vpc in deployment.Vpcs)
        {
            var log = new CfnFlowLog(
                stack,
                $"FlowLog{vpc}",
                new CfnFlowLogProps
                {
                    ResourceType = "VPC",
                    ResourceId = vpc,
                    TrafficType = deployment.Traffic,
                    LogDestinationType = "cloud-watch-logs",
                    LogGroupName = group.LogGroupName,
                    DeliverLogsPermissionArn = role.RoleArn,
                    LogFormat = deployment.Format,
                    MaxAggregationInterval = deployment.AggregationSeconds,
                }
            );
            // What is logged before that, nobody forwards.
            log.AddDependency(filter);
        }
    }

    /// <summary>Trust and permission as in "Subscription filters with Kinesis Data Streams" (CloudWatch Logs user guide).</summary>
    private static Role ForwardRole(Stack stack, KinesisStream stream) =>
        Role(
            stack,
            "ForwardRole",
            Service(
                $"logs.{stack.Region}.amazonaws.com",
                stack.FormatArn(new ArnComponents { Service = "logs", Resource = "*" })
            ),
            ["kinesis:PutRecord"],
            stream.StreamArn
        );

    /// <summary>
    /// Trust as in "IAM role for publishing flow logs to CloudWatch Logs" (VPC user guide). Of the actions there, those that
    /// CDK's own FlowLog gives: the group exists.
    /// </summary>
    private static Role DeliveryRole(Stack stack, LogGroup group) =>
        Role(
            stack,
            "DeliveryRole",
            Service(
                "vpc-flow-logs.amazonaws.com",
                stack.FormatArn(
                    new ArnComponents
                    {
                        Service = "ec2",
                        Resource = "vpc-flow-log",
                        ResourceName = "*",
                    }
                )
            ),
            ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            group.LogGroupArn
        );

    /// <summary>A service, for resources of this account only, whose number is in their ARNs.</summary>
    private static ServicePrincipal Service(string name, string sources) =>
        new(
            name,
            new ServicePrincipalOpts
            {
                Conditions = new Dictionary<string, object>
                {
                    ["ArnLike"] = new Dictionary<string, object> { ["aws:SourceArn"] = sources },
                },
            }
        );

    private static Role Role(Stack stack, string id, ServicePrincipal service, string[] actions, string resource)
    {
        var role = new Role(
            stack,
            id,
            new RoleProps
            {
                AssumedBy = service,
                InlinePolicies = new Dictionary<string, PolicyDocument>
                {
                    ["Deliver"] = new(
                        new PolicyDocumentProps
                        {
                            Statements =
                            [
                                new PolicyStatement(
                                    new PolicyStatementProps { Actions = actions, Resources = [resource] }
                                ),
                            ],
                        }
                    ),
                },
            }
        );
        role.CallIt(id);
        return role;
    }
}
