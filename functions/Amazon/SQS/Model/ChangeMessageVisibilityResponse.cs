using Amazon.Runtime;

namespace Amazon.SQS.Model;

public sealed class ChangeMessageVisibilityResponse : AmazonWebServiceResponse;
