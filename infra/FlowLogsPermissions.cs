using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using KinesisStream = Amazon.CDK.AWS.Kinesis.Stream;
using Names = FlowLogs.Names;

namespace Infra;

/// <summary>What functions of flow logs may do, statement by statement. Wildcards: keys of objects have the time in them.</summary>
internal sealed class FlowLogsPermissions(Stack stack, FlowLogsDeployment deployment, Bucket backup)
{
    private static readonly string[] Own = [Names.UndeliveredPrefix, Names.RefusedPrefix, Names.UnreadablePrefix];

    /// <summary>
    /// What an event source mapping does in the function's name. AWS's own policy for it, AWSLambdaKinesisExecutionRole, without
    /// the list of all streams and without SubscribeToShard, which only consumers with enhanced fan-out use.
    /// </summary>
    public static PolicyStatement Consume(KinesisStream stream) =>
        Allow(
            [stream.StreamArn],
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards"
        );

    /// <summary>No kms:Decrypt, for the reason that <see cref="HubPermissions.ReadSecrets"/> has.</summary>
    public PolicyStatement ReadToken() =>
        Allow(
            [
                stack.FormatArn(
                    new ArnComponents
                    {
                        Service = "ssm",
                        Resource = "parameter",
                        ResourceName = deployment.Delivery.TokenParameter.TrimStart('/'),
                    }
                ),
            ],
            "ssm:GetParameter"
        );

    /// <summary>What the function puts aside, and what Lambda does in its name where a batch fails for good.</summary>
    public IEnumerable<PolicyStatement> BackUp() =>
        [Allow(Below([.. Own, Names.GivenUpPrefix]), "s3:PutObject"), List()];

    /// <summary>What was put aside, read, and deleted when it is delivered; what is left of it, put aside again.</summary>
    public IEnumerable<PolicyStatement> Replay() =>
        [
            Allow(Below([.. Own, Names.GivenUpPrefix, Names.FirehosePrefix]), "s3:DeleteObject", "s3:GetObject"),
            Allow(Below(Own), "s3:PutObject"),
            List(),
        ];

    private PolicyStatement List() => Allow([backup.BucketArn], "s3:ListBucket");

    private string[] Below(string[] prefixes) => [.. prefixes.Select(prefix => backup.ArnForObjects($"{prefix}*"))];

    private static PolicyStatement Allow(string[] resources, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}
