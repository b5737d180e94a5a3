using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>
/// Amazon SQS, the work with messages. A queue is named by its URL, but asked at the endpoint of the client.
/// </summary>
public interface IAmazonSQS : IDisposable
{
    /// <exception cref="MessageNotInflightException">The message is visible again, or deleted.</exception>
    /// <exception cref="ReceiptHandleIsInvalidException">The receipt handle is none of this queue's.</exception>
    Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        ChangeMessageVisibilityRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>A message that is gone already is deleted without complaint.</summary>
    /// <exception cref="ReceiptHandleIsInvalidException">The receipt handle is none of this queue's.</exception>
    Task<DeleteMessageResponse> DeleteMessageAsync(
        DeleteMessageRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Some may fail although the call succeeds.</summary>
    Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        DeleteMessageBatchRequest request,
        CancellationToken cancellationToken = default
    );

    Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        GetQueueAttributesRequest request,
        CancellationToken cancellationToken = default
    );

    /// <exception cref="QueueDoesNotExistException">There is none of that name.</exception>
    Task<GetQueueUrlResponse> GetQueueUrlAsync(
        GetQueueUrlRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Messages that nobody else gets until their visibility timeout is over.</summary>
    Task<ReceiveMessageResponse> ReceiveMessageAsync(
        ReceiveMessageRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// A try whose answer was lost is repeated: a queue that is not FIFO may then hold the message twice.
    /// </summary>
    /// <exception cref="InvalidMessageContentsException">The body has letters that XML 1.0 does not allow.</exception>
    /// <exception cref="QueueDoesNotExistException">There is no such queue.</exception>
    Task<SendMessageResponse> SendMessageAsync(
        SendMessageRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Some may fail although the call succeeds.</summary>
    /// <exception cref="BatchRequestTooLongException">The messages are together longer than SQS takes.</exception>
    Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request,
        CancellationToken cancellationToken = default
    );
}
