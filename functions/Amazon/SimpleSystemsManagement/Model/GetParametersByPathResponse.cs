using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement.Model;

public sealed class GetParametersByPathResponse : AmazonWebServiceResponse
{
    /// <summary>More to come, even if <see cref="Parameters"/> is empty.</summary>
    public string? NextToken { get; set; }

    public List<Parameter>? Parameters { get; set; }
}
