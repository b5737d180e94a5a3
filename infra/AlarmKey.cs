using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Infra;

/// <summary>Encrypts the topics that CloudWatch alarms publish to.</summary>
/// <remarks>
/// A key of our own, because CloudWatch may not use the AWS-managed key of SNS and an alarm's message would be dropped without
/// a trace (Amazon SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics").
/// It costs one dollar a month.
/// </remarks>
internal sealed class AlarmKey : Key
{
    public AlarmKey(Construct scope, string id)
        : base(
            scope,
            id,
            new KeyProps
            {
                Description = "Alarms on their way through SNS",
                EnableKeyRotation = true,
                PendingWindow = Duration.Days(7),
                RemovalPolicy = RemovalPolicy.DESTROY,
            }
        )
    {
        AddToResourcePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
                    Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                    // In a key policy the resource is the key itself.
                    Resources = ["*"],
                    // Whether CloudWatch tells KMS its source is not documented. If it did not, and the condition asked for
                    // it, alarms would be dropped in silence; who may publish is settled by the topic's policy.
                    Conditions = AlarmsOf(Stack.Of(scope), "IfExists"),
                }
            )
        );
    }

    /// <summary>Only on behalf of alarms of this account and region.</summary>
    /// <param name="stack">Of the account.</param>
    /// <param name="suffix"><c>IfExists</c> for what also holds where the request does not tell its source; else nothing.</param>
    public static Dictionary<string, object> AlarmsOf(Stack stack, string suffix) =>
        new()
        {
            [$"StringEquals{suffix}"] = new Dictionary<string, object> { ["aws:SourceAccount"] = stack.Account },
            [$"ArnLike{suffix}"] = new Dictionary<string, object>
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
        };
}
