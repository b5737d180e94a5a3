using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Infra;

/// <summary>
/// The role of the environment's instance: the part of AWSElasticBeanstalkWebTier that it needs. Left out are X-Ray, which is
/// off, and writing to S3 anywhere but where log bundles go.
/// </summary>
internal sealed class BeanstalkInstanceRole(Construct scope, string id, string applicationName)
    : Role(scope, id, Describe(Stack.Of(scope), applicationName))
{
    private static RoleProps Describe(Stack stack, string applicationName)
    {
        return new RoleProps
        {
            AssumedBy = new ServicePrincipal("ec2.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["WebTier"] = new(
                    new PolicyDocumentProps
                    {
                        Statements =
                        [
                            Allow(
                                // Application versions and platform files stand in buckets of AWS and of the account, all
                                // of them named so.
                                ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"],
                                Bucket("elasticbeanstalk-*"),
                                Bucket("elasticbeanstalk-*/*")
                            ),
                            Allow(
                                ["s3:PutObject"],
                                Bucket($"elasticbeanstalk-{stack.Region}-{stack.Account}/resources/environments/logs/*")
                            ),
                            Allow(
                                // Log streaming; Elastic Beanstalk names the groups after the environment.
                                [
                                    "logs:CreateLogGroup",
                                    "logs:CreateLogStream",
                                    "logs:DescribeLogGroups",
                                    "logs:DescribeLogStreams",
                                    "logs:PutLogEvents",
                                    "logs:PutRetentionPolicy",
                                ],
                                stack.FormatArn(
                                    new ArnComponents
                                    {
                                        Service = "logs",
                                        Resource = "log-group",
                                        ResourceName = "/aws/elasticbeanstalk*",
                                        ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
                                    }
                                )
                            ),
                            Allow(
                                // Without this one enhanced health has no data.
                                ["elasticbeanstalk:PutInstanceStatistics"],
                                Beanstalk("application", applicationName),
                                Beanstalk("environment", $"{applicationName}/*")
                            ),
                        ],
                    }
                ),
            },
        };

        string Bucket(string path) => $"arn:{stack.Partition}:s3:::{path}";

        string Beanstalk(string resource, string name) =>
            stack.FormatArn(
                new ArnComponents
                {
                    Service = "elasticbeanstalk",
                    Resource = resource,
                    ResourceName = name,
                }
            );
    }

    private static PolicyStatement Allow(string[] actions, params string[] resources) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });
}
