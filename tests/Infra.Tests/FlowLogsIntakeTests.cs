using System.Text.Json.Nodes;
using Infra.Tests.Support;
using Names = FlowLogs.Names;

namespace Infra.Tests;

/// <summary>From VPCs into the stream.</summary>
[Collection(nameof(Synthesis))]
public sealed class FlowLogsIntakeTests(Synthesis synthesis)
{
    [Fact]
    public void Each_VPC_has_a_flow_log_in_the_format_that_the_functions_know()
    {
        var log = synthesis.FlowLogs.Only("AWS::EC2::FlowLog");
        Assert.Equal((Synthesis.Vpc, "VPC"), ((string?)log["ResourceId"], (string?)log["ResourceType"]));
        Assert.Equal(("ALL", 600), ((string?)log["TrafficType"], (int?)log["MaxAggregationInterval"]));

        var logs = synthesis
            .ChosenFlowLogs.Resources("AWS::EC2::FlowLog")
            .Values.Select(l => l["Properties"]!)
            .ToList();
        Assert.Equal([Synthesis.Vpc, Synthesis.OtherVpc], logs.Select(chosen => (string?)chosen["ResourceId"]));
        Assert.All(
            logs,
            chosen =>
                Assert.Equal(("REJECT", 60), ((string?)chosen["TrafficType"], (int?)chosen["MaxAggregationInterval"]))
        );
        foreach (var stack in synthesis.AllFlowLogs)
        {
            foreach (var each in stack.Resources("AWS::EC2::FlowLog").Values)
            {
                var properties = each["Properties"]!;
                Assert.Contains($"{Names.FormatVariable}={properties["LogFormat"]}", Variables(stack, Names.Stream));
                Assert.Equal("cloud-watch-logs", (string?)properties["LogDestinationType"]);
                Assert.Equal("${VpcFlowLogs}", Flat(properties["LogGroupName"]));
                Assert.Equal("${DeliveryRole.Arn}", Flat(properties["DeliverLogsPermissionArn"]));
                Assert.Equal("FlowLogFilter", Flat(each["DependsOn"]));
            }
        }
    }

    [Fact]
    public void What_is_in_the_log_group_is_forwarded_whole_and_spread_over_all_shards()
    {
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var filter = Assert.Single(stack.Resources("AWS::Logs::SubscriptionFilter")).Value;
            var properties = filter["Properties"]!;
            Assert.Equal("", (string?)properties["FilterPattern"]);
            Assert.Equal("Random", (string?)properties["Distribution"]);
            Assert.Equal("${FlowStream.Arn}", Flat(properties["DestinationArn"]));
            Assert.Equal("${ForwardRole.Arn}", Flat(properties["RoleArn"]));
            Assert.Equal(
                stack == synthesis.ForeignFlowLogs ? "/vpc/flow-logs" : "${VpcFlowLogs}",
                Flat(properties["LogGroupName"])
            );
            Assert.Equal($"{Names.Stream}Mapping", Flat(filter["DependsOn"]));
        }
    }

    [Theory]
    [InlineData("ForwardRole", "logs.${AWS::Region}.amazonaws.com", "logs:${AWS::Region}:${AWS::AccountId}:*")]
    [InlineData("DeliveryRole", "vpc-flow-logs.amazonaws.com", "ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*")]
    public void A_service_delivers_for_this_account_only(string role, string service, string sources)
    {
        foreach (var stack in (SynthesizedTemplate[])[synthesis.FlowLogs, synthesis.ChosenFlowLogs])
        {
            var trust = Assert.Single(
                SynthesizedTemplate.Statements(Properties(stack, role)["AssumeRolePolicyDocument"]!)
            );
            Assert.Equal(service, Flat(Assert.Single(trust["Principal"]!.AsObject()).Value));
            Assert.Equal($"arn:${{AWS::Partition}}:{sources}", Flat(trust["Condition"]!["ArnLike"]!["aws:SourceArn"]));
        }
    }

    [Fact]
    public void With_somebody_elses_group_no_flow_log_is_made_and_AWSs_format_is_read()
    {
        Assert.Empty(synthesis.ForeignFlowLogs.Resources("AWS::EC2::FlowLog"));
        Assert.DoesNotContain("DeliveryRole", synthesis.ForeignFlowLogs.Resources("AWS::IAM::Role").Keys);
        Assert.Contains($"{Names.FormatVariable}=", Variables(synthesis.ForeignFlowLogs, Names.Stream));
    }

    [Fact]
    public void The_stream_is_encrypted_and_keeps_over_a_weekend()
    {
        var stream = synthesis.FlowLogs.Only("AWS::Kinesis::Stream");
        Assert.Equal("ON_DEMAND", (string?)stream["StreamModeDetails"]!["StreamMode"]);
        Assert.False(stream.ContainsKey("ShardCount"));
        Assert.Equal(72, (int?)stream["RetentionPeriodHours"]);

        var chosen = synthesis.ChosenFlowLogs.Only("AWS::Kinesis::Stream");
        Assert.Equal("PROVISIONED", (string?)chosen["StreamModeDetails"]!["StreamMode"]);
        Assert.Equal((4, 168), ((int?)chosen["ShardCount"], (int?)chosen["RetentionPeriodHours"]));
        Assert.All(
            synthesis.AllFlowLogs,
            stack =>
            {
                var resource = Assert.Single(stack.Resources("AWS::Kinesis::Stream")).Value;
                Assert.Equal("alias/aws/kinesis", (string?)resource["Properties"]!["StreamEncryption"]!["KeyId"]);
                // It would go on to be billed, with nobody to read it.
                Assert.Equal("Delete", (string?)resource["DeletionPolicy"]);
            }
        );
    }

    private static IEnumerable<string> Variables(SynthesizedTemplate stack, string function) =>
        Properties(stack, function)["Environment"]!["Variables"]!
            .AsObject()
            .Select(variable => $"{variable.Key}={Flat(variable.Value)}")
            .Order(StringComparer.Ordinal);

    private static JsonObject Properties(SynthesizedTemplate stack, string id) =>
        stack.Json["Resources"]![id]!["Properties"]!.AsObject();

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}
