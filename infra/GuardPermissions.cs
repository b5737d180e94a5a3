using Amazon.CDK;
using Amazon.CDK.AWS.IAM;

namespace Infra;

/// <summary>
/// What the guard may do, statement by statement. Which resources and conditions an action of EC2 knows is from the Service
/// Authorization Reference (2026-09).
/// </summary>
internal sealed class GuardPermissions(Stack stack, Deployment deployment)
{
    private static readonly string[] OfGroups =
    [
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:DeleteSecurityGroup",
        "ec2:ModifySecurityGroupRules",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
        "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
    ];

    private readonly GuardDeployment guard = deployment.Guard;

    /// <summary>Wildcard: a list action of EC2 knows no resources.</summary>
    public static PolicyStatement List() => Allow(["*"], "ec2:DescribeSecurityGroups");

    /// <summary>Wildcard: describe actions of EC2 know no resources.</summary>
    public static PolicyStatement Look() =>
        Allow(["*"], "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups");

    /// <summary>
    /// Wildcards: which groups there are changes without a deployment. Each of these calls is authorized for its group, so that
    /// the tag, where one is asked for, holds for all of them; a rule has no such tag.
    /// </summary>
    public IEnumerable<PolicyStatement> Undo()
    {
        yield return guard.Tag is { } tag
            ? Allow([Ec2("security-group")], OfGroups).When("StringEquals", $"aws:ResourceTag/{tag.Key}", tag.Value)
            : Allow([Ec2("security-group")], OfGroups);
        yield return Allow(
            [Ec2("security-group-rule")],
            // Those that are authorized with the tags that they had.
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:ModifySecurityGroupRules"
        );
        yield return Allow(
            // A rule may name a list of AWS's, or of an account that shares it.
            [Ec2("prefix-list", "*")],
            "ec2:ModifySecurityGroupRules"
        );
        yield return Allow([Ec2("security-group-rule")], "ec2:CreateTags")
            .When("StringEquals", "ec2:CreateAction", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress");
        if (guard.TagKeys is { Count: > 0 } keys)
        {
            // Whatever tags the group has: one that was taken from it is put back by this. Without keys DeleteTags takes all
            // tags (EC2 API reference), and "for all of none" is true.
            yield return Allow([Ec2("security-group")], "ec2:CreateTags", "ec2:DeleteTags")
                .When("ForAllValues:StringEquals", "aws:TagKeys", [.. keys])
                .When("Null", "aws:TagKeys", "false");
        }

        if (guard.Quarantine.Count > 0)
        {
            // Whichever interface the group has that somebody opened; it gets none but these.
            yield return Allow(
                [Ec2("network-interface"), .. guard.Quarantine.Select(group => Ec2("security-group", name: group))],
                "ec2:ModifyNetworkInterfaceAttribute"
            );
        }
    }

    /// <summary>Groups of the members, as their role there.</summary>
    public IEnumerable<PolicyStatement> ActElsewhere() =>
        guard.Accounts.Count == 0
            ? []
            :
            [
                Allow(
                    [
                        .. guard.Accounts.Select(account =>
                            $"arn:{stack.Partition}:iam::{account}:role/{GuardDeployment.MemberRole(stack, deployment.Hub)}"
                        ),
                    ],
                    "sts:AssumeRole"
                ),
            ];

    public PolicyStatement ReadPolicy() =>
        guard.Policy.Split("://") is ["s3", var path]
            ? Allow([$"arn:{stack.Partition}:s3:::{path}"], "s3:GetObject")
            : Allow(
                [
                    stack.FormatArn(
                        new ArnComponents
                        {
                            Service = "ssm",
                            Resource = "parameter",
                            ResourceName = guard.Policy["ssm:/".Length..],
                        }
                    ),
                ],
                "ssm:GetParameter"
            );

    /// <summary>Baselines and what became of changes, each found by its key.</summary>
    public static PolicyStatement KeepBaselines(KeptTable table) =>
        Allow([table.TableArn], "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:PutItem");

    /// <summary>Which groups have baselines.</summary>
    public static PolicyStatement LookThroughBaselines(KeptTable table) => Allow([table.TableArn], "dynamodb:Scan");

    /// <summary>
    /// Whatever else the role is given one day: a guard changes neither itself nor its orders, nor what it hears by. Wildcards in
    /// a denial leave less.
    /// </summary>
    public static PolicyStatement Never() =>
        new(
            new PolicyStatementProps
            {
                Effect = Effect.DENY,
                Actions =
                [
                    "cloudformation:*",
                    "cloudtrail:*",
                    "config:*",
                    "dynamodb:DeleteResourcePolicy",
                    "dynamodb:DeleteTable",
                    "dynamodb:PutResourcePolicy",
                    "dynamodb:UpdateContinuousBackups",
                    "dynamodb:UpdateTable",
                    "dynamodb:UpdateTimeToLive",
                    "events:*",
                    "iam:*",
                    "lambda:*",
                    "logs:DeleteLogGroup",
                    "logs:DeleteLogStream",
                    "logs:PutRetentionPolicy",
                    "organizations:*",
                    "s3:Delete*",
                    "s3:Put*",
                    "sqs:AddPermission",
                    "sqs:DeleteQueue",
                    "sqs:PurgeQueue",
                    "sqs:RemovePermission",
                    "sqs:SetQueueAttributes",
                    "ssm:DeleteParameter",
                    "ssm:DeleteParameters",
                    "ssm:LabelParameterVersion",
                    "ssm:PutParameter",
                ],
                Resources = ["*"],
            }
        );

    private string Ec2(string resource, string? account = null, string name = "*") =>
        stack.FormatArn(
            new ArnComponents
            {
                Service = "ec2",
                Account = account,
                Resource = resource,
                ResourceName = name,
            }
        );

    private static PolicyStatement Allow(string[] resources, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}

internal static class Conditions
{
    extension(PolicyStatement statement)
    {
        public PolicyStatement When(string kind, string key, params string[] values)
        {
            statement.AddCondition(
                kind,
                new Dictionary<string, object> { [key] = values is [var only] ? only : values }
            );
            return statement;
        }
    }
}
