using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Tests.Support;
using FlowNames = FlowLogs.Names;

namespace Infra.Tests;

/// <summary>
/// What any stack must keep, whatever it is for. Where cdk-nag's AwsSolutions pack (a TypeScript package that .NET cannot load)
/// has a rule for it, its name stands beside.
/// </summary>
[Collection(nameof(Synthesis))]
public sealed partial class HouseRulesTests(Synthesis synthesis)
{
    /// <summary>
    /// Resources with a wildcard that have a reason: the action knows no resources, or the resource is named by AWS.
    /// </summary>
    private static readonly Dictionary<string, string[]> Wildcards = new()
    {
        ["*"] =
        [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeNotificationConfigurations",
            "autoscaling:DescribeScalingActivities",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:GetMetricWidgetImage",
            "ec2:DescribeAddresses",
            "ec2:DescribeInstanceStatus",
            "ec2:DescribeInstances",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups",
            "elasticbeanstalk:ListPlatformVersions",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments",
        ],
        ["ec2:"] =
        [
            "ec2:AssociateAddress",
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateTags",
            "ec2:DeleteSecurityGroup",
            "ec2:DeleteTags",
            "ec2:GetConsoleOutput",
            "ec2:ModifyNetworkInterfaceAttribute",
            "ec2:ModifySecurityGroupRules",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
            "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
            "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
        ],
        ["elasticbeanstalk:"] = ["elasticbeanstalk:PutInstanceStatistics"],
        ["kms:"] = ["kms:Decrypt"],
        ["logs:"] =
        [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
            "logs:PutRetentionPolicy",
        ],
        ["ssm:"] = ["ssm:GetParameter"],
        ["s3:"] = ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject"],
        // Below a prefix in the bucket of a stack.
        ["${BackupBucket.Arn}"] = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
    };

    [Fact] // IAM4
    public void No_role_has_a_managed_policy() =>
        EveryResource("AWS::IAM::Role", role => Assert.False(role.ContainsKey("ManagedPolicyArns")));

    [Fact] // IAM5
    public void No_role_may_do_everything_of_anything() =>
        Assert.All(
            Allowed(),
            allowed =>
            {
                Assert.False(allowed.Statement.ContainsKey("NotAction"));
                Assert.False(allowed.Statement.ContainsKey("NotResource"));
                foreach (var action in Texts(allowed.Statement["Action"]))
                {
                    Assert.DoesNotContain('*', action);
                }
            }
        );

    [Fact] // IAM5
    public void A_wildcard_in_a_resource_has_a_reason() =>
        Assert.All(
            Allowed(),
            allowed =>
            {
                foreach (var resource in Texts(allowed.Statement["Resource"]).Where(name => name.Contains('*')))
                {
                    var kind = resource == "*" ? "*" : Below().Match(resource).Groups["kind"].Value;
                    foreach (var action in Texts(allowed.Statement["Action"]))
                    {
                        Assert.Contains(action, Wildcards.GetValueOrDefault(kind, []));
                    }
                }
            }
        );

    [Fact]
    public void Every_function_has_a_role_and_a_log_group_of_its_own_that_forgets()
    {
        foreach (var stack in synthesis.All)
        {
            var functions = stack.Resources("AWS::Lambda::Function").Values.Select(f => f["Properties"]!).ToList();
            var groups = stack.Resources("AWS::Logs::LogGroup");
            var accessLogs = stack
                .Resources("AWS::ApiGatewayV2::Stage")
                .Values.Select(api => Flat(api["Properties"]!["AccessLogSettings"]!["DestinationArn"]));
            var flowLogs = stack.ProgramFunctions().ContainsKey(FlowNames.Stream) ? ["VpcFlowLogs"] : (string[])[];

            Assert.Distinct(functions.Select(function => Flat(function["Role"])));
            Assert.All(groups.Values, group => Assert.NotNull(group["Properties"]!["RetentionInDays"]));
            Assert.All(functions, function => Assert.Equal("JSON", (string?)function["LoggingConfig"]!["LogFormat"]));
            Assert.Equal(
                groups
                    .Keys.Where(id => !accessLogs.Contains($"${{{id}.Arn}}"))
                    .Except(flowLogs)
                    .Select(id => $"${{{id}}}")
                    .Order(),
                functions.Select(function => Flat(function["LoggingConfig"]!["LogGroup"])).Order()
            );
        }
    }

    [Fact]
    public void A_function_may_write_to_its_own_log_group_only() =>
        Assert.All(
            Allowed(),
            allowed =>
            {
                if (
                    Texts(allowed.Statement["Action"])
                        .Any(action => action.StartsWith("logs:", StringComparison.Ordinal))
                )
                {
                    // Elastic Beanstalk's instance writes to the groups that are named after the environment.
                    Assert.Matches(
                        @"^\$\{.*Logs.*\.Arn}$|:log-group:/aws/elasticbeanstalk\*$",
                        Assert.Single(Texts(allowed.Statement["Resource"]))
                    );
                }
            }
        );

    [Fact] // SQS4, SNS3, S10
    public void Every_queue_topic_and_bucket_refuses_plain_http()
    {
        foreach (var stack in synthesis.All)
        {
            foreach (var (type, policy, list) in Policies)
            {
                foreach (var id in stack.Resources(type).Keys)
                {
                    var statements = stack
                        .Resources(policy)
                        .Values.Select(p => p["Properties"]!)
                        .Where(p => Texts(p[list]).Contains($"${{{id}}}"))
                        .SelectMany(p => SynthesizedTemplate.Statements(p["PolicyDocument"]!));
                    Assert.Contains(
                        statements,
                        statement =>
                            (string?)statement["Effect"] == "Deny"
                            && (string?)statement["Condition"]!["Bool"]!["aws:SecureTransport"] == "false"
                    );
                }
            }
        }
    }

    [Fact] // S2
    public void Every_bucket_is_encrypted_closed_and_outlives_its_stack()
    {
        foreach (var bucket in synthesis.All.SelectMany(stack => stack.Resources("AWS::S3::Bucket").Values))
        {
            var properties = bucket["Properties"]!;
            var closed = properties["PublicAccessBlockConfiguration"]!.AsObject();
            Assert.Equal(4, closed.Count);
            Assert.All(closed, way => Assert.True((bool?)way.Value));
            Assert.NotNull(properties["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]);
            Assert.Equal(
                "BucketOwnerEnforced",
                (string?)properties["OwnershipControls"]!["Rules"]![0]!["ObjectOwnership"]
            );
            Assert.Equal("Retain", (string?)bucket["DeletionPolicy"]);
            Assert.Equal("Retain", (string?)bucket["UpdateReplacePolicy"]);
        }
    }

    [Fact] // KMS5. CloudWatch may not use the AWS-managed key of SNS.
    public void Every_topic_is_encrypted_with_a_rotating_key_that_CloudWatch_may_use()
    {
        foreach (var stack in synthesis.All)
        {
            foreach (var topic in stack.Resources("AWS::SNS::Topic").Values)
            {
                var key = Assert.Single(
                    stack.Resources("AWS::KMS::Key"),
                    key => Flat(topic["Properties"]!["KmsMasterKeyId"]) == $"${{{key.Key}.Arn}}"
                );
                Assert.True((bool?)key.Value["Properties"]!["EnableKeyRotation"]);
                AlarmsOfThisAccount(
                    key.Value["Properties"]!["KeyPolicy"]!,
                    ["kms:Decrypt", "kms:GenerateDataKey"],
                    "IfExists"
                );
                Assert.Equal("2", (string?)topic["Properties"]!["SignatureVersion"]);
            }

            foreach (var policy in stack.Resources("AWS::SNS::TopicPolicy").Values)
            {
                AlarmsOfThisAccount(policy["Properties"]!["PolicyDocument"]!, ["sns:Publish"], "");
            }
        }
    }

    // The application's name is given by the course; all else CloudFormation names, so that it can replace it.
    [Fact]
    public void Nothing_has_a_fixed_name()
    {
        foreach (var stack in synthesis.All)
        {
            foreach (var (id, resource) in stack.Json["Resources"]!.AsObject())
            {
                var names = resource!["Properties"]!
                    .AsObject()
                    .Where(property => property.Value is JsonValue && FixedName().IsMatch(property.Key))
                    .Select(property => $"{id}.{property.Key}={property.Value}")
                    .Where(name => !GivenName().IsMatch(name));
                Assert.Empty(names);
            }
        }
    }

    [Fact]
    public void No_secret_and_no_account_stands_in_a_template()
    {
        foreach (var stack in synthesis.All)
        {
            var text = stack.Json.ToJsonString();
            foreach (var chosen in (string[])["111122223333", Synthesis.OtherAccount])
            {
                text = text.Replace(chosen, "", StringComparison.Ordinal);
            }

            Assert.DoesNotContain("hooks.slack.com", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\b\d{12}\b", text);
        }
    }

    [Fact] // DDB3
    public void What_keeps_alerts_outlives_its_stack()
    {
        foreach (var stack in synthesis.Hubs)
        {
            var tables = stack.Resources("AWS::DynamoDB::Table");
            Assert.Equal(2, tables.Count);
            foreach (var table in tables.Values)
            {
                Assert.Equal("Retain", (string?)table["DeletionPolicy"]);
                Assert.Equal("Retain", (string?)table["UpdateReplacePolicy"]);
                Assert.True((bool?)table["Properties"]!["DeletionProtectionEnabled"]);
                Assert.True(
                    (bool?)table["Properties"]!["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]
                );
            }
        }
    }

    private static IEnumerable<(string Type, string Policy, string List)> Policies =>
        [
            ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
            ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"),
            ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"),
        ];

    private static void AlarmsOfThisAccount(JsonNode policy, string[] actions, string suffix)
    {
        var allowed = Assert.Single(
            SynthesizedTemplate.Statements(policy),
            statement => Flat(statement["Principal"]).Contains("cloudwatch.amazonaws.com", StringComparison.Ordinal)
        );
        Assert.Equal(actions, Texts(allowed["Action"]));
        Assert.Equal("${AWS::AccountId}", Flat(allowed["Condition"]![$"StringEquals{suffix}"]!["aws:SourceAccount"]));
        Assert.Equal(
            "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*",
            Flat(allowed["Condition"]![$"ArnLike{suffix}"]!["aws:SourceArn"])
        );
    }

    // A wildcard in a denial leaves less to do.
    private IEnumerable<(string Id, JsonObject Statement)> Allowed() =>
        synthesis
            .All.SelectMany(stack => stack.IdentityStatements())
            .Where(statement => (string?)statement.Statement["Effect"] == "Allow");

    private void EveryResource(string type, Action<JsonObject> check)
    {
        foreach (var resource in synthesis.All.SelectMany(stack => stack.Resources(type).Values))
        {
            check(resource["Properties"]!.AsObject());
        }
    }

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);

    private static IEnumerable<string> Texts(JsonNode? value) => SynthesizedTemplate.List(value).Select(Flat);

    // The service, or the resource of a template.
    [GeneratedRegex(@"^(?:arn:[^:]*(?:::[^:]*)?:(?<kind>[a-z0-9]+:)|(?<kind>\$\{[^}]*\})/)")]
    private static partial Regex Below();

    [GeneratedRegex("^[A-Za-z]*Name$")]
    private static partial Regex FixedName();

    // PolicyName of an inline policy is CDK's, made of the logical id, and so is an event bus's; MetricName and OptionName are not
    // names of resources, several APIs may have the same name, and a stage without a path is named so. The guard's role in another
    // account must be known to both. Somebody else's log group has the name that it has.
    [GeneratedRegex(
        @"ApplicationName=App_Monitorado$|DefaultPolicy[0-9A-F]{8}\.PolicyName=|\.MetricName=|^HttpApi\.Name=|^HttpStage\.StageName=\$default$|^AccountsBus\.Name=AlertHubtestIntakeAccounts|^MembersBus\.Name=SecurityGroupGuardtestMembers|^FlowLogFilter\.LogGroupName=/vpc/flow-logs$|^MemberRole\.RoleName=SecurityGroupGuardMember-"
    )]
    private static partial Regex GivenName();
}
