using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Infra;

/// <summary>
/// What is kept of flow logs: what Splunk did not take yet, and for some days everything. Removing the stack leaves both; they
/// empty themselves.
/// </summary>
internal sealed class FlowLogsDataStack : Stack
{
    public FlowLogsDataStack(Construct scope, string id, Deployment deployment)
        : base(
            scope,
            id,
            new StackProps { Description = "What is kept of flow logs", Env = deployment.Hub.Environment }
        )
    {
        Backup = new Bucket(
            this,
            "BackupBucket",
            new BucketProps
            {
                // S3's own key: Lambda and Firehose write here, too, and need no grant of another.
                Encryption = BucketEncryption.S3_MANAGED,
                EnforceSSL = true,
                BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
                ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
                // No key is written twice, and what was delivered is deleted for good: versions would keep it, and bill it.
                Versioned = false,
                LifecycleRules =
                [
                    new LifecycleRule
                    {
                        Id = "Expire",
                        Expiration = Duration.Days(deployment.FlowLogs.BackupDays),
                        AbortIncompleteMultipartUploadAfter = Duration.Days(1),
                    },
                ],
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        );
        Backup.CallIt("BackupBucket");

        // Also where another group is chosen: CloudFormation lets no stack take back what another one imports, and a group that
        // nobody writes to costs nothing.
        Group = new LogGroup(
            this,
            "VpcFlowLogs",
            new LogGroupProps { Retention = deployment.FlowLogs.LogRetention, RemovalPolicy = RemovalPolicy.RETAIN }
        );
        Group.CallIt("VpcFlowLogs");
        _ = ExportValue(Group.LogGroupName);
        _ = ExportValue(Group.LogGroupArn);
        _ = new CfnOutput(
            this,
            "BackupBucketName",
            new CfnOutputProps { Description = "Flow logs that Splunk did not take", Value = Backup.BucketName }
        );
        _ = new CfnOutput(
            this,
            "FlowLogGroupName",
            new CfnOutputProps { Description = "The log group of the flow logs", Value = Group.LogGroupName }
        );
    }

    public Bucket Backup { get; }

    public LogGroup Group { get; }
}
