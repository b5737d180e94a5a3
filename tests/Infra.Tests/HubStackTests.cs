using System.Text.Json.Nodes;
using AlertHub.Aws.Tables;
using AlertHub.Lambda;
using AlertHub.Tests.Support;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>The functions of the hub, what drives them, and what they are told.</summary>
[Collection(nameof(Synthesis))]
public sealed class HubStackTests(Synthesis synthesis)
{
    private static readonly string[] Everywhere =
    [
        Names.FunctionVariable,
        Names.StageVariable,
        Names.StateTableVariable,
        Names.RecordsTableVariable,
        Names.FlushQueueVariable,
        Names.DeliverQueueVariable,
        Names.ParametersVariable,
    ];

    [Fact]
    public void Six_functions_are_one_program()
    {
        foreach (var hub in synthesis.Hubs)
        {
            var functions = hub.ProgramFunctions();
            Assert.Equal(
                [Names.Api, Names.Configure, Names.Deliver, Names.Flush, Names.Ingest, Names.Sweep],
                functions.Keys.Order(StringComparer.Ordinal)
            );
            Assert.Single(
                functions.Values.Select(function => Flat(function["Properties"]!["Code"]!["S3Key"])).Distinct()
            );
        }
    }

    [Theory]
    [InlineData(Names.Ingest, 30, 60, Names.QuarantineQueueVariable)]
    [InlineData(Names.Flush, 30, 60, Names.QuarantineQueueVariable)]
    [InlineData(Names.Deliver, 90, 90, Names.QuarantineQueueVariable, Names.ExternalUrlVariable, Names.AccountVariable)]
    [InlineData(Names.Api, 29, 29, Names.ExternalUrlVariable)]
    [InlineData(Names.Sweep, 60, 60)]
    [InlineData(Names.Configure, 60, 60, Names.ExternalUrlVariable)]
    public void A_function_has_its_timeout_memory_and_variables(
        string name,
        int timeout,
        int chosenTimeout,
        params string[] variables
    )
    {
        var function = Properties(synthesis.Hub, name);
        Assert.Equal((timeout, 512), ((int)function["Timeout"]!, (int)function["MemorySize"]!));
        Assert.Equal(("dotnet10", "AlertHub.Lambda"), ((string?)function["Runtime"], (string?)function["Handler"]));
        Assert.Equal(Everywhere.Concat(variables).Order(), Variables(synthesis.Hub, name).Keys.Order());
        Assert.Equal(name, Variables(synthesis.Hub, name)[Names.FunctionVariable]);

        var chosen = Properties(synthesis.ChosenHub, name);
        Assert.Equal((chosenTimeout, 1024), ((int)chosen["Timeout"]!, (int)chosen["MemorySize"]!));
        Assert.Equal("provided.al2023", (string?)chosen["Runtime"]);
        Assert.Equal("Active", (string?)chosen["TracingConfig"]!["Mode"]);
        // Where not all alarms come by EventBridge, the sweep looks for those that the topic is told of.
        string[] more = name == Names.Sweep ? [.. variables, Names.AlarmTopicVariable] : variables;
        Assert.Equal(Everywhere.Concat(more).Order(), Variables(synthesis.ChosenHub, name).Keys.Order());
    }

    [Fact]
    public void The_variables_lead_to_the_resources_of_the_stage()
    {
        var variables = Variables(synthesis.Hub, Names.Deliver);
        Assert.Equal("prod", variables[Names.StageVariable]);
        Assert.Equal("${StateTable}", variables[Names.StateTableVariable]);
        Assert.Equal("${RecordsTable}", variables[Names.RecordsTableVariable]);
        Assert.Equal("${FlushQueue}", variables[Names.FlushQueueVariable]);
        Assert.Equal("${DeliverQueue}", variables[Names.DeliverQueueVariable]);
        Assert.Equal("${QuarantineQueue}", variables[Names.QuarantineQueueVariable]);
        Assert.Equal("/alerthub", variables[Names.ParametersVariable]);
        Assert.Equal("${HttpApi.ApiEndpoint}", variables[Names.ExternalUrlVariable]);

        var chosen = Variables(synthesis.ChosenHub, Names.Deliver);
        Assert.Equal("test", chosen[Names.StageVariable]);
        Assert.Equal("/team/alerts", chosen[Names.ParametersVariable]);
        Assert.Equal("https://alerts.example.org", chosen[Names.ExternalUrlVariable]);
    }

    [Fact]
    public void The_sweep_looks_at_all_alarms_where_all_of_them_come_in_and_else_at_those_of_the_topic()
    {
        Assert.DoesNotContain(Names.AlarmTopicVariable, Variables(synthesis.Hub, Names.Sweep).Keys);
        Assert.Equal("${AlarmsTopic}", Variables(synthesis.ChosenHub, Names.Sweep)[Names.AlarmTopicVariable]);
        Assert.All(
            synthesis.ChosenHub.ProgramFunctions().Keys.Where(name => name != Names.Sweep),
            name => Assert.DoesNotContain(Names.AlarmTopicVariable, Variables(synthesis.ChosenHub, name).Keys)
        );
    }

    [Fact]
    public void The_tables_have_the_keys_that_the_functions_write()
    {
        foreach (var table in synthesis.Hub.Resources("AWS::DynamoDB::Table").Values.Select(t => t["Properties"]!))
        {
            Assert.Equal(
                [(ItemAttributes.Key, "HASH"), (ItemAttributes.Sort, "RANGE")],
                table["KeySchema"]!.AsArray().Select(key => ((string)key!["AttributeName"]!, (string)key["KeyType"]!))
            );
            Assert.All(
                table["AttributeDefinitions"]!.AsArray(),
                key => Assert.Equal("S", (string?)key!["AttributeType"])
            );
            Assert.Equal(ItemAttributes.Expires, (string?)table["TimeToLiveSpecification"]!["AttributeName"]);
            Assert.Equal("PAY_PER_REQUEST", (string?)table["BillingMode"]);
        }
    }

    [Theory]
    [InlineData(Names.Ingest, 100, 1, 5, 100)]
    [InlineData(Names.Flush, 10, null, 10, 20)]
    [InlineData(Names.Deliver, 10, null, 10, 20)]
    public void A_queue_is_read_in_batches_whose_failures_come_back(
        string name,
        int batch,
        int? window,
        int concurrency,
        int attempts
    )
    {
        foreach (var hub in synthesis.Hubs)
        {
            var mapping = Assert.Single(
                hub.Resources("AWS::Lambda::EventSourceMapping").Values,
                mapping => Flat(mapping["Properties"]!["FunctionName"]) == $"${{{name}}}"
            )["Properties"]!;
            Assert.Equal($"${{{name}Queue.Arn}}", Flat(mapping["EventSourceArn"]));
            Assert.Equal(batch, (int?)mapping["BatchSize"]);
            Assert.Equal(window, (int?)mapping["MaximumBatchingWindowInSeconds"]);
            Assert.Equal(concurrency, (int?)mapping["ScalingConfig"]!["MaximumConcurrency"]);
            Assert.Equal("ReportBatchItemFailures", Flat(mapping["FunctionResponseTypes"]));

            var queue = Properties(hub, $"{name}Queue");
            Assert.InRange((int)queue["VisibilityTimeout"]!, 6 * (int)Properties(hub, name)["Timeout"]!, 12 * 3600);
            Assert.Equal(attempts, (int?)queue["RedrivePolicy"]!["maxReceiveCount"]);
        }
    }

    // Each sends messages that come back to it by design; the others do not, and a loop there is a fault.
    [Fact]
    public void Only_those_that_send_to_themselves_may_loop() =>
        Assert.Equal(
            [Names.Deliver, Names.Flush],
            synthesis
                .Hub.ProgramFunctions()
                .Where(function => (string?)function.Value["Properties"]!["RecursiveLoop"] == "Allow")
                .Select(function => function.Key)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_sweep_runs_each_minute_and_is_not_repeated()
    {
        var rule = Rules(synthesis.Hub).Single(rule => rule["ScheduleExpression"] is not null);
        Assert.Equal("rate(1 minute)", (string?)rule["ScheduleExpression"]);
        var target = Assert.Single(rule["Targets"]!.AsArray())!;
        Assert.Equal("${Sweep.Arn}", Flat(target["Arn"]));
        Assert.Equal(0, (int?)target["RetryPolicy"]!["MaximumRetryAttempts"]);

        var events = Assert.Single(
            synthesis.Hub.Resources("AWS::Lambda::EventInvokeConfig").Values,
            events => Flat(events["Properties"]!["FunctionName"]) == "${Sweep}"
        )["Properties"]!;
        Assert.Equal(0, (int?)events["MaximumRetryAttempts"]);
    }

    [Fact]
    public void A_deployment_brings_the_configuration_of_its_folder()
    {
        var configuration = Properties(synthesis.Hub, "Configuration");
        Assert.Equal("${Configure.Arn}", Flat(configuration["ServiceToken"]));
        Assert.Equal(300, (int?)configuration["ServiceTimeout"]);
        Assert.Equal(Text("alertmanager.yml"), (string?)configuration[Names.AlertmanagerProperty]);
        Assert.Equal(Text("hub.yml"), (string?)configuration[Names.HubProperty]);
        Assert.False(configuration.ContainsKey(Names.TemplatesProperty));

        var chosen = Properties(synthesis.ChosenHub, "Configuration");
        Assert.False(chosen.ContainsKey(Names.HubProperty));
        Assert.Equal(["a.tmpl", "b.tmpl"], chosen[Names.TemplatesProperty]!.AsObject().Select(file => file.Key));

        static string Text(string file) =>
            File.ReadAllText(Repository.File("infra", "config", file)).ReplaceLineEndings("\n");
    }

    // A policy of its own could come after the first call, which would then fail.
    [Fact]
    public void A_role_has_its_policies_before_it_is_used()
    {
        Assert.Empty(synthesis.Hub.Resources("AWS::IAM::Policy"));
        Assert.Contains(
            synthesis.Hub.Resources("AWS::CloudFormation::CustomResource")["Configuration"]["DependsOn"]!.AsArray(),
            id => ((string)id!).StartsWith("ConfigureRole", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_hub_says_where_it_is() =>
        Assert.Equal(
            [
                "AlarmsTopicArn = ${AlarmsTopic}",
                "ApiUrl = ${HttpApi.ApiEndpoint}",
                "ConfigurationVersion = ${Configuration.Version}",
                "DeliverDeadLettersArn = ${DeliverDeadLetters.Arn}",
                "DeliverQueueUrl = ${DeliverQueue}",
                "FlushDeadLettersArn = ${FlushDeadLetters.Arn}",
                "FlushQueueUrl = ${FlushQueue}",
                "IngestDeadLettersArn = ${IngestDeadLetters.Arn}",
                "IngestQueueUrl = ${IngestQueue}",
                "OperatorTopicArn = ${OperatorTopic}",
                "QuarantineQueueUrl = ${QuarantineQueue}",
                "RecordsTableName = ${RecordsTable}",
                "StateTableName = ${StateTable}",
                "UndeliverableQueueUrl = ${UndeliverableQueue}",
            ],
            synthesis.Hub.Json["Outputs"]!
                .AsObject()
                .Select(output => $"{output.Key} = {Flat(output.Value!["Value"])}")
                .Order(StringComparer.Ordinal)
        );

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);

    private static JsonObject Properties(SynthesizedTemplate hub, string id) =>
        hub.Json["Resources"]![id]!["Properties"]!.AsObject();

    private static Dictionary<string, string> Variables(SynthesizedTemplate hub, string function) =>
        Properties(hub, function)["Environment"]!["Variables"]!
            .AsObject()
            .ToDictionary(variable => variable.Key, variable => Flat(variable.Value));

    private static IEnumerable<JsonObject> Rules(SynthesizedTemplate hub) =>
        hub.Resources("AWS::Events::Rule").Values.Select(rule => rule["Properties"]!.AsObject());
}
