using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Infra;

/// <summary>
/// The role with which Elastic Beanstalk watches the environment: the part of AWSElasticBeanstalkEnhancedHealth that an
/// environment with one instance and no load balancer, worker queue or notification needs.
/// </summary>
internal sealed class BeanstalkServiceRole(Construct scope, string id) : Role(scope, id, Describe(Stack.Of(scope)))
{
    private static RoleProps Describe(Stack stack) =>
        new()
        {
            // The condition of the trust policy in the developer guide, "Managing Elastic Beanstalk service roles".
            AssumedBy = new ServicePrincipal(
                "elasticbeanstalk.amazonaws.com",
                new ServicePrincipalOpts
                {
                    Conditions = new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, object> { ["sts:ExternalId"] = "elasticbeanstalk" },
                    },
                }
            ),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["EnhancedHealth"] = new(
                    new PolicyDocumentProps
                    {
                        Statements =
                        [
                            new PolicyStatement(
                                new PolicyStatementProps
                                {
                                    // None of these can be narrowed to a resource (Service Authorization Reference).
                                    Actions =
                                    [
                                        "ec2:DescribeInstances",
                                        "ec2:DescribeInstanceStatus",
                                        "ec2:DescribeAddresses",
                                        "ec2:DescribeSecurityGroups",
                                        "autoscaling:DescribeAutoScalingGroups",
                                        "autoscaling:DescribeAutoScalingInstances",
                                        "autoscaling:DescribeScalingActivities",
                                        "autoscaling:DescribeNotificationConfigurations",
                                    ],
                                    Resources = ["*"],
                                }
                            ),
                            new PolicyStatement(
                                new PolicyStatementProps
                                {
                                    // The elastic IP address follows when the instance is replaced.
                                    Actions = ["ec2:AssociateAddress", "ec2:GetConsoleOutput"],
                                    Resources =
                                    [
                                        Ec2(stack, "elastic-ip"),
                                        Ec2(stack, "instance"),
                                        Ec2(stack, "network-interface"),
                                    ],
                                }
                            ),
                        ],
                    }
                ),
            },
        };

    private static string Ec2(Stack stack, string resource) =>
        stack.FormatArn(
            new ArnComponents
            {
                Service = "ec2",
                Resource = resource,
                ResourceName = "*",
            }
        );
}
