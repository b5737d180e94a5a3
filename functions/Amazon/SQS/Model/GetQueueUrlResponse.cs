using Amazon.Runtime;

namespace Amazon.SQS.Model;

public sealed class GetQueueUrlResponse : AmazonWebServiceResponse
{
    public string? QueueUrl { get; set; }
}
