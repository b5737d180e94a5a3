using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>What a subscription filter of CloudWatch Logs hands to a function.</summary>
public sealed class LogLines
{
    [Fact]
    public void Each_line_is_a_message_that_knows_its_log_group()
    {
        var messages = Envelope.Open(Event(Lines("one", "two")), Some.Now);

        Assert.Equal(["one", "two"], messages.Select(static message => Encoding.UTF8.GetString(message.Body.Span)));
        Assert.Equal(["0", "1"], messages.Select(static message => message.Id));
        Assert.All(messages, static message => Assert.Equal("/aws/lambda/orders", message.Subject));
    }

    public static TheoryData<string> Others { get; } =
    [
        """{"awslogs":{"data":"not base64"}}""",
        """{"awslogs":{"data":"bm90IGd6aXA="}}""",
        """{"awslogs":{"data":7}}""",
        Encoding.UTF8.GetString(Event("no JSON")),
        Encoding.UTF8.GetString(Event(Lines())),
        Encoding.UTF8.GetString(
            Event("""{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","message":"a check"}]}""")
        ),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_only_looks_like_it_is_shown_as_it_came(string text) =>
        Assert.Equal(
            text,
            Encoding.UTF8.GetString(Assert.Single(Envelope.Open(Encoding.UTF8.GetBytes(text), Some.Now)).Body.Span)
        );

    [Fact]
    public void What_would_inflate_to_more_than_lines_can_have_is_not()
    {
        var bomb = Event(Lines(new string('a', 32 * 1024 * 1024)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(bomb, Assert.Single(Envelope.Open(bomb, Some.Now)).Body.ToArray());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    private static string Lines(params string[] messages) =>
        JsonSerializer.Serialize(
            new
            {
                messageType = "DATA_MESSAGE",
                owner = "123456789012",
                logGroup = "/aws/lambda/orders",
                logEvents = messages.Select(
                    static (message, i) =>
                        new
                        {
                            id = $"{i}",
                            timestamp = 1773457827004,
                            message,
                        }
                ),
            }
        );

    private static byte[] Event(string lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        }

        return Encoding.UTF8.GetBytes($$"""{"awslogs":{"data":"{{Convert.ToBase64String(packed.ToArray())}}"} }""");
    }
}
