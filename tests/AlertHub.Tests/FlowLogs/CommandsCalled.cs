using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FlowLogs.Commands;

namespace AlertHub.Tests.FlowLogs;

/// <summary>The program as a person calls it.</summary>
public sealed class CommandsCalled
{
    private const string Line =
        "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";

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
    public async Task The_command_writes_an_event_for_each_line(string input, int code, int events, string said)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(input), Gzip(input) })
        {
            var (exit, output, errors) = await RunAsync(bytes, "convert");

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
    [InlineData("convert --sample 0", 2, "--sample is \"0\"; write a number from 1 on.")]
    [InlineData("convert --fields all", 2, "--fields is \"all\"; write none, record or enriched.")]
    [InlineData("convert --keep colour=red", 2, "\"colour=red\": the format has no field \"colour\"")]
    [InlineData("replay refused/", 2, "replay takes --from and a prefix, --folder and a folder, and nothing else.")]
    [InlineData("replay --folder /nowhere/at-all", 2, "there is no folder \"/nowhere/at-all\".")]
    [InlineData("replay", 2, "FLOW_LOGS_HEC_URL is not set")]
    [InlineData("revert", 2, "\"revert\" is no command")]
    public async Task What_the_command_does_not_understand_it_says(string words, int code, string said)
    {
        var (exit, _, errors) = await RunAsync([], words.Split(' '));

        Assert.Equal(code, exit);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_a_stream_is_read_to_the_lines_in_it()
    {
        var message = Gzip(
            $$"""{"messageType":"DATA_MESSAGE","owner":"123456789010","logGroup":"/vpc","logStream":"eni-1","logEvents":[{"id":"77","timestamp":5,"message":"{{Line}}"}]}"""
        );
        var (exit, output, errors) = await RunAsync(
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
    public async Task Records_that_cannot_be_read_are_named_and_the_others_are_read()
    {
        var message = Gzip(
            $$"""{"messageType":"DATA_MESSAGE","owner":"123456789010","logGroup":"/vpc","logStream":"eni-1","logEvents":[{"id":"77","timestamp":5,"message":"{{Line}}"}]}"""
        );
        var (exit, output, errors) = await RunAsync(
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

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(byte[] input, params string[] words)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exit = await Command.RunAsync(words, new MemoryStream(input), output, errors, static _ => null);
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
