using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>How alerts come in: topics, rules, and the API.</summary>
[Collection(nameof(Synthesis))]
public sealed class HubIntakeTests(Synthesis synthesis)
{
    [Fact]
    public void Alarms_come_with_their_envelope_and_are_kept_where_they_cannot_be_handed_over()
    {
        var subscription = Assert.Single(Subscriptions(synthesis.Hub));
        Assert.Equal("${AlarmsTopic}", Flat(subscription["TopicArn"]));
        Assert.Equal("${IngestQueue.Arn}", Flat(subscription["Endpoint"]));
        Assert.False((bool?)subscription["RawMessageDelivery"] ?? false);
        Assert.Equal("${UndeliverableQueue.Arn}", Flat(subscription["RedrivePolicy"]!["deadLetterTargetArn"]));
    }

    [Fact]
    public void Topics_of_others_are_subscribed_to_where_they_are()
    {
        var subscriptions = Subscriptions(synthesis.ChosenHub).ToDictionary(s => Flat(s["TopicArn"]));
        Assert.Equal(4, subscriptions.Count);
        var far = subscriptions[Synthesis.FarTopic];
        Assert.Equal("us-east-1", (string?)far["Region"]);
        Assert.False(far.ContainsKey("RedrivePolicy"));
        var near = subscriptions["arn:aws:sns:${AWS::Region}:111122223333:alarms"];
        Assert.Equal("${UndeliverableQueue.Arn}", Flat(near["RedrivePolicy"]!["deadLetterTargetArn"]));
        Assert.All(subscriptions.Values, s => Assert.Equal("${IngestQueue.Arn}", Flat(s["Endpoint"])));
    }

    [Theory]
    [InlineData(Synthesis.FarTopic, "sns.amazonaws.com")]
    [InlineData(Synthesis.OptInTopic, "sns.ap-east-1.amazonaws.com")]
    public void A_topic_may_send_by_the_name_that_SNS_has_there(string topic, string service)
    {
        var policies = synthesis.ChosenHub.Resources("AWS::SQS::QueuePolicy").Values;
        Assert.Contains(
            policies.SelectMany(policy => SynthesizedTemplate.Statements(policy["Properties"]!["PolicyDocument"]!)),
            statement =>
                Flat(statement["Resource"]) == "${IngestQueue.Arn}"
                && Flat(statement["Condition"]?["ArnEquals"]?["aws:SourceArn"]) == topic
                && (string?)statement["Principal"]!["Service"] == service
                && (string?)statement["Action"] == "sqs:SendMessage"
        );
    }

    // The only others that may put something into a queue; functions may by their roles.
    [Fact]
    public void Only_those_topics_and_rules_may_send()
    {
        foreach (var hub in synthesis.Hubs)
        {
            var sources = Subscriptions(hub)
                .Select(subscription => Flat(subscription["TopicArn"]))
                .Concat(hub.Resources("AWS::Events::Rule").Keys.Select(id => $"${{{id}.Arn}}"))
                .ToList();
            var allowed = hub.Resources("AWS::SQS::QueuePolicy")
                .Values.SelectMany(policy => SynthesizedTemplate.Statements(policy["Properties"]!["PolicyDocument"]!))
                .Where(statement => (string?)statement["Effect"] == "Allow");
            Assert.All(
                allowed,
                statement => Assert.Contains(Flat(statement["Condition"]!["ArnEquals"]!["aws:SourceArn"]), sources)
            );
        }
    }

    [Fact]
    public void CloudWatch_tells_of_every_alarm_of_the_account_unless_that_is_not_wanted()
    {
        var rule = Assert.Single(
            Patterns(synthesis.Hub).Values,
            rule =>
                rule["EventPattern"]!.ToJsonString()
                == """{"detail-type":["CloudWatch Alarm State Change"],"source":["aws.cloudwatch"]}"""
        );
        Kept(rule);
        Assert.DoesNotContain(
            Patterns(synthesis.ChosenHub).Values,
            rule => rule["EventPattern"]!.ToJsonString().Contains("cloudwatch", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Services_tell_of_what_somebody_may_have_to_act_on_unless_that_is_not_wanted()
    {
        var rules = Patterns(synthesis.Hub).Values;
        foreach (var events in HubEvents.All)
        {
            var rule = Assert.Single(
                rules,
                rule =>
                    Texts(rule["EventPattern"]!["source"]).SequenceEqual(events.Sources)
                    && Texts(rule["EventPattern"]!["detail-type"]).SequenceEqual(events.DetailTypes)
            );
            Assert.Equal(
                JsonSerializer.Serialize(events.Detail),
                rule["EventPattern"]!["detail"]?.ToJsonString() ?? "null"
            );
            Kept(rule);
        }

        Assert.Equal(HubEvents.All.Count + 1, rules.Count);
        Assert.Single(Patterns(synthesis.ChosenHub));
    }

    // "Amazon EventBridge quotas": event pattern.
    [Fact]
    public void No_pattern_is_too_long() =>
        Assert.All(
            Patterns(synthesis.Hub).Values,
            rule => Assert.InRange(rule["EventPattern"]!.ToJsonString().Length, 1, 2048)
        );

    [Fact]
    public void Other_accounts_have_a_bus_of_their_own_and_nobody_else_may_use_it()
    {
        Assert.Empty(synthesis.Hub.Resources("AWS::Events::EventBus"));

        var policy = synthesis.ChosenHub.Only("AWS::Events::EventBusPolicy");
        var statement = policy["Statement"]!;
        Assert.Equal("${AccountsBus}", Flat(policy["EventBusName"]));
        Assert.Equal("events:PutEvents", (string?)statement["Action"]);
        Assert.Equal("${AccountsBus.Arn}", Flat(statement["Resource"]));
        Assert.Equal(
            $"arn:${{AWS::Partition}}:iam::{Synthesis.OtherAccount}:root",
            Flat(statement["Principal"]!["AWS"])
        );
        var rule = Assert.Single(Patterns(synthesis.ChosenHub)).Value;
        Assert.Equal("${AccountsBus}", Flat(rule["EventBusName"]));
        Assert.Equal($$"""{"account":["{{Synthesis.OtherAccount}}"]}""", rule["EventPattern"]!.ToJsonString());
        Kept(rule);
    }

    [Theory]
    [InlineData(false, 100, 200)]
    [InlineData(true, 5, 10)]
    public void One_route_leads_to_the_function_and_no_flood_gets_through(bool chosen, int rate, int burst)
    {
        var hub = chosen ? synthesis.ChosenHub : synthesis.Hub;
        var integration = hub.Only("AWS::ApiGatewayV2::Integration");
        Assert.Equal("${Api.Arn}", Flat(integration["IntegrationUri"]));
        Assert.Equal("2.0", (string?)integration["PayloadFormatVersion"]);
        Assert.Equal("$default", (string?)hub.Only("AWS::ApiGatewayV2::Route")["RouteKey"]);

        var stage = hub.Only("AWS::ApiGatewayV2::Stage");
        Assert.Equal("$default", (string?)stage["StageName"]);
        var limits = stage["DefaultRouteSettings"]!;
        Assert.Equal((rate, burst), ((int)limits["ThrottlingRateLimit"]!, (int)limits["ThrottlingBurstLimit"]!));
    }

    [Fact]
    public void Each_request_is_noted_without_what_may_be_secret()
    {
        var settings = synthesis.Hub.Only("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]!;
        Assert.Equal("${AccessLogs.Arn}", Flat(settings["DestinationArn"]));
        var format = (string)settings["Format"]!;
        Assert.Equal(
            [
                "$context.httpMethod",
                "$context.identity.sourceIp",
                "$context.integrationErrorMessage",
                "$context.integrationLatency",
                "$context.integrationStatus",
                "$context.path",
                "$context.requestId",
                "$context.requestTime",
                "$context.responseLatency",
                "$context.responseLength",
                "$context.routeKey",
                "$context.status",
            ],
            JsonNode.Parse(format)!.AsObject().Select(field => (string)field.Value!).Order(StringComparer.Ordinal)
        );
    }

    private static void Kept(JsonObject rule)
    {
        var target = Assert.Single(rule["Targets"]!.AsArray())!;
        Assert.Equal("${IngestQueue.Arn}", Flat(target["Arn"]));
        Assert.Equal("${UndeliverableQueue.Arn}", Flat(target["DeadLetterConfig"]!["Arn"]));
        Assert.Equal(185, (int?)target["RetryPolicy"]!["MaximumRetryAttempts"]);
        Assert.False(target.AsObject().ContainsKey("InputTransformer"));
    }

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(static text => (string?)text);

    private static Dictionary<string, JsonObject> Patterns(SynthesizedTemplate hub) =>
        hub.Resources("AWS::Events::Rule")
            .Where(rule => rule.Value["Properties"]!["EventPattern"] is not null)
            .ToDictionary(rule => rule.Key, rule => rule.Value["Properties"]!.AsObject());

    private static IEnumerable<JsonObject> Subscriptions(SynthesizedTemplate hub) =>
        hub.Resources("AWS::SNS::Subscription")
            .Values.Select(subscription => subscription["Properties"]!.AsObject())
            .Where(subscription => (string?)subscription["Protocol"] == "sqs");

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}
