using System.Reflection;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Infra;

/// <summary>
/// The ARN of the platform version that Elastic Beanstalk recommends for a branch when the stack is deployed.
/// </summary>
/// <remarks>
/// A version written into the template rots: Elastic Beanstalk brings out a new one about every month and stops resolving
/// old names ("No Solution Stack named ... found"). CDK has no lookup for it, and one at synthesis would need credentials.
/// So a custom resource asks at deployment. CloudFormation calls it again only when the branch changes, so that a later
/// deployment does not restart the application for a new version. It is 30 lines of Python in the template rather than
/// CDK's AwsCustomResource, whose function comes with a managed policy and a Node runtime as old as this version of CDK,
/// and rather than a function of the hub, whose package has no Elastic Beanstalk client. It costs nothing.
/// </remarks>
internal sealed class PlatformLookup : Construct
{
    public PlatformLookup(Construct scope, string id, string branch, RetentionDays logRetention)
        : base(scope, id)
    {
        var logs = new LogGroup(
            this,
            "Logs",
            new LogGroupProps { Retention = logRetention, RemovalPolicy = RemovalPolicy.DESTROY }
        );
        var function = new Function(
            this,
            "Function",
            new FunctionProps
            {
                Description = "Answers CloudFormation with the recommended Elastic Beanstalk platform version.",
                Runtime = new Runtime(
                    "python3.14",
                    RuntimeFamily.PYTHON,
                    new LambdaRuntimeProps { SupportsInlineCode = true }
                ),
                Architecture = Architecture.ARM_64,
                Handler = "index.handler",
                Code = Code.FromInline(Source()),
                Timeout = Duration.Seconds(60),
                RetryAttempts = 0,
                LogGroup = logs,
                LoggingFormat = LoggingFormat.JSON,
                Role = new FunctionRole(
                    this,
                    "Role",
                    logs,
                    // A list action; it cannot be narrowed to a platform that is not known yet.
                    new PolicyStatement(
                        new PolicyStatementProps
                        {
                            Actions = ["elasticbeanstalk:ListPlatformVersions"],
                            Resources = ["*"],
                        }
                    )
                ),
            }
        );
        var platform = new CustomResource(
            this,
            "Platform",
            new CustomResourceProps
            {
                ServiceToken = function.FunctionArn,
                ResourceType = "Custom::ElasticBeanstalkPlatform",
                Properties = new Dictionary<string, object> { ["Branch"] = branch },
            }
        );
        // An answer that gets lost would otherwise hold the deployment for an hour.
        ((CfnResource)platform.Node.FindChild("Default")).AddPropertyOverride("ServiceTimeout", 120);
        PlatformArn = platform.GetAttString("PlatformArn");
    }

    public string PlatformArn { get; }

    private static string Source()
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("platform_lookup.py")
            ?? throw new InvalidOperationException("Resource \"platform_lookup.py\" is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
