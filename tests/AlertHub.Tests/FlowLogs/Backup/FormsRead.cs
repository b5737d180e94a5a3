using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using FlowLogs.Backup;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs.Backup;

/// <summary>Whatever may lie in the bucket.</summary>
public sealed class FormsRead
{
    private const string Own =
        """{"reason":"HEC is busy","stream":"arn:s","shard":"shardId-1","sequence_number":"49","partition_key":"eni-1","arrived":"2026-11-29T12:34:56.789+00:00","events":[3,1],"data":"SGVsbG8="}""";

    private const string Event =
        """{"Records":[{"kinesis":{"sequenceNumber":"50","partitionKey":"k","data":"SGVsbG8=","approximateArrivalTimestamp":1764417600.5},"eventID":"shardId-2:50","eventSourceARN":"arn:t"},{"kinesis":{"sequenceNumber":"51","data":"*"}}]}""";

    private const string Firehose =
        """{"attemptsMade":4,"arrivalTimestamp":1764417600500,"errorCode":"Lambda.FunctionError","errorMessage":"it failed","attemptEndingTimestamp":1764417700000,"rawData":"SGVsbG8=","lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:t"}""";

    [Fact]
    public void A_line_of_ours_comes_with_all_that_it_says()
    {
        var line = Assert.Single(Read(Own));

        Assert.Equal("HEC is busy", line.Reason);
        Assert.Equal([1, 3], line.Only);
        Assert.Equal(
            ("arn:s", "shardId-1", "49", "eni-1", new DateTimeOffset(2026, 11, 29, 12, 34, 56, 789, TimeSpan.Zero)),
            (
                line.Record.Stream,
                line.Record.Shard,
                line.Record.SequenceNumber,
                line.Record.PartitionKey,
                line.Record.Arrived
            )
        );
        Assert.Equal("Hello", Encoding.UTF8.GetString(line.Record.Data.Span));
    }

    [Fact]
    public void All_but_the_data_may_be_missing_or_of_another_kind()
    {
        foreach (var text in (string[])["""{"data":""}""", """{"data":"","arrived":"soon","shard":1,"more":{}}"""])
        {
            var line = Assert.Single(Read(text));
            Assert.Null(line.Only);
            Assert.Null(line.Record.Arrived);
            Assert.Equal("", line.Record.Shard);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_invocation_that_Lambda_gave_up_gives_its_records(bool isText)
    {
        var invocation = new JsonObject
        {
            ["requestContext"] = new JsonObject { ["condition"] = "RetryAttemptsExhausted" },
            ["version"] = "1.0",
            ["payload"] = isText ? Event : JsonNode.Parse(Event),
        };

        var lines = Read(invocation.ToJsonString());

        Assert.Equal(["50", "51"], lines.Select(static line => line.Record.SequenceNumber));
        Assert.Equal("Hello", Encoding.UTF8.GetString(lines[0].Record.Data.Span));
        Assert.Equal(("arn:t", "shardId-2"), (lines[0].Record.Stream, lines[0].Record.Shard));
        Assert.Equal("its data are not base64", lines[1].Record.Problem);
        Assert.All(lines, static line => Assert.Equal(("Lambda gave up on it", null), (line.Reason, line.Only)));
    }

    [Fact]
    public void A_line_of_Firehoses_gives_its_record()
    {
        var line = Assert.Single(Read(Firehose));

        Assert.Equal("Lambda.FunctionError it failed", line.Reason);
        Assert.Equal("firehose", line.Record.Shard);
        Assert.Equal(1_764_417_600_500, line.Record.Arrived?.ToUnixTimeMilliseconds());
        Assert.Equal("Hello", Encoding.UTF8.GetString(line.Record.Data.Span));
    }

    [Theory]
    [InlineData("", "line 7 is not JSON: byte 0")]
    [InlineData("{]", "line 7 is not JSON: byte 1")]
    [InlineData("[]", "line 7 is no object")]
    [InlineData("\"x\"", "line 7 is no object")]
    [InlineData("{}", "line 7 has neither data, nor payload, nor rawData")]
    [InlineData("""{"data":1}""", "line 7: its data is not base64")]
    [InlineData("""{"data":"*"}""", "line 7: its data is not base64")]
    [InlineData("""{"rawData":null}""", "line 7: its rawData is not base64")]
    [InlineData("""{"data":"","events":1}""", "line 7: its events are no list of numbers")]
    [InlineData("""{"data":"","events":["1"]}""", "line 7: its events are no list of numbers")]
    [InlineData("""{"data":"","events":[1.5]}""", "line 7: its events are no list of numbers")]
    [InlineData("""{"data":"","events":[4294967296]}""", "line 7: its events are no list of numbers")]
    [InlineData("""{"payload":"x"}""", "line 7, its payload: it is not JSON: line 1, byte 0")]
    [InlineData("""{"payload":"{}"}""", "line 7, its payload: it is no event of a Kinesis stream")]
    [InlineData("""{"payload":1}""", "line 7, its payload: it is no event of a Kinesis stream")]
    [InlineData(
        """{"payload":{"Records":[{}]}}""",
        "line 7, its payload: Records[0] has no kinesis.sequenceNumber, as a record of a Kinesis stream has"
    )]
    [InlineData("""{"data":"","shard":"\ud800"}""", "line 7 has text that is not UTF-8")]
    [InlineData("""{"data":"\ud800"}""", "line 7 has text that is not UTF-8")]
    [InlineData("""{"payload":"\udc00"}""", "line 7 has text that is not UTF-8")]
    [InlineData(
        """{"payload":{"Records":[{"kinesis":{"sequenceNumber":"\ud800"}}]}}""",
        "line 7, its payload: it has text that is not UTF-8"
    )]
    public void What_is_none_of_them_is_refused_with_its_line(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    [Fact]
    public void Damaged_lines_are_refused_and_nothing_worse() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                var invocation = new JsonObject { ["payload"] = Event }.ToJsonString();
                var text = random.GetItems([Own, Firehose, invocation, $$"""{"payload":{{Event}}}"""], 1)[0];
                var bytes = Encoding.UTF8.GetBytes(text).ToList();
                for (var hits = random.Next(1, 5); hits > 0; hits--)
                {
                    var at = random.Next(bytes.Count);
                    switch (random.Next(4))
                    {
                        case 0:
                            bytes[at] = (byte)random.Next(256);
                            break;
                        case 1:
                            bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Next(1, 9)));
                            break;
                        case 2:
                            bytes.InsertRange(at, "\\ud800"u8.ToArray());
                            break;
                        default:
                            bytes[at] = "{}[]\",:0\\"u8[random.Next(9)];
                            break;
                    }
                }

                try
                {
                    _ = BackupForms.Read(bytes.ToArray(), 1).ToList();
                }
                catch (InvalidDataException e)
                {
                    Assert.StartsWith("line 1", e.Message, StringComparison.Ordinal);
                }
            },
            tests: 5000
        );

    private static List<BackupLine> Read(string text) => [.. BackupForms.Read(Encoding.UTF8.GetBytes(text), 7)];
}
