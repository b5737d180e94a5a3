using Amazon.Runtime;

namespace Amazon.SQS.Model;

public sealed class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>Null when there are none.</summary>
    public List<Message>? Messages { get; set; }
}
