using Infra.Tests.Support;
using FlowNames = FlowLogs.Names;
using GuardNames = SecurityGroupGuard.Names;
using Names = AlertHub.Lambda.Names;

namespace Infra.Tests;

/// <summary>Of messages and events: none may get lost.</summary>
public sealed partial class HouseRulesTests
{
    // What comes from a queue or over HTTP, its sender keeps. Events that Lambda queues itself nobody else has: of an alarm,
    // by SNS or by EventBridge. A sweep or a replay is not missed, and CloudFormation waits for the answer of its custom
    // resources: a failed deployment is the alarm.
    [Fact]
    public void An_event_that_Lambda_queues_is_kept_where_nobody_else_has_it()
    {
        foreach (var stack in synthesis.All)
        {
            var invocations = stack.Resources("AWS::Lambda::EventInvokeConfig").Values.Select(i => i["Properties"]!);
            var senders = stack.Resources("AWS::Lambda::Permission").Values.Select(p => p["Properties"]!).ToList();
            foreach (var function in stack.ProgramFunctions().Keys.Except([Names.Sweep, FlowNames.Replay]))
            {
                if (
                    senders.TrueForAll(sender =>
                        Flat(sender["FunctionName"]) != $"${{{function}.Arn}}"
                        || (string?)sender["Principal"] == "apigateway.amazonaws.com"
                    )
                )
                {
                    continue;
                }

                var invocation = Assert.Single(invocations, i => Flat(i["FunctionName"]) == $"${{{function}}}");
                Assert.Equal(2, (int?)invocation["MaximumRetryAttempts"]);
                Assert.Equal(21600, (int?)invocation["MaximumEventAgeInSeconds"]);
                var queue = Flat(invocation["DestinationConfig"]!["OnFailure"]!["Destination"]);
                Assert.Contains(queue, stack.Resources("AWS::SQS::Queue").Keys.Select(id => $"${{{id}.Arn}}"));
            }
        }
    }

    [Fact] // SQS3
    public void What_is_read_from_a_queue_goes_to_dead_letters_in_the_end()
    {
        foreach (var stack in synthesis.All)
        {
            var queues = stack.Resources("AWS::SQS::Queue");
            foreach (var id in queues.Keys.Where(id => IsRead(stack, id)))
            {
                var redrive = queues[id]["Properties"]!["RedrivePolicy"]!;
                Assert.Equal($"${{{id.Replace("Queue", "DeadLetters")}.Arn}}", Flat(redrive["deadLetterTargetArn"]));
                // Of a group whose message fails in a queue that keeps the order, all others wait.
                var least = (bool?)queues[id]["Properties"]!["FifoQueue"] == true ? GuardNames.MostReceives + 1 : 20;
                Assert.InRange((int)redrive["maxReceiveCount"]!, least, 100);
            }
        }
    }

    [Fact] // SQS2
    public void Every_queue_is_encrypted_and_keeps_for_two_weeks() =>
        EveryResource(
            "AWS::SQS::Queue",
            queue =>
            {
                Assert.True((bool?)queue["SqsManagedSseEnabled"]);
                Assert.Equal(14 * 24 * 3600, (int?)queue["MessageRetentionPeriod"]);
            }
        );

    // A dead-letter queue that nobody watches loses alarms as silently as none at all; and what watches the notifier's must
    // not lead to the notifier.
    [Fact]
    public void What_lies_in_a_dead_letter_queue_is_told_to_people_by_another_way_than_the_function()
    {
        foreach (var stack in synthesis.All)
        {
            foreach (var queue in stack.Resources("AWS::SQS::Queue").Keys.Where(id => !IsRead(stack, id)))
            {
                var alarm = Assert.Single(
                    stack.Resources("AWS::CloudWatch::Alarm").Values,
                    alarm => Flat(alarm["Properties"]!["Dimensions"]?[0]?["Value"]) == $"${{{queue}.QueueName}}"
                )["Properties"]!;
                Assert.Equal("ApproximateNumberOfMessagesVisible", (string?)alarm["MetricName"]);
                Assert.Equal((1, 60), ((int?)alarm["Threshold"], (int?)alarm["Period"]));
                var told = Flat(Assert.Single(alarm["AlarmActions"]!.AsArray()));
                var protocols = stack
                    .Resources("AWS::SNS::Subscription")
                    .Values.Where(s => Flat(s["Properties"]!["TopicArn"]) == told)
                    .Select(s => (string?)s["Properties"]!["Protocol"]);
                Assert.All(protocols, protocol => Assert.Equal("email", protocol));
            }
        }
    }

    /// <summary>Whether a function works on the queue; what is in another waits for a person.</summary>
    private static bool IsRead(SynthesizedTemplate stack, string queue) =>
        stack
            .Resources("AWS::Lambda::EventSourceMapping")
            .Values.Any(mapping => Flat(mapping["Properties"]!["EventSourceArn"]) == $"${{{queue}.Arn}}");
}
