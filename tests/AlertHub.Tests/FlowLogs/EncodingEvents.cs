using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FlowLogs.Commands;
using FlowLogs.Encoding;
using FlowLogs.Records;

namespace AlertHub.Tests.FlowLogs;

/// <summary>Events one after another, what they are filed under, and the command that shows them.</summary>
public sealed class EncodingEvents
{
    private const string Line =
        "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";

    [Fact]
    public void Each_event_can_be_cut_out_and_knows_its_record()
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(FlowFormat.Default, new());
        for (var round = 0; round < 2; round++)
        {
            events.Clear();
            for (var i = 0; i < 3000; i++)
            {
                encoder.Append(events, i / 7, Encoding.UTF8.GetBytes($"id-{i}"), i, Encoding.UTF8.GetBytes(Line));
            }

            Assert.Equal(3000, events.Count);
            for (var i = 0; i < 3000; i += 111)
            {
                Assert.Equal(i / 7, events.Origin(i));
                using var json = JsonDocument.Parse(events.Text(i, i + 1));
                Assert.Equal($"id-{i}", json.RootElement.GetProperty("fields").GetProperty("cwl_id").GetString());
            }

            Assert.Equal(events.LengthBytes, events.Text(0, 3000).Length);
            Assert.True(events.Text(5, 5).IsEmpty);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => events.Origin(3000));
        Assert.Throws<ArgumentOutOfRangeException>(() => events.Text(0, 3001));
    }

    [Fact]
    public void An_event_is_filed_under_what_the_templates_say()
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(
            FlowFormat.Default,
            new()
            {
                Host = "{interface_id}",
                Source = "{log_group}/{account}/{region}",
                Sourcetype = "t",
                Index = "flows_{account}",
            }
        );
        encoder.Begin(new("a\"b", "eni-9-all", "42") { Region = "eu-west-1" });
        encoder.Append(events, 0, [], 0, Encoding.UTF8.GetBytes(Line));
        encoder.Append(events, 0, [], 0, Encoding.UTF8.GetBytes("broken"));

        Assert.StartsWith(
            """{"time":0.000,"host":"eni-1","source":"a\"b/42/eu-west-1","sourcetype":"t","index":"flows_42","event":"2 """,
            Encoding.UTF8.GetString(events.Text(0, 1).Span),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            """{"time":0.000,"host":"eni-9-all",""",
            Encoding.UTF8.GetString(events.Text(1, 2).Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Templates_that_cannot_be_filled_are_all_told()
    {
        var error = Assert.Throws<FormatException>(() =>
            new HecMetadata
            {
                Host = "{vpc}",
                Source = " ",
                Index = "a{b",
            }.Checked()
        );

        Assert.Contains("host \"{vpc}\": \"{vpc}\" at position 1 is none of", error.Message, StringComparison.Ordinal);
        Assert.Contains("source \" \": is empty", error.Message, StringComparison.Ordinal);
        Assert.Contains("index \"a{b\": the brace at position 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Line, 0, 1, "")]
    [InlineData(Line + "\r\n\n" + Line + "\n", 0, 2, "")]
    [InlineData(Line + "\n2 x\n", 1, 2, "line 2 ends before \"interface-id\"")]
    [InlineData("""{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"1","message":"x"}]}""", 0, 0, "")]
    [InlineData(
        """{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":5,"message":"x"}]}""",
        1,
        1,
        "line 1 "
    )]
    [InlineData("""{"messageType":"DATA_MESSAGE"}""", 2, 0, "it has no logEvents")]
    [InlineData("{", 2, 0, "flowlogs: ")]
    public void The_command_writes_an_event_for_each_line(string input, int code, int events, string said)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(input), Gzip(input) })
        {
            var (exit, output, errors) = Run(bytes, "convert");

            Assert.Equal(code, exit);
            Assert.Equal(events, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.Contains(said, errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("convert --help", 0, "")]
    [InlineData("--help", 0, "")]
    [InlineData("convert --colour red", 2, "\"--colour\" is no option.")]
    [InlineData("convert --format", 2, "\"--format\" is without value.")]
    [InlineData("convert --index {x}", 2, "index \"{x}\"")]
    [InlineData("convert a b", 2, "\"b\" is a second file")]
    [InlineData("convert /nowhere/at-all", 2, "/nowhere/at-all")]
    [InlineData("revert", 2, "\"revert\" is no command")]
    public void What_the_command_does_not_understand_it_says(string words, int code, string said)
    {
        var (exit, _, errors) = Run([], words.Split(' '));

        Assert.Equal(code, exit);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_a_stream_is_read_to_the_lines_in_it()
    {
        var message = Gzip(
            $$"""{"messageType":"DATA_MESSAGE","owner":"123456789010","logGroup":"/vpc","logStream":"eni-1","logEvents":[{"id":"77","timestamp":5,"message":"{{Line}}"}]}"""
        );
        var (exit, output, errors) = Run(
            Encoding.UTF8.GetBytes(
                $$$"""{"Records":[{"kinesis":{"sequenceNumber":"1","data":"{{{Convert.ToBase64String(message)}}}"}}]}"""
            ),
            "convert"
        );

        Assert.Equal((0, ""), (exit, errors));
        using var json = JsonDocument.Parse(output);
        Assert.Equal("/vpc:eni-1", json.RootElement.GetProperty("source").GetString());
        Assert.Equal("77", json.RootElement.GetProperty("fields").GetProperty("cwl_id").GetString());
    }

    [Fact]
    public void Records_that_cannot_be_read_are_named_and_the_others_are_read()
    {
        var message = Gzip(
            $$"""{"messageType":"DATA_MESSAGE","owner":"123456789010","logGroup":"/vpc","logStream":"eni-1","logEvents":[{"id":"77","timestamp":5,"message":"{{Line}}"}]}"""
        );
        var (exit, output, errors) = Run(
            Encoding.UTF8.GetBytes(
                $$$"""{"Records":[{"kinesis":{"sequenceNumber":"49","data":"eHg="}},{"kinesis":{"sequenceNumber":"50","data":"*"}},{"kinesis":{"sequenceNumber":"51","data":"{{{Convert.ToBase64String(message)}}}"}}]}"""
            ),
            "convert"
        );

        Assert.Equal(2, exit);
        Assert.Contains("record 49: it is not JSON", errors, StringComparison.Ordinal);
        Assert.Contains("record 50: its data are not base64", errors, StringComparison.Ordinal);
        Assert.Contains("\"cwl_id\":\"77\"", output, StringComparison.Ordinal);
    }

    private static (int Exit, string Output, string Errors) Run(byte[] input, params string[] words)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exit = Conversion.Run(words, new MemoryStream(input), output, errors);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
