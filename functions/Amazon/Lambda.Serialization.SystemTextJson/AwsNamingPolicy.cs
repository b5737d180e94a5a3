using System.Text.Json;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Camel case, but for the two names of S3 events that are headers.</summary>
public sealed class AwsNamingPolicy : JsonNamingPolicy
{
    public override string ConvertName(string name) =>
        name switch
        {
            "XAmzId2" => "x-amz-id-2",
            "XAmzRequestId" => "x-amz-request-id",
            _ => CamelCase.ConvertName(name),
        };
}
