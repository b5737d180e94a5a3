using Amazon.CDK.AWS.Logs;
using FlowLogs.Records;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>What may be chosen about flow logs; single values are in Cases/contexts.txt.</summary>
public sealed class FlowLogsDeploymentTests
{
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["flowHecUrl"] = "it: scheme, host and port of Splunk's HTTP Event Collector",
        ["flowVpcs"] = "ids of VPCs, or in their place flowLogGroup",
    };

    [Fact]
    public void Nothing_is_deployed_that_was_not_chosen()
    {
        var (deployment, _) = Some.Deployment();
        var flowLogs = deployment!.FlowLogs;

        Assert.False(flowLogs.Wanted);
        Assert.Equal([FunctionProgram.Hub], Stacks.Programs(deployment));
        Assert.Equal(FlowLogsDeployment.DefaultFormat, flowLogs.Format);
        Assert.Equal((600, "ALL"), (flowLogs.AggregationSeconds, flowLogs.Traffic));
        Assert.Equal(RetentionDays.ONE_WEEK, flowLogs.LogRetention);
        Assert.Equal(
            (0, 1, 1769, 30),
            (flowLogs.Shards, flowLogs.Parallel, flowLogs.MemoryMegabytes, flowLogs.BackupDays)
        );
        Assert.Equal(TimeSpan.FromHours(72), flowLogs.StreamRetention);
        Assert.Equal(TimeSpan.FromHours(1), flowLogs.Delivery.BackupAfter);
        Assert.Equal("/alerthub/secrets/splunk-hec-token", flowLogs.Delivery.TokenParameter);
    }

    [Fact]
    public void They_are_a_program_beside_the_others()
    {
        Assert.Equal([FunctionProgram.Hub, FunctionProgram.FlowLogs], Stacks.Programs(Wanted()!));
        Assert.Equal(
            [FunctionProgram.Hub, FunctionProgram.Guard, FunctionProgram.FlowLogs],
            Stacks.Programs(Wanted(("guard", true))!)
        );
    }

    // The functions read a line by it.
    [Fact]
    public void The_default_format_is_one_that_the_functions_read_and_of_version_5()
    {
        var format = FlowFormat.Parse(FlowLogsDeployment.DefaultFormat);

        Assert.Equal(FlowLogsDeployment.DefaultFormat, format.ToString());
        Assert.Equal(25, format.Fields.Length);
        Assert.All(FlowFormat.Default.Fields, field => Assert.Contains(field, format.Fields));
        Assert.All(format.Fields, field => Assert.InRange(field.Version, 2, 5));
        Assert.Equal(5, format.Fields.Max(field => field.Version));
    }

    [Fact]
    public void Somebody_elses_group_has_the_format_of_AWS_unless_another_is_told()
    {
        Assert.Equal("", Foreign().FlowLogs.Format);
        Assert.Equal("${srcaddr}", Foreign(("flowFormat", "${srcaddr}")).FlowLogs.Format);

        static Deployment Foreign(params (string, object)[] more) =>
            Some.Deployment([
                ("flowLogs", true),
                ("flowLogGroup", "/vpc"),
                ("flowHecUrl", Synthesis.Hec),
                .. more,
            ]).Deployment!;
    }

    [Theory]
    [InlineData("flowTraffic", "ALL", "flowHecUrl flowVpcs")]
    [InlineData("flowVpcs", Synthesis.Vpc, "flowHecUrl")]
    [InlineData("flowLogGroup", "/vpc", "flowHecUrl")]
    [InlineData("flowHecUrl", Synthesis.Hec, "flowVpcs")]
    public void What_is_missing_is_told(string key, string value, string missing) =>
        Assert.Equal(
            missing.Split(' ').Select(name => $"Context \"{name}\": flow logs need {Needed[name]}."),
            Some.Deployment(("flowLogs", true), (key, value)).Problems
        );

    [Fact]
    public void What_is_wrong_is_not_missing_as_well() =>
        Assert.StartsWith(
            "Context \"flowHecUrl\": write https",
            Assert.Single(Problems(("flowHecUrl", "http://splunk.example.org:8088"))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_group_has_lines_of_one_format_only() =>
        Assert.Equal(
            [
                "Context \"flowLogGroup\": flow logs of flowVpcs have a group of their own, for all lines of a group must have one "
                    + "format; leave one out.",
            ],
            Problems(("flowLogGroup", "/vpc"))
        );

    [Fact]
    public void A_member_has_no_hub_to_tell() =>
        Assert.Equal(
            ["Context \"flowLogs\": where guard=member there is no hub, which flow logs need."],
            Problems(("guard", "member"), ("guardBus", Synthesis.GuardBus), ("guardRoles", Synthesis.GuardRole))
        );

    [Theory]
    [InlineData("75600", "24")]
    [InlineData("86400", "27")]
    public void The_stream_must_not_forget_what_is_still_tried(string backupAfter, string hours) =>
        Assert.Equal(
            [
                "Context \"flowBackupAfter\": three hours later Lambda takes a record from the stream, which has forgotten it "
                    + $"after {hours} hours; raise flowStreamHours.",
            ],
            Problems(("flowBackupAfter", backupAfter), ("flowStreamHours", hours))
        );

    [Fact]
    public void The_longest_age_is_for_a_stream_that_keeps_longer() =>
        Assert.Equal(
            TimeSpan.FromHours(27),
            Wanted(("flowBackupAfter", "86400"), ("flowStreamHours", "28"))!.FlowLogs.LongestRecordAge
        );

    [Theory]
    [InlineData("flowHecUrl", "https://splunk.example.org/?token=verysecret")]
    [InlineData("flowHecUrl", "verysecret")]
    [InlineData("flowHecToken", "verysecret")]
    [InlineData("flowHecToken", "ssm:/alerthub/secretsverysecret")]
    public void What_may_be_a_secret_is_not_repeated(string key, string value) =>
        Assert.DoesNotContain(
            "verysecret",
            Assert.Single(Some.Deployment((key, value)).Problems),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_token_is_below_the_secrets_of_its_hub() =>
        Assert.Equal(
            "/team/alerts/secrets/splunk-hec-token",
            FlowLogsDelivery.Read(new ContextValues(_ => null), "/team/alerts").TokenParameter
        );

    [Fact]
    public void Whatever_is_chosen_fits_into_a_functions_environment()
    {
        var format = string.Join(' ', Enumerable.Range(0, 200).Select(number => $"${{f-{number:d4}}}"))[..1999];
        var template = new string('t', 100);
        var delivery = Wanted(
            ("flowKeep", new string('k', 500)),
            ("flowIndex", template),
            ("flowSource", template),
            ("flowSourcetype", template),
            ("flowHost", template)
        )!.FlowLogs.Delivery;

        var length = delivery
            .OfRecords(format)
            .Concat(delivery.OfDeliveries())
            .Sum(variable => variable.Key.Length + variable.Value.Length);

        // The rest is for the stage, the names of the function and of the bucket, and the queue's URL. 4 KB in all (Lambda quotas).
        Assert.InRange(length, 2_500, 4_096 - 450);
    }

    [Fact]
    public void A_format_that_does_not_fit_is_refused()
    {
        var format = string.Join(' ', Enumerable.Range(0, 200).Select(number => $"${{field-{number:d3}}}"));

        Assert.Equal(
            [$"Context \"flowFormat\": it has {format.Length} characters, and a function has room for 2000."],
            Problems(("flowFormat", format))
        );
    }

    private static Deployment? Wanted(params (string, object)[] more) => Read(more).Deployment;

    private static IReadOnlyList<string> Problems(params (string, object)[] more) => Read(more).Problems;

    /// <summary>What flow logs need, and this, which may be the same otherwise.</summary>
    private static (Deployment? Deployment, IReadOnlyList<string> Problems) Read((string Key, object Value)[] more) =>
        Some.Deployment([
            .. Synthesis
                .FlowLogsContext.Select(needed => (needed.Key, needed.Value))
                .ExceptBy(more.Select(chosen => chosen.Key), needed => needed.Key),
            .. more,
        ]);
}
