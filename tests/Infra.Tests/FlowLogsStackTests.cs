using System.Text.Json.Nodes;
using Infra.Tests.Support;
using Names = FlowLogs.Names;

namespace Infra.Tests;

/// <summary>Flow logs to Splunk: what they pass, what drives the functions, and what these are told.</summary>
[Collection(nameof(Synthesis))]
public sealed class FlowLogsStackTests(Synthesis synthesis)
{
    [Fact]
    public void Nobody_gets_flow_logs_who_has_not_asked_for_them()
    {
        var stacks = Directory.GetFiles(synthesis.Hub.Folder, "*.template.json").Select(file => Path.GetFileName(file));
        Assert.DoesNotContain(stacks, stack => stack.Contains("Flow", StringComparison.Ordinal));
        // Nor by deploying 'AlertHub*' after all.
        Assert.All(
            (string[])[Stacks.FlowLogs, Stacks.FlowLogsData],
            stack => Assert.False(stack.StartsWith(Stacks.Hub, StringComparison.Ordinal))
        );
        Assert.True(File.Exists(Path.Combine(synthesis.FlowLogs.Folder, $"{Stacks.FlowLogsData}.template.json")));
    }

    [Fact]
    public void Two_functions_and_on_demand_a_third_are_one_program_that_is_not_the_hubs()
    {
        Assert.Equal([Names.Replay, Names.Stream], Functions(synthesis.FlowLogs));
        Assert.Equal([Names.Replay, Names.Stream], Functions(synthesis.ForeignFlowLogs));
        Assert.Equal([Names.Replay, Names.Stream, Names.Transform], Functions(synthesis.ChosenFlowLogs));
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var code = Assert.Single(
                stack.ProgramFunctions().Values.Select(f => Flat(f["Properties"]!["Code"]!["S3Key"])).Distinct()
            );
            Assert.All(
                synthesis.Hubs.SelectMany(hub => hub.ProgramFunctions().Values),
                function => Assert.NotEqual(code, Flat(function["Properties"]!["Code"]!["S3Key"]))
            );
        }

        static IEnumerable<string> Functions(SynthesizedTemplate stack) =>
            stack.ProgramFunctions().Keys.Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Names.Stream, 300)]
    [InlineData(Names.Replay, 600)]
    public void A_function_that_delivers_has_its_timeout_memory_and_variables(string name, int timeout)
    {
        var function = Properties(synthesis.FlowLogs, name);
        Assert.Equal((timeout, 1769), ((int)function["Timeout"]!, (int)function["MemorySize"]!));
        Assert.Equal(("dotnet10", "FlowLogs"), ((string?)function["Runtime"], (string?)function["Handler"]));
        Assert.False(function.ContainsKey("ReservedConcurrentExecutions"));
        Assert.Equal(
            [
                $"{Names.BackupAfterVariable}=3600",
                $"{Names.BucketVariable}=${{BackupBucket}}",
                $"{Names.FieldsVariable}=enriched",
                $"{Names.FormatVariable}={FlowLogsDeployment.DefaultFormat}",
                $"{Names.FunctionVariable}={name}",
                $"{Names.HecAcknowledgeVariable}=false",
                $"{Names.HecGzipVariable}=true",
                $"{Names.HecInFlightVariable}=4",
                $"{Names.HecTokenVariable}=ssm:/alerthub/secrets/splunk-hec-token",
                $"{Names.HecUrlVariable}={Synthesis.Hec}",
                $"{Names.HostVariable}=",
                $"{Names.HubQueueVariable}=${{IngestQueue}}",
                $"{Names.IndexVariable}=",
                $"{Names.InterfaceMetricsVariable}=0",
                $"{Names.KeepVariable}=",
                $"{Names.RejectBurstVariable}=1000",
                $"{Names.SampleVariable}=1",
                $"{Names.SourceVariable}=",
                $"{Names.SourcetypeVariable}=",
                $"{Names.StageVariable}=prod",
            ],
            Variables(synthesis.FlowLogs, name)
        );

        var chosen = Properties(synthesis.ChosenFlowLogs, name);
        Assert.Equal((timeout, 3008), ((int)chosen["Timeout"]!, (int)chosen["MemorySize"]!));
        Assert.Equal("provided.al2023", (string?)chosen["Runtime"]);
        Assert.Equal(
            [
                $"{Names.BackupAfterVariable}=600",
                $"{Names.BucketVariable}=${{BackupBucket}}",
                $"{Names.FieldsVariable}=none",
                $"{Names.FormatVariable}={Synthesis.ChosenFormat}",
                $"{Names.FunctionVariable}={name}",
                $"{Names.HecAcknowledgeVariable}=true",
                $"{Names.HecGzipVariable}=false",
                $"{Names.HecInFlightVariable}=16",
                $"{Names.HecTokenVariable}=ssm:/team/alerts/secrets/network/hec",
                $"{Names.HecUrlVariable}=https://splunk.example.org:8088",
                $"{Names.HostVariable}={{interface_id}}",
                $"{Names.HubQueueVariable}=${{IngestQueue}}",
                $"{Names.IndexVariable}=network",
                $"{Names.InterfaceMetricsVariable}=50",
                $"{Names.KeepVariable}=action=REJECT",
                $"{Names.RejectBurstVariable}=0",
                $"{Names.SampleVariable}=10",
                $"{Names.SourceVariable}={{account}}:{{region}}",
                $"{Names.SourcetypeVariable}=aws:flow",
                $"{Names.StageVariable}=test",
            ],
            Variables(synthesis.ChosenFlowLogs, name)
        );
    }

    [Fact]
    public void The_function_for_Firehose_is_told_of_records_and_not_where_they_go()
    {
        var function = Properties(synthesis.ChosenFlowLogs, Names.Transform);

        Assert.Equal((300, 512), ((int)function["Timeout"]!, (int)function["MemorySize"]!));
        Assert.Equal(
            [
                Names.FieldsVariable,
                Names.FormatVariable,
                Names.FunctionVariable,
                Names.HostVariable,
                Names.IndexVariable,
                Names.KeepVariable,
                Names.SampleVariable,
                Names.SourceVariable,
                Names.SourcetypeVariable,
                Names.StageVariable,
            ],
            Variables(synthesis.ChosenFlowLogs, Names.Transform).Select(variable => variable.Split('=')[0])
        );
        Assert.Equal(
            $"${{{Names.Transform}.Arn}}",
            Flat(synthesis.ChosenFlowLogs.Json["Outputs"]!["TransformFunctionArn"]!["Value"])
        );
    }

    [Theory]
    [InlineData(false, 1, 4 * 3600)]
    [InlineData(true, 10, (3 * 3600) + 600)]
    public void A_batch_that_fails_is_taken_apart_and_what_stays_goes_into_the_backup(
        bool chosen,
        int parallel,
        int longestAge
    )
    {
        var stack = chosen ? synthesis.ChosenFlowLogs : synthesis.FlowLogs;
        var mapping = stack.Only("AWS::Lambda::EventSourceMapping");

        Assert.Equal($"${{{Names.Stream}}}", Flat(mapping["FunctionName"]));
        Assert.Equal("${FlowStream.Arn}", Flat(mapping["EventSourceArn"]));
        Assert.Equal("TRIM_HORIZON", (string?)mapping["StartingPosition"]);
        Assert.Equal("ReportBatchItemFailures", Flat(mapping["FunctionResponseTypes"]));
        Assert.True((bool?)mapping["BisectBatchOnFunctionError"]);
        Assert.Equal(
            (parallel, longestAge),
            ((int?)mapping["ParallelizationFactor"], (int?)mapping["MaximumRecordAgeInSeconds"])
        );
        Assert.Equal(-1, (int?)mapping["MaximumRetryAttempts"]);
        Assert.Equal("${BackupBucket.Arn}", Flat(mapping["DestinationConfig"]!["OnFailure"]!["Destination"]));
        Assert.Equal("EventCount", Flat(mapping["MetricsConfig"]!["Metrics"]));
        // Else the stream would have forgotten it before.
        Assert.InRange(longestAge, 60, (3600 * (int)stack.Only("AWS::Kinesis::Stream")["RetentionPeriodHours"]!) - 1);
        Assert.InRange((int)mapping["MaximumBatchingWindowInSeconds"]!, 0, 300);
        Assert.InRange((int)mapping["BatchSize"]!, 100, 10_000);
    }

    [Fact]
    public void What_is_in_the_backup_is_delivered_every_quarter_of_an_hour_by_one_at_a_time()
    {
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var rule = stack.Only("AWS::Events::Rule");
            var target = Assert.Single(rule["Targets"]!.AsArray())!;
            Assert.Equal("rate(15 minutes)", (string?)rule["ScheduleExpression"]);
            Assert.Equal($"${{{Names.Replay}.Arn}}", Flat(target["Arn"]));
            Assert.Equal("""{"command":"replay"}""", (string?)target["Input"]);

            var invocation = stack.Only("AWS::Lambda::EventInvokeConfig");
            Assert.Equal($"${{{Names.Replay}}}", Flat(invocation["FunctionName"]));
            Assert.Equal(0, (int?)invocation["MaximumRetryAttempts"]);
            Assert.InRange((int)Properties(stack, Names.Replay)["Timeout"]!, 1, (15 * 60) - 1);
        }
    }

    [Theory]
    [InlineData(false, 30, 7)]
    [InlineData(true, 90, 1)]
    public void What_is_kept_outlives_the_stack_and_empties_itself(bool chosen, int backup, int logs)
    {
        var stack = chosen ? synthesis.ChosenFlowLogs : synthesis.FlowLogs;
        var rule = Assert.Single(stack.Only("AWS::S3::Bucket")["LifecycleConfiguration"]!["Rules"]!.AsArray())!;
        Assert.Equal(("Enabled", backup), ((string?)rule["Status"], (int?)rule["ExpirationInDays"]));
        Assert.Equal(1, (int?)rule["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"]);
        Assert.Null(rule["Prefix"]);

        var group = stack.Resources("AWS::Logs::LogGroup")["VpcFlowLogs"];
        Assert.Equal(
            ("Retain", logs),
            ((string?)group["DeletionPolicy"], (int?)group["Properties"]!["RetentionInDays"])
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
