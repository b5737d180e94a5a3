using AlertHub.Aws.Tables;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Infra;

/// <summary>A table that stays when its stack is removed. The stack tells its name.</summary>
internal sealed class KeptTable : Table
{
    /// <param name="stack">The stack.</param>
    /// <param name="id">Its logical id.</param>
    /// <param name="description">What is in it.</param>
    public KeptTable(Stack stack, string id, string description)
        : base(
            stack,
            id,
            new TableProps
            {
                PartitionKey = new Attribute { Name = ItemAttributes.Key, Type = AttributeType.STRING },
                SortKey = new Attribute { Name = ItemAttributes.Sort, Type = AttributeType.STRING },
                // What comes, comes in bursts; who is idle pays next to nothing.
                BillingMode = BillingMode.PAY_PER_REQUEST,
                TimeToLiveAttribute = ItemAttributes.Expires,
                // DynamoDB's own key, at no charge. A key of KMS would be one more thing that can be away when an alert comes.
                Encryption = TableEncryption.DEFAULT,
                PointInTimeRecovery = true,
                DeletionProtection = true,
                RemovalPolicy = RemovalPolicy.RETAIN,
            }
        )
    {
        this.CallIt(id);
        _ = new CfnOutput(stack, $"{id}Name", new CfnOutputProps { Description = description, Value = TableName });
    }
}
