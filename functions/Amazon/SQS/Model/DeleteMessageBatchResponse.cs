using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A batch of which some messages were not deleted is a success; each must be looked at.</summary>
public sealed class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry>? Failed { get; set; }

    public List<DeleteMessageBatchResultEntry>? Successful { get; set; }
}
