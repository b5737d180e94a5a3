using System.Text;
using System.Text.Json.Nodes;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>What a function answers to four records decides on what it gets next.</summary>
public sealed class AnswersOfAFunction
{
    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("\"\"", "")]
    [InlineData("{}", "")]
    [InlineData("""{"batchItemFailures":null}""", "")]
    [InlineData("""{"batchItemFailures":[]}""", "")]
    [InlineData("""{"BatchItemFailures":[{"itemIdentifier":"3"}]}""", "")]
    [InlineData("""{"batchItemFailure":[{"itemIdentifier":"3"}]}""", "")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"3"}]}""", "3 4")]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"4"},{"itemIdentifier":"2"},{"itemIdentifier":"3"}]}""",
        "2 3 4"
    )]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":3}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"ItemIdentifier":"3"}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"4"},{"id":"3"}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"other"}]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":["3"]}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":"3"}""", "1 2 3 4")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"3"}]""", "1 2 3 4")]
    [InlineData("\"fine\"", "1 2 3 4")]
    [InlineData("[]", "1 2 3 4")]
    [InlineData("not JSON", "1 2 3 4")]
    [InlineData(PlayedFunction.Fails, "1 2 3 4")]
    public async Task It_says_where_to_go_on_from(string answer, string next)
    {
        var function = new PlayedFunction().Answers(answer);
        var mapping = new EventSourceMapping(new(), function.InvokeAsync, TimeProvider.System);
        mapping.Add(PlayedFunction.Records(4));

        await mapping.DrainAsync();

        Assert.Equal(next.Length == 0 ? ["1 2 3 4"] : ["1 2 3 4", next], function.Invocations);
    }

    [Fact]
    public async Task It_says_nothing_where_the_mapping_does_not_ask_unless_the_function_fails()
    {
        var function = new PlayedFunction().Answers(PlayedFunction.Failed("3"), PlayedFunction.Fails, "not JSON");
        var mapping = new EventSourceMapping(
            new() { BatchSize = 2, ReportBatchItemFailures = false },
            function.InvokeAsync,
            TimeProvider.System
        );
        mapping.Add(PlayedFunction.Records(4));

        await mapping.DrainAsync();

        Assert.Equal(["1 2", "3 4", "3 4"], function.Invocations);
    }

    [Fact]
    public async Task The_event_has_what_Lambda_puts_into_it()
    {
        var function = new PlayedFunction();
        var mapping = new EventSourceMapping(new(), function.InvokeAsync, TimeProvider.System);
        mapping.Add(
            new StreamedRecord
            {
                Shard = "shardId-000000000006",
                SequenceNumber = "49590338271490256608559692538361571095921575989136588898",
                PartitionKey = "größe",
                Data = new byte[] { 0xFB, 0xFF, 0xFE },
                Arrived = DateTimeOffset.FromUnixTimeMilliseconds(1545084650987),
            },
            new StreamedRecord { Shard = "shardId-000000000006", SequenceNumber = "2" }
        );

        await mapping.DrainAsync();

        var text = Encoding.UTF8.GetString(function.LastEvent.Span);
        var records = JsonNode.Parse(text)!["Records"]!.AsArray();
        Assert.Equal(2, records.Count);
        Assert.Equal(
            """
            {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"größe","sequenceNumber":"49590338271490256608559692538361571095921575989136588898","data":"+//+","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:49590338271490256608559692538361571095921575989136588898","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/flow-logs","awsRegion":"eu-central-1","eventSourceARN":"arn:aws:kinesis:eu-central-1:123456789012:stream/flow-logs"}
            """,
            text["{\"Records\":[".Length..(text.IndexOf(",{\"kinesis\"", StringComparison.Ordinal))]
        );
    }
}
