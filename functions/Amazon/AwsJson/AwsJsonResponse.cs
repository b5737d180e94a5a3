using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.AwsJson;

internal sealed class AwsJsonResponse
{
    public required HttpStatusCode Status { get; init; }

    public required string RequestId { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Fills in what all responses have.</summary>
    public T Describe<T>(T response)
        where T : AmazonWebServiceResponse
    {
        response.HttpStatusCode = Status;
        response.ContentLength = Body.Length;
        response.ResponseMetadata = new ResponseMetadata { RequestId = RequestId };
        return response;
    }

    /// <summary>Operations without output answer <c>{}</c> or nothing.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Body.Length == 0 ? "{}"u8.ToArray() : Body);
}
