using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A batch of which some messages were refused is a success; each must be looked at.</summary>
public sealed class SendMessageBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry>? Failed { get; set; }

    public List<SendMessageBatchResultEntry>? Successful { get; set; }
}
