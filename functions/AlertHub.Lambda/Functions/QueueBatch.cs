using System.Text.Json.Serialization;
using AlertHub.Sources;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace AlertHub.Lambda.Functions;

/// <summary>The messages of an event, and the answer by which SQS deletes some of them and gives the others again.</summary>
internal static class QueueBatch
{
    /// <summary>What came in an event, whatever it is.</summary>
    public static async Task<IReadOnlyList<Inbound>> ReadAsync(Stream input, DateTimeOffset now)
    {
        using var copy = new MemoryStream();
        await input.CopyToAsync(copy).ConfigureAwait(false);
        return Envelope.Open(copy.ToArray(), now);
    }

    /// <param name="failed">Those to give again. All of them come from a queue.</param>
    public static Stream Answer(IReadOnlyCollection<Inbound> failed)
    {
        if (failed.Any(static message => message.Queue?.MessageId is null))
        {
            throw new DeliveryFailedException(
                "a message of the batch was not worked on and has no messageId to give it back by; the whole batch is given back"
            );
        }

        var response = new SQSBatchResponse
        {
            BatchItemFailures =
            [
                .. failed.Select(static message => new SQSBatchResponse.BatchItemFailure
                {
                    ItemIdentifier = message.Queue!.MessageId,
                }),
            ],
        };
        var json = new MemoryStream();
        new SourceGeneratorLambdaJsonSerializer<QueueJson>().Serialize(response, json);
        json.Position = 0;
        return json;
    }
}

/// <summary>Some of an event's messages were not worked on. The message says which and why.</summary>
public sealed class DeliveryFailedException(string message) : Exception(message);

[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class QueueJson : JsonSerializerContext;
