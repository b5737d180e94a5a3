using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>
/// A web application whose 4xx answers raise an alarm that reaches Slack and e-mail: Elastic Beanstalk, CloudWatch, SNS,
/// Lambda.
/// </summary>
internal sealed class MonitoredAppStack : Stack
{
    private const string ApplicationName = "App_Monitorado";
    private const string ClientErrors = "ApplicationRequests4xx";

    public MonitoredAppStack(Construct scope, string id, Deployment deployment, FunctionPackage package)
        : base(
            scope,
            id,
            new StackProps
            {
                Description = "An application, its 4xx alarm, and the way to Slack",
                Env = deployment.Hub.Environment,
            }
        )
    {
        Node.AddValidation(new PublishedMetrics(this));

        var platformArn = deployment.Platform.StartsWith("arn:", StringComparison.Ordinal)
            ? deployment.Platform
            : new PlatformLookup(this, "PlatformLookup", deployment.Platform, deployment.LogRetention).PlatformArn;
        var application = new MonitoredEnvironment(
            this,
            "App",
            ApplicationName,
            platformArn,
            new HealthDocument(ClientErrors)
        );

        var key = new AlarmKey(this, "AlarmKey");
        var topic = new AlarmTopic(this, "AlarmTopic", key);
        var operators = new AlarmTopic(this, "OperatorTopic", key);
        var alarm = new Alarm(
            this,
            "ClientErrorsAlarm",
            new AlarmProps
            {
                AlarmDescription =
                    $"More than five requests to {ApplicationName} were answered with 4xx within one minute.",
                Metric = application.Metric(ClientErrors),
                Threshold = 5,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
                EvaluationPeriods = 1,
                DatapointsToAlarm = 1,
                // A minute without requests has no value, and no errors.
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        );
        alarm.AddAlarmAction(new SnsAction(topic));
        alarm.AddOkAction(new SnsAction(topic));

        foreach (var email in deployment.Emails)
        {
            topic.AddSubscription(new EmailSubscription(email));
            operators.AddSubscription(new EmailSubscription(email));
        }

        var notifier = new ProgramFunction(
            this,
            Names.SlackNotifier,
            deployment,
            package,
            new FunctionSettings
            {
                Description = "Tells a Slack channel about alarms.",
                Environment = new Dictionary<string, string>
                {
                    [Names.SlackWebhookVariable] = $"ssm:{deployment.SlackWebhookParameter}",
                },
                Permissions = ReadParameter(deployment.SlackWebhookParameter),
                // The most that Lambda offers; what is then still undelivered is kept with its reason.
                Events = new()
                {
                    Retries = 2,
                    LongestAge = TimeSpan.FromHours(6),
                    Failures = DeadLetters($"{Names.SlackNotifier}Failures", operators),
                },
            }
        );
        AllowAlarmsAndRules(notifier);
        topic.AddSubscription(
            new LambdaSubscription(
                notifier,
                // For what SNS cannot even hand over to Lambda: the function's own failures go to its own queue.
                new LambdaSubscriptionProps { DeadLetterQueue = DeadLetters("Undeliverable", operators) }
            )
        );

        Output("ApplicationUrl", "The application", application.Url);
        Output(
            "ProvokeAlarm",
            "Asks for twenty pages that do not exist; the alarm follows within three minutes",
            $"for i in $(seq 20); do curl -s -o /dev/null -w '%{{http_code}} ' {application.Url}/no-such-page-$i; done"
        );
        Output("AlarmTopicArn", "The topic; any alarm of the account may notify it", topic.TopicArn);
        Output(
            "StoreSlackWebhook",
            "Stores the webhook, read from the terminal, where the function looks for it",
            // Over standard input: an argument is for every process to see, and version 1 of the CLI fetches a URL it is given.
            $"printf 'Slack webhook URL: ' && read -rs URL && printf %s \"$URL\" | aws ssm put-parameter --region {Region} "
                + $"--name {deployment.SlackWebhookParameter} --type SecureString --overwrite --value file:///dev/stdin"
        );
    }

    private DeadLetterQueue DeadLetters(string id, AlarmTopic told)
    {
        var queue = new DeadLetterQueue(this, id);
        _ = new DeadLetterAlarm(
            this,
            $"{id}Alarm",
            queue,
            $"Alarms that nobody was told of lie in {queue.QueueName}.",
            told
        );
        return queue;
    }

    /// <summary>An alarm may have the function as its action, an EventBridge rule as its target, with nothing left to grant.</summary>
    private void AllowAlarmsAndRules(ProgramFunction function)
    {
        function.AddPermission(
            "Alarms",
            new Permission
            {
                Principal = new ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
                SourceAccount = Account,
            }
        );
        function.AddPermission(
            "Rules",
            new Permission
            {
                Principal = new ServicePrincipal("events.amazonaws.com"),
                SourceAccount = Account,
                SourceArn = FormatArn(
                    new ArnComponents
                    {
                        Service = "events",
                        Resource = "rule",
                        ResourceName = "*",
                    }
                ),
            }
        );
    }

    private PolicyStatement[] ReadParameter(string name)
    {
        var arn = FormatArn(
            new ArnComponents
            {
                Service = "ssm",
                Resource = "parameter",
                ResourceName = name.TrimStart('/'),
            }
        );
        return
        [
            new PolicyStatement(new PolicyStatementProps { Actions = ["ssm:GetParameter"], Resources = [arn] }),
            new PolicyStatement(
                new PolicyStatementProps
                {
                    // Whatever key the parameter is encrypted with, but through Parameter Store and for it alone.
                    Actions = ["kms:Decrypt"],
                    Resources =
                    [
                        FormatArn(
                            new ArnComponents
                            {
                                Service = "kms",
                                Resource = "key",
                                ResourceName = "*",
                            }
                        ),
                    ],
                    Conditions = new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, object>
                        {
                            ["kms:ViaService"] = $"ssm.{Region}.{UrlSuffix}",
                            ["kms:EncryptionContext:PARAMETER_ARN"] = arn,
                        },
                    },
                }
            ),
        ];
    }

    private void Output(string id, string description, string value) =>
        _ = new CfnOutput(this, id, new CfnOutputProps { Description = description, Value = value });
}
