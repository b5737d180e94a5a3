using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement.Model;

public sealed class GetParameterResponse : AmazonWebServiceResponse
{
    public Parameter? Parameter { get; set; }
}
