using System.Text.Json.Nodes;
using AlertHub.Aws.Logging;
using AlertHub.Aws.Tables;
using Infra.Tests.Support;
using Names = SecurityGroupGuard.Names;

namespace Infra.Tests;

/// <summary>The guard of security groups: its functions, what drives them, and what they are told.</summary>
[Collection(nameof(Synthesis))]
public sealed class GuardStackTests(Synthesis synthesis)
{
    [Fact]
    public void Nobody_gets_a_guard_who_has_not_asked_for_one()
    {
        var stacks = Directory.GetFiles(synthesis.Hub.Folder, "*.template.json").Select(file => Path.GetFileName(file));
        Assert.DoesNotContain(stacks, stack => stack.Contains("Guard", StringComparison.Ordinal));
        // Nor by deploying 'AlertHub*' after all.
        Assert.All(
            (string[])[Stacks.Guard, Stacks.GuardData, Stacks.GuardMember],
            stack => Assert.False(stack.StartsWith(Stacks.Hub, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Two_functions_are_one_program_that_is_not_the_hubs()
    {
        foreach (var guard in synthesis.Guards)
        {
            var functions = guard.ProgramFunctions();
            Assert.Equal([Names.Receive, Names.Guard], functions.Keys.Order(StringComparer.Ordinal));
            var code = Assert.Single(
                functions.Values.Select(function => Flat(function["Properties"]!["Code"]!["S3Key"])).Distinct()
            );
            Assert.All(
                synthesis.Hubs.SelectMany(hub => hub.ProgramFunctions().Values),
                function => Assert.NotEqual(code, Flat(function["Properties"]!["Code"]!["S3Key"]))
            );
        }
    }

    [Theory]
    [InlineData(Names.Guard, 60)]
    [InlineData(Names.Receive, 300)]
    public void A_function_has_its_timeout_memory_and_variables(string name, int timeout)
    {
        var function = Properties(synthesis.Guard, name);
        Assert.Equal((timeout, 512), ((int)function["Timeout"]!, (int)function["MemorySize"]!));
        Assert.Equal(("dotnet10", "SecurityGroupGuard"), ((string?)function["Runtime"], (string?)function["Handler"]));
        Assert.Equal(
            [
                $"{Names.AccountVariable}=${{AWS::AccountId}}",
                $"{Names.FailuresVariable}=${{SecurityGroupGuardDeadLetters}}",
                $"{Names.FunctionVariable}={name}",
                $"{Names.HubQueueVariable}=${{IngestQueue}}",
                $"{Names.MemberRoleVariable}=",
                $"{Names.PolicyVariable}=ssm:/alerthub/security-group-policy",
                $"{Names.QueueVariable}=${{SecurityGroupGuardQueue}}",
                $"{Names.RoleVariable}={Flat(Properties(synthesis.Guard, Names.Guard)["Role"])}",
                $"{Names.StageVariable}=prod",
                $"{Names.TableVariable}=${{GuardTable}}",
            ],
            Variables(synthesis.Guard, name)
        );

        var chosen = Properties(synthesis.ChosenGuard, name);
        Assert.Equal((timeout, 1024), ((int)chosen["Timeout"]!, (int)chosen["MemorySize"]!));
        Assert.Equal("provided.al2023", (string?)chosen["Runtime"]);
        var variables = Variables(synthesis.ChosenGuard, name).ToList();
        Assert.Contains($"{Names.PolicyVariable}=s3://team-policies/groups.yml", variables);
        Assert.Contains($"{Names.MemberRoleVariable}=SecurityGroupGuardMember-${{AWS::Region}}-test", variables);
        Assert.Contains($"{Names.StageVariable}=test", variables);
    }

    [Fact]
    public void Changes_of_a_group_are_worked_on_one_after_the_other()
    {
        foreach (var guard in synthesis.Guards)
        {
            var queue = Properties(guard, "SecurityGroupGuardQueue");
            Assert.True((bool?)queue["FifoQueue"]);
            // Two events may have the same text, and both happened.
            Assert.False((bool?)queue["ContentBasedDeduplication"] ?? false);
            Assert.Equal(6 * 60, (int?)queue["VisibilityTimeout"]);
            Assert.InRange((int)queue["RedrivePolicy"]!["maxReceiveCount"]!, Names.MostReceives + 1, 20);
            Assert.True((bool?)Properties(guard, "SecurityGroupGuardDeadLetters")["FifoQueue"]);

            var mapping = guard.Only("AWS::Lambda::EventSourceMapping");
            Assert.Equal($"${{{Names.Guard}}}", Flat(mapping["FunctionName"]));
            Assert.Equal("${SecurityGroupGuardQueue.Arn}", Flat(mapping["EventSourceArn"]));
            Assert.Equal((1, 10), ((int?)mapping["BatchSize"], (int?)mapping["ScalingConfig"]!["MaximumConcurrency"]));
            Assert.Equal("ReportBatchItemFailures", Flat(mapping["FunctionResponseTypes"]));
        }
    }

    [Fact]
    public void An_event_that_cannot_be_handed_over_is_kept()
    {
        foreach (var guard in synthesis.Guards)
        {
            var rules = guard.Resources("AWS::Events::Rule").Values.Select(rule => rule["Properties"]!).ToList();
            Assert.All(
                rules,
                rule =>
                    Assert.Equal($"${{{Names.Receive}.Arn}}", Flat(Assert.Single(rule["Targets"]!.AsArray())!["Arn"]))
            );
            foreach (var rule in rules.Where(rule => rule["EventPattern"] is not null))
            {
                var target = rule["Targets"]![0]!;
                Assert.Equal($"${{{Names.Receive}Failures.Arn}}", Flat(target["DeadLetterConfig"]!["Arn"]));
                Assert.Equal(185, (int?)target["RetryPolicy"]!["MaximumRetryAttempts"]);
                Assert.False(target.AsObject().ContainsKey("InputTransformer"));
            }
        }
    }

    [Fact]
    public void All_groups_are_compared_now_and_then()
    {
        Assert.Equal("rate(15 minutes)", Schedule(synthesis.Guard));
        Assert.Equal("rate(1 hour)", Schedule(synthesis.ChosenGuard));

        static string? Schedule(SynthesizedTemplate guard) =>
            (string?)
                Assert.Single(
                    guard.Resources("AWS::Events::Rule").Values,
                    rule => rule["Properties"]!["ScheduleExpression"] is not null
                )["Properties"]!["ScheduleExpression"];
    }

    [Fact] // DDB3
    public void Baselines_outlive_the_guard()
    {
        foreach (var guard in synthesis.Guards)
        {
            var table = Assert.Single(guard.Resources("AWS::DynamoDB::Table")).Value;
            var properties = table["Properties"]!;
            Assert.Equal("Retain", (string?)table["DeletionPolicy"]);
            Assert.Equal("Retain", (string?)table["UpdateReplacePolicy"]);
            Assert.True((bool?)properties["DeletionProtectionEnabled"]);
            Assert.True((bool?)properties["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]);
            Assert.Equal(ItemAttributes.Expires, (string?)properties["TimeToLiveSpecification"]!["AttributeName"]);
            Assert.Equal(
                [ItemAttributes.Key, ItemAttributes.Sort],
                properties["KeySchema"]!.AsArray().Select(key => (string)key!["AttributeName"]!)
            );
        }

        Assert.True(File.Exists(Path.Combine(synthesis.Guard.Folder, $"{Stacks.GuardData}.template.json")));
    }

    [Fact]
    public void Alarms_tell_people_by_a_topic_that_leads_neither_to_the_guard_nor_to_the_hub()
    {
        foreach (var guard in synthesis.Guards)
        {
            var alarms = guard.Resources("AWS::CloudWatch::Alarm");
            Assert.Equal(
                [
                    "SecurityGroupEventsErrors",
                    "SecurityGroupEventsFailuresAlarm",
                    "SecurityGroupEventsThrottles",
                    "SecurityGroupGuardAge",
                    "SecurityGroupGuardDeadLettersAlarm",
                    "SecurityGroupGuardErrors",
                    "SecurityGroupGuardSilence",
                    "SecurityGroupGuardThrottles",
                    "SecurityGroupUndosFailed",
                ],
                alarms.Keys.Order(StringComparer.Ordinal)
            );
            Assert.All(
                alarms.Values.Select(alarm => alarm["Properties"]!),
                alarm =>
                {
                    Assert.Equal("${OperatorTopic}", Flat(alarm["AlarmActions"]));
                    Assert.Equal("${OperatorTopic}", Flat(alarm["OKActions"]));
                }
            );
        }
    }

    [Theory]
    [InlineData(false, "prod")]
    [InlineData(true, "test")]
    public void A_change_that_stays_though_it_should_not_is_an_alarm(bool chosen, string stage)
    {
        var alarm = Properties(chosen ? synthesis.ChosenGuard : synthesis.Guard, Names.FailedMetric);
        Assert.Equal(
            (MetricNames.Namespace, Names.FailedMetric, 0, "GreaterThanThreshold"),
            (
                (string)alarm["Namespace"]!,
                (string)alarm["MetricName"]!,
                (int)alarm["Threshold"]!,
                (string)alarm["ComparisonOperator"]!
            )
        );
        var dimension = Assert.Single(alarm["Dimensions"]!.AsArray())!;
        Assert.Equal((MetricNames.StageDimension, stage), ((string)dimension["Name"]!, (string)dimension["Value"]!));
    }

    // Who disables the rules, or lets the function have no concurrency, is heard of all the same.
    [Theory]
    [InlineData(false, 45 * 60)]
    [InlineData(true, 3 * 60 * 60)]
    public void That_the_guard_is_not_called_is_an_alarm(bool chosen, int period)
    {
        var alarm = Properties(chosen ? synthesis.ChosenGuard : synthesis.Guard, "SecurityGroupGuardSilence");
        Assert.Equal(("Invocations", period), ((string)alarm["MetricName"]!, (int)alarm["Period"]!));
        Assert.Equal("breaching", (string?)alarm["TreatMissingData"]);
        Assert.Equal($"${{{Names.Receive}}}", Flat(alarm["Dimensions"]![0]!["Value"]));
    }

    private static IEnumerable<string> Variables(SynthesizedTemplate guard, string function) =>
        Properties(guard, function)["Environment"]!["Variables"]!
            .AsObject()
            .Select(variable => $"{variable.Key}={Flat(variable.Value)}")
            .Order(StringComparer.Ordinal);

    private static JsonObject Properties(SynthesizedTemplate guard, string id) =>
        guard.Json["Resources"]![id]!["Properties"]!.AsObject();

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}
