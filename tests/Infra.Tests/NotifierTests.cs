using System.Text.Json.Nodes;
using AlertHub.Lambda;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>The function that tells Slack, and what SAM CLI needs to run it from cdk.out.</summary>
[Collection(nameof(Synthesis))]
public sealed class NotifierTests(Synthesis synthesis)
{
    [Fact]
    public void It_is_managed_and_portable_by_default()
    {
        var function = Function(synthesis.Default);

        Assert.Equal("dotnet10", (string?)function["Runtime"]);
        Assert.Equal("AlertHub.Lambda", (string?)function["Handler"]);
        Assert.Equal(["x86_64"], SynthesizedTemplate.List(function["Architectures"]).Select(SynthesizedTemplate.Flat));
        Assert.Equal(512, (int?)function["MemorySize"]);
        Assert.Equal(30, (int?)function["Timeout"]);
        Assert.False(function.ContainsKey("TracingConfig"));
    }

    [Fact]
    public void It_can_be_native_with_what_was_chosen()
    {
        var function = Function(synthesis.Chosen);

        Assert.Equal("provided.al2023", (string?)function["Runtime"]);
        Assert.Equal("bootstrap", (string?)function["Handler"]);
        Assert.Equal(1024, (int?)function["MemorySize"]);
        Assert.Equal(60, (int?)function["Timeout"]);
        Assert.Equal("Active", (string?)function["TracingConfig"]!["Mode"]);
    }

    [Fact]
    public void Its_environment_names_the_function_and_the_webhooks_parameter()
    {
        var variables = Function(synthesis.Default)["Environment"]!["Variables"]!.AsObject();

        Assert.Equal(2, variables.Count);
        Assert.Equal(Names.SlackNotifier, (string?)variables[Names.FunctionVariable]);
        Assert.Equal("ssm:/alerthub/slack-webhook-url", (string?)variables[Names.SlackWebhookVariable]);
        Assert.Equal(
            "ssm:/team/slack",
            (string?)Function(synthesis.Chosen)["Environment"]!["Variables"]![Names.SlackWebhookVariable]
        );
    }

    [Fact]
    public void It_may_read_that_parameter_and_no_other()
    {
        const string Parameter =
            "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/alerthub/slack-webhook-url";
        var allowed = synthesis.Default.IdentityStatements().Select(statement => statement.Statement).ToList();

        var read = Assert.Single(allowed, statement => Flat(statement["Action"]) == "ssm:GetParameter");
        Assert.Equal(Parameter, SynthesizedTemplate.Flat(read["Resource"]));
        var decrypt = Assert.Single(allowed, statement => Flat(statement["Action"]) == "kms:Decrypt");
        var only = decrypt["Condition"]!["StringEquals"]!;
        Assert.Equal("ssm.${AWS::Region}.${AWS::URLSuffix}", SynthesizedTemplate.Flat(only["kms:ViaService"]));
        Assert.Equal(Parameter, SynthesizedTemplate.Flat(only["kms:EncryptionContext:PARAMETER_ARN"]));
    }

    [Fact]
    public void The_topic_invokes_it_and_keeps_what_it_cannot_hand_over()
    {
        var subscription = Assert.Single(Subscriptions(synthesis.Default, "lambda"));
        var queue = subscription["RedrivePolicy"]!["deadLetterTargetArn"]!;

        Assert.Equal("${SlackNotifier.Arn}", SynthesizedTemplate.Flat(subscription["Endpoint"]));
        Assert.StartsWith("${Undeliverable", SynthesizedTemplate.Flat(queue), StringComparison.Ordinal);
        var permission = Assert.Single(
            synthesis.Default.Resources("AWS::Lambda::Permission").Values,
            p => (string?)p["Properties"]!["Principal"] == "sns.amazonaws.com"
        )["Properties"]!.AsObject();
        Assert.Equal("sns.amazonaws.com", (string?)permission["Principal"]);
        Assert.Equal(
            SynthesizedTemplate.Flat(subscription["TopicArn"]),
            SynthesizedTemplate.Flat(permission["SourceArn"])
        );
    }

    [Theory]
    [InlineData("lambda.alarms.cloudwatch.amazonaws.com")]
    [InlineData("events.amazonaws.com")]
    public void Alarms_and_rules_of_this_account_may_invoke_it(string service) =>
        Assert.Equal(
            "${AWS::AccountId}",
            SynthesizedTemplate.Flat(
                Assert.Single(
                    synthesis.Default.Resources("AWS::Lambda::Permission").Values,
                    permission => (string?)permission["Properties"]!["Principal"] == service
                )["Properties"]!["SourceAccount"]
            )
        );

    [Fact]
    public void E_mail_goes_to_whom_it_was_asked_for()
    {
        Assert.Empty(Subscriptions(synthesis.Default, "email"));
        // Of the alarms, and of what could not be delivered.
        foreach (
            var topic in Subscriptions(synthesis.Chosen, "email").GroupBy(s => SynthesizedTemplate.Flat(s["TopicArn"]))
        )
        {
            Assert.Equal(["ana@example.org", "rui@example.org"], topic.Select(s => (string?)s["Endpoint"]));
        }

        Assert.Equal(4, Subscriptions(synthesis.Chosen, "email").Count);
    }

    [Fact]
    public void Sam_finds_it_by_its_name_and_its_code_in_cdk_out()
    {
        foreach (var stack in new[] { synthesis.Default, synthesis.Chosen })
        {
            var metadata = stack.Resources("AWS::Lambda::Function")[Names.SlackNotifier]["Metadata"]!;

            // SAM CLI takes the second last part of the path for the function's name, and reads the code from beside the
            // template (samcli/lib/samlib/resource_metadata_normalizer.py).
            Assert.EndsWith(
                $"/{Names.SlackNotifier}/Resource",
                (string?)metadata["aws:cdk:path"],
                StringComparison.Ordinal
            );
            Assert.Equal("Code", (string?)metadata["aws:asset:property"]);
            var code = Path.Combine(stack.Folder, (string)metadata["aws:asset:path"]!);
            Assert.Equal(
                ["AlertHub.Lambda.dll", "bootstrap"],
                Directory.GetFiles(code).Select(Path.GetFileName).Order()
            );
        }
    }

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);

    private static JsonObject Function(SynthesizedTemplate stack) =>
        stack.ProgramFunctions()[Names.SlackNotifier]["Properties"]!.AsObject();

    private static List<JsonObject> Subscriptions(SynthesizedTemplate stack, string protocol) =>
        [
            .. stack
                .Resources("AWS::SNS::Subscription")
                .Values.Select(subscription => subscription["Properties"]!.AsObject())
                .Where(subscription => (string?)subscription["Protocol"] == protocol),
        ];
}
