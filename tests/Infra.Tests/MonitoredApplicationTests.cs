using System.Text.Json.Nodes;
using Amazon.CDK.Assertions;
using Infra.Tests.Support;

namespace Infra.Tests;

[Collection(nameof(Synthesis))]
public sealed class MonitoredApplicationTests(Synthesis synthesis)
{
    private const string Environment = "AWS::ElasticBeanstalk::Environment";
    private readonly SynthesizedTemplate stack = synthesis.Default;

    [Fact]
    public void It_has_the_courses_name() =>
        Assert.Equal("App_Monitorado", (string?)stack.Only("AWS::ElasticBeanstalk::Application")["ApplicationName"]);

    [Fact]
    public void It_runs_the_sample_application_on_one_instance()
    {
        Assert.False(stack.Only(Environment).ContainsKey("VersionLabel"));
        Assert.Equal("SingleInstance", Option("aws:elasticbeanstalk:environment", "EnvironmentType"));
    }

    [Fact]
    public void Its_instances_have_a_profile_and_no_old_metadata_endpoint()
    {
        var profile = Assert.Single(stack.Resources("AWS::IAM::InstanceProfile")).Key;

        Assert.Equal($"${{{profile}}}", Option("aws:autoscaling:launchconfiguration", "IamInstanceProfile"));
        Assert.Equal("true", Option("aws:autoscaling:launchconfiguration", "DisableIMDSv1"));
    }

    [Fact]
    public void Its_access_log_outlives_the_instance() =>
        Assert.Equal("true", Option("aws:elasticbeanstalk:hostmanager", "LogPublicationControl"));

    [Fact]
    public void Its_platform_is_looked_up_when_it_is_deployed()
    {
        var lookup = Assert.Single(stack.Resources("Custom::ElasticBeanstalkPlatform"));

        Assert.Equal("PHP 8.4 running on 64bit Amazon Linux 2023", (string?)lookup.Value["Properties"]!["Branch"]);
        Assert.Equal(120, (int?)lookup.Value["Properties"]!["ServiceTimeout"]);
        Assert.Equal(
            $"${{{lookup.Key}.PlatformArn}}",
            SynthesizedTemplate.Flat(stack.Only(Environment)["PlatformArn"])
        );
    }

    [Fact]
    public void A_pinned_platform_needs_no_lookup()
    {
        Assert.Empty(synthesis.Chosen.Resources("Custom::ElasticBeanstalkPlatform"));
        Assert.Single(synthesis.Chosen.Resources("AWS::Lambda::Function"));
        Assert.Equal(Some.PlatformArn, (string?)synthesis.Chosen.Only(Environment)["PlatformArn"]);
    }

    [Fact]
    public void It_can_be_replaced_because_its_environment_has_no_fixed_name()
    {
        var environment = stack.Only(Environment);

        Assert.All(
            ["EnvironmentName", "CNAMEPrefix", "SolutionStackName"],
            (string name) => Assert.False(environment.ContainsKey(name))
        );
    }

    [Fact]
    public void Its_enhanced_health_publishes_the_metric_of_the_alarm()
    {
        const string Health = "aws:elasticbeanstalk:healthreporting:system";
        var document = JsonNode.Parse(Option(Health, "ConfigDocument"))!;

        Assert.Equal("enhanced", Option(Health, "SystemType"));
        Assert.Equal(60, (int?)document["CloudWatchMetrics"]!["Environment"]!["ApplicationRequests4xx"]);
    }

    [Fact]
    public void Its_access_log_stands_where_the_alarms_message_links_to() =>
        Assert.Equal("true", Option("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs"));

    [Fact]
    public void More_than_five_client_errors_in_a_minute_raise_the_alarm() =>
        synthesis.DefaultTemplate.HasResourceProperties(
            "AWS::CloudWatch::Alarm",
            new Dictionary<string, object>
            {
                ["Namespace"] = "AWS/ElasticBeanstalk",
                ["MetricName"] = "ApplicationRequests4xx",
                ["Dimensions"] = new object[]
                {
                    new Dictionary<string, object>
                    {
                        ["Name"] = "EnvironmentName",
                        ["Value"] = new Dictionary<string, object>
                        {
                            ["Ref"] = Assert.Single(stack.Resources(Environment)).Key,
                        },
                    },
                },
                ["Statistic"] = "Sum",
                ["Period"] = 60,
                ["Threshold"] = 5,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["EvaluationPeriods"] = 1,
                ["DatapointsToAlarm"] = 1,
                ["TreatMissingData"] = "notBreaching",
                ["AlarmDescription"] = Match.StringLikeRegexp("^More than five requests to App_Monitorado "),
            }
        );

    [Fact]
    public void The_alarm_tells_the_topic_when_it_begins_and_when_it_ends()
    {
        var topic = $"${{{Assert.Single(stack.Resources("AWS::SNS::Topic").Keys, IsAlarmTopic)}}}";
        var alarm = Assert.Single(
            stack.Resources("AWS::CloudWatch::Alarm").Values,
            alarm => (string?)alarm["Properties"]!["MetricName"] == "ApplicationRequests4xx"
        )["Properties"]!.AsObject();

        Assert.Equal([topic], SynthesizedTemplate.List(alarm["AlarmActions"]).Select(SynthesizedTemplate.Flat));
        Assert.Equal([topic], SynthesizedTemplate.List(alarm["OKActions"]).Select(SynthesizedTemplate.Flat));
        Assert.False(alarm.ContainsKey("AlarmName"));
    }

    [Theory]
    [InlineData("ApplicationUrl", "^http://\\$\\{App.*\\.EndpointURL}$")]
    [InlineData("ProvokeAlarm", "^for i in \\$\\(seq 20\\); do curl [^\n]* http://\\$\\{App[^\n]*; done$")]
    [InlineData("AlarmTopicArn", "^\\$\\{AlarmTopic.*}$")]
    [InlineData(
        "StoreSlackWebhook",
        "^printf [^\n]*read -rs URL && printf %s \"\\$URL\" \\| aws ssm put-parameter [^\n]*--name /alerthub/slack-webhook-url --type SecureString [^\n]*--value file:///dev/stdin$"
    )]
    public void The_stack_tells_what_to_do_next(string output, string pattern) =>
        Assert.Matches(pattern, SynthesizedTemplate.Flat(stack.Json["Outputs"]![output]!["Value"]));

    private static bool IsAlarmTopic(string id) => id.StartsWith("AlarmTopic", StringComparison.Ordinal);

    private string Option(string space, string name) =>
        SynthesizedTemplate.Flat(
            Assert.Single(
                stack.Only(Environment)["OptionSettings"]!.AsArray(),
                option => (string?)option!["Namespace"] == space && (string?)option["OptionName"] == name
            )!["Value"]
        );
}
