using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;

namespace Hosts.Tests.Amazon;

/// <summary>As a function with these types reads and writes.</summary>
internal static class EventJson
{
    public static readonly SourceGeneratorLambdaJsonSerializer<Events> Serializer = new();

    public static T Read<T>(string json) => Serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    public static string Write<T>(T answer)
    {
        var stream = new MemoryStream();
        Serializer.Serialize(answer, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

internal sealed record Oddities
{
    public string? XAmzId2 { get; init; }

    public byte[]? SomeBytes { get; init; }

    public MemoryStream? Stream { get; init; }

    public DateTime? When { get; init; }
}

// Two packages have types of the same short name, which must be told apart in one context.
[JsonSerializable(typeof(SQSEvent.MessageAttribute), TypeInfoPropertyName = "SqsMessageAttribute")]
[JsonSerializable(typeof(StreamsEventResponse.BatchItemFailure), TypeInfoPropertyName = "StreamsBatchItemFailure")]
[JsonSerializable(typeof(SNSEvent))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
[JsonSerializable(typeof(CloudWatchEvent<JsonElement>))]
[JsonSerializable(typeof(Oddities))]
internal sealed partial class Events : JsonSerializerContext;
