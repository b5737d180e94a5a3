using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>
/// The first record of a batch that Kinesis shall deliver again, with all that follow it. An empty list, or none, means
/// that all were handled. Needs <c>ReportBatchItemFailures</c> on the event source mapping.
/// </summary>
public class StreamsEventResponse
{
    [JsonPropertyName("batchItemFailures")]
    public IList<BatchItemFailure>? BatchItemFailures { get; set; }

    public class BatchItemFailure
    {
        /// <summary>The sequence number.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string? ItemIdentifier { get; set; }
    }
}
