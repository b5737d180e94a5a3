using System.Text;
using AlertHub.Tests.Support;
using SecurityGroupGuard.Events;

namespace AlertHub.Tests.SecurityGroups.Events;

public sealed class WhatMadeTheGuardRun
{
    [Theory]
    [InlineData("""{"command":"reconcile"}""", "command reconcile\n")]
    [InlineData(
        """{"command":"approve","group":"sg-1","minutes":30,"rules":["sgr-1","sgr-2"]}""",
        "command approve\n    group = sg-1\n    minutes = 30\n    rules = sgr-1,sgr-2\n"
    )]
    [InlineData(
        """{"command":"baseline","arguments":{"group":"sg-1","command":"approve"}}""",
        "command baseline\n    group = sg-1\n"
    )]
    [InlineData("""{"source":"aws.events","detail-type":"Scheduled Event","detail":{}}""", "scheduled\n")]
    [InlineData("""{"source":"aws.scheduler","detail-type":"Scheduled Event","detail":"{}"}""", "scheduled\n")]
    [InlineData(
        """{"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail"}""",
        "nothing: it is neither an event that is known nor a call\n"
    )]
    [InlineData(
        """{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","command":"approve"}""",
        "nothing: \"EC2 Instance State-change Notification\" of \"aws.ec2\" is not read\n"
    )]
    [InlineData("""{"command":{"a":1}}""", "nothing: it is neither an event that is known nor a call\n")]
    [InlineData("""["command"]""", "nothing: it is no JSON object\n")]
    [InlineData("approve", "nothing: it is no JSON object\n")]
    [InlineData("", "nothing: it is no JSON object\n")]
    public void It_is_told_by_the_event(string body, string read) => Assert.Equal(read, GuardText.Of(Read(body)));

    [Fact]
    public void What_anybody_can_put_on_a_bus_is_no_call() =>
        Assert.IsType<GuardEvent.Nothing>(
            Read(
                """
                { "source": "example.ec2", "detail-type": "AWS API Call via CloudTrail",
                  "detail": { "eventSource": "ec2.amazonaws.com", "eventName": "DeleteSecurityGroup",
                    "requestParameters": { "groupId": "sg-1" } } }
                """
            )
        );

    [Fact]
    public void Several_messages_at_once_are_opened_before() =>
        Assert.Equal(
            new GuardEvent.Nothing("2 messages came at once, where one was to be read"),
            Read(
                """{"Records":[{"eventSource":"aws:sqs","body":"{\"command\":\"a\"}"},{"eventSource":"aws:sqs","body":"{\"command\":\"b\"}"}]}"""
            )
        );

    [Fact]
    public void A_message_is_read_the_same_in_a_queue_and_out_of_it()
    {
        var queued = Samples.Bytes("cloudtrail/in-a-queue.json");
        var body = AlertHub.Sources.Envelope.Open(queued, Some.Now)[0].Body;

        Assert.Equal(GuardText.Of(GuardEvent.Read(queued, Some.Now)), GuardText.Of(GuardEvent.Read(body, Some.Now)));
    }

    private static GuardEvent Read(string body) => GuardEvent.Read(Encoding.UTF8.GetBytes(body), Some.Now);
}
