using System.Text;
using FlowLogs.Incoming;

namespace AlertHub.Tests.FlowLogs.Incoming;

public sealed class KinesisEvents
{
    private const string Event = """
        {"more": [{}], "Records": [
          {"kinesis": {"kinesisSchemaVersion": "1.0", "partitionKey": "eni-1", "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
            "data": "SGVsbG8=", "approximateArrivalTimestamp": 1545084650.987},
           "eventSource": "aws:kinesis", "eventVersion": "1.0", "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
           "eventName": "aws:kinesis:record", "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role", "awsRegion": "us-east-2",
           "eventSourceARN": "arn:aws:kinesis:us-east-2:123456789012:stream/flow"},
          {"kinesis": {"data": "\u0053GVsbG8=", "sequenceNumber": "2", "approximateArrivalTimestamp": "soon", "partitionKey": null}},
          {"kinesis": {"data": "*", "sequenceNumber": "3"}},
          {"kinesis": {"data": {"a": 1}, "sequenceNumber": "4"}},
          {"kinesis": {"sequenceNumber": "5"}}
        ]}
        """;

    [Fact]
    public void Records_come_in_their_order_with_all_that_the_event_says()
    {
        var records = KinesisEvent.Read(Encoding.UTF8.GetBytes(Event))!;

        Assert.Equal(
            new StreamRecord
            {
                SequenceNumber = "49590338271490256608559692538361571095921575989136588898",
                PartitionKey = "eni-1",
                Shard = "shardId-000000000006",
                Stream = "arn:aws:kinesis:us-east-2:123456789012:stream/flow",
                Arrived = DateTimeOffset.UnixEpoch.AddMilliseconds(1545084650987),
                Data = null,
            },
            records[0] with
            {
                Data = null,
            }
        );
        Assert.Equal(
            ["Hello", "Hello", null, null, null],
            records.Select(static record => record.Problem is null ? Encoding.UTF8.GetString(record.Data.Span) : null)
        );
        Assert.Equal(
            [null, null, "its data are not base64", "its data are not base64", "it has no data"],
            records.Select(static record => record.Problem)
        );
        Assert.Equal(["2", "3", "4", "5"], records.Skip(1).Select(static record => record.SequenceNumber));
        Assert.Null(records[1].Arrived);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Records": {}}""")]
    public void Another_document_is_none(string text) => Assert.Null(KinesisEvent.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("", "it is not JSON: line 1, byte 0")]
    [InlineData("""{"Records": [""", "it is not JSON: line 1, byte 13")]
    [InlineData(
        """{"Records": [{"kinesis": {"data": "", "sequenceNumber": "1"}}, {"Sns": {}}]}""",
        "Records[1] has no kinesis.sequenceNumber, as a record of a Kinesis stream has"
    )]
    [InlineData(
        """{"Records": [1]}""",
        "Records[0] has no kinesis.sequenceNumber, as a record of a Kinesis stream has"
    )]
    public void What_is_no_event_of_a_stream_is_said(string text, string problem) =>
        Assert.Equal(
            problem,
            Assert.Throws<InvalidDataException>(() => KinesisEvent.Read(Encoding.UTF8.GetBytes(text))).Message
        );
}
