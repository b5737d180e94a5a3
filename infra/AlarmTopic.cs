using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Infra;

/// <summary>A topic to which the account's CloudWatch alarms, and nobody else, may publish.</summary>
/// <remarks>
/// Encrypted with a key of its own, because CloudWatch may not use the AWS-managed key of SNS and an alarm's message would be
/// dropped without a trace (Amazon SNS developer guide, "Enable compatibility between event sources from AWS services and
/// encrypted topics"). It costs one dollar a month.
/// </remarks>
internal sealed class AlarmTopic : Topic
{
    private const string CloudWatch = "cloudwatch.amazonaws.com";

    public AlarmTopic(Construct scope, string id)
        : base(scope, id, Describe(scope, id))
    {
        AddToResourcePolicy(AllowAlarms(Stack.Of(scope), ["sns:Publish"], TopicArn));
    }

    private static TopicProps Describe(Construct scope, string id)
    {
        var key = new Key(
            scope,
            $"{id}Key",
            new KeyProps
            {
                Description = "Alarms on their way through SNS",
                EnableKeyRotation = true,
                PendingWindow = Duration.Days(7),
                RemovalPolicy = RemovalPolicy.DESTROY,
            }
        );
        // In a key policy the resource is the key itself.
        key.AddToResourcePolicy(AllowAlarms(Stack.Of(scope), ["kms:Decrypt", "kms:GenerateDataKey"], "*"));
        return new TopicProps
        {
            MasterKey = key,
            EnforceSSL = true,
            // SHA-256; version 1, the default, signs with SHA-1.
            SignatureVersion = "2",
        };
    }

    private static PolicyStatement AllowAlarms(Stack stack, string[] actions, string resource) =>
        new(
            new PolicyStatementProps
            {
                Principals = [new ServicePrincipal(CloudWatch)],
                Actions = actions,
                Resources = [resource],
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = stack.Account },
                    ["ArnLike"] = new Dictionary<string, object>
                    {
                        ["aws:SourceArn"] = stack.FormatArn(
                            new ArnComponents
                            {
                                Service = "cloudwatch",
                                Resource = "alarm",
                                ResourceName = "*",
                                ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
                            }
                        ),
                    },
                },
            }
        );
}
