using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;

namespace Hosts.Tests.Amazon;

public sealed class LambdaSerializerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"Records":[{"Sns":{"Timestamp":"yesterday"}}]}""")]
    [InlineData("""{"Records":[{"Sns":{"Timestamp":true}}]}""")]
    public void What_is_not_such_an_event_is_an_error_that_names_the_type(string json)
    {
        var exception = Assert.Throws<JsonSerializerException>(() => EventJson.Read<SNSEvent>(json));

        Assert.StartsWith(
            "Error converting the Lambda event JSON payload to type Amazon.Lambda.SNSEvents.SNSEvent: ",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named()
    {
        var exception = Assert.Throws<JsonSerializerException>(() => EventJson.Read<Uri>("\"x\""));

        Assert.Contains("[JsonSerializable(typeof(Uri))]", exception.Message, StringComparison.Ordinal);
        Assert.Throws<JsonSerializerException>(() => EventJson.Write(new Uri("http://x")));
    }

    [Fact]
    public void A_stream_that_is_not_in_memory_is_read_too()
    {
        using var file = new BufferedStream(new MemoryStream("""{"Records":[]}"""u8.ToArray()));

        Assert.Empty(EventJson.Serializer.Deserialize<SQSEvent>(file).Records ?? [new()]);
    }

    public static TheoryData<string, object> Answers =>
        new()
        {
            { """{"batchItemFailures":[]}""", new SQSBatchResponse() },
            {
                """{"batchItemFailures":[{"itemIdentifier":"059f36b4"}]}""",
                new SQSBatchResponse([new() { ItemIdentifier = "059f36b4" }])
            },
            { "{}", new StreamsEventResponse() },
            {
                """{"batchItemFailures":[{"itemIdentifier":"49590338"}]}""",
                new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "49590338" }] }
            },
            {
                """{"statusCode":204,"isBase64Encoded":false}""",
                new APIGatewayHttpApiV2ProxyResponse { StatusCode = 204 }
            },
            {
                """{"statusCode":200,"headers":{"content-type":"text/plain"},"cookies":["a=1; Secure"],"body":"<Grüße> & \"+\"","isBase64Encoded":false}""",
                new APIGatewayHttpApiV2ProxyResponse
                {
                    StatusCode = 200,
                    Headers = new Dictionary<string, string> { ["content-type"] = "text/plain" },
                    Cookies = ["a=1; Secure"],
                    Body = "<Grüße> & \"+\"",
                }
            },
        };

    [Theory]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public void Answers_are_written_as_Lambda_expects_them_and_read_back(string json, object answer)
    {
        var (written, again) = answer switch
        {
            SQSBatchResponse batch => (EventJson.Write(batch), EventJson.Write(EventJson.Read<SQSBatchResponse>(json))),
            StreamsEventResponse batch => (
                EventJson.Write(batch),
                EventJson.Write(EventJson.Read<StreamsEventResponse>(json))
            ),
            APIGatewayHttpApiV2ProxyResponse http => (
                EventJson.Write(http),
                EventJson.Write(EventJson.Read<APIGatewayHttpApiV2ProxyResponse>(json))
            ),
            _ => throw new InvalidOperationException(),
        };

        Assert.Equal(json, written);
        Assert.Equal(json, again);
    }

    [Fact]
    public void Names_are_camel_case_bytes_are_numbers_and_streams_base64()
    {
        var written = EventJson.Write(
            new Oddities
            {
                XAmzId2 = "i",
                SomeBytes = [1, 255],
                Stream = new MemoryStream("Hello"u8.ToArray()),
            }
        );

        Assert.Equal("""{"x-amz-id-2":"i","someBytes":[1,255],"stream":"SGVsbG8="}""", written);
        Assert.Equal([1, 255], EventJson.Read<Oddities>(written).SomeBytes ?? []);
        Assert.Equal([1, 255], EventJson.Read<Oddities>("""{"SOMEBYTES":"Af8="}""").SomeBytes ?? []);
        Assert.Equal(written, EventJson.Write(EventJson.Read<Oddities>(written)));
    }

    [Theory]
    [InlineData("1767323045", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("1767323045678", "2026-01-02T03:04:05.6780000Z")]
    [InlineData("1767323045.5", "2026-01-02T03:04:05.5000000Z")]
    [InlineData("\"2026-01-02T03:04:05Z\"", "2026-01-02T03:04:05.0000000Z")]
    public void Times_are_ISO_8601_or_epoch_seconds_or_milliseconds(string json, string expected)
    {
        var read = EventJson.Read<Oddities>($$"""{"when":{{json}}}""");

        Assert.Equal(expected, read.When?.ToString("O"));
    }

    [Fact]
    public void The_options_can_be_customised()
    {
        var stream = new MemoryStream();
        new SourceGeneratorLambdaJsonSerializer<Events>(options => options.PropertyNamingPolicy = null).Serialize(
            new Oddities { XAmzId2 = "i" },
            stream
        );

        Assert.Equal("""{"XAmzId2":"i"}""", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
