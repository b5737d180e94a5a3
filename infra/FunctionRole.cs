using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Infra;

/// <summary>
/// The role of one function: it may write to its own log group and do what is listed. CDK's default is the managed policy
/// AWSLambdaBasicExecutionRole, which may create and write any log group of the account.
/// </summary>
internal sealed class FunctionRole(Construct scope, string id, ILogGroup logs, params PolicyStatement[] permissions)
    : Role(
        scope,
        id,
        new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Function"] = new(
                    new PolicyDocumentProps
                    {
                        Statements =
                        [
                            new PolicyStatement(
                                new PolicyStatementProps
                                {
                                    Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
                                    Resources = [logs.LogGroupArn],
                                }
                            ),
                            .. permissions,
                        ],
                    }
                ),
            },
        }
    );
