using System.Text.Json.Serialization;

namespace Amazon.Lambda.SQSEvents;

/// <summary>
/// The messages of a batch that SQS shall deliver again; an empty list means that all were handled. Needs
/// <c>ReportBatchItemFailures</c> on the event source mapping, without which SQS takes any answer for success.
/// </summary>
public class SQSBatchResponse(List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
{
    public SQSBatchResponse()
        : this([]) { }

    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; set; } = batchItemFailures;

    public class BatchItemFailure
    {
        /// <summary>The message id. An empty or unknown one makes SQS deliver the whole batch again.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string? ItemIdentifier { get; set; }
    }
}
