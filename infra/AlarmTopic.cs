using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Infra;

/// <summary>A topic to which the account's CloudWatch alarms, and nobody else, may publish.</summary>
internal sealed class AlarmTopic : Topic
{
    public AlarmTopic(Construct scope, string id, AlarmKey key)
        : base(
            scope,
            id,
            new TopicProps
            {
                MasterKey = key,
                EnforceSSL = true,
                // SHA-256; version 1, the default, signs with SHA-1.
                SignatureVersion = "2",
            }
        )
    {
        AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
                    Actions = ["sns:Publish"],
                    Resources = [TopicArn],
                    Conditions = AlarmKey.AlarmsOf(Stack.Of(scope), ""),
                }
            )
        );
    }
}
