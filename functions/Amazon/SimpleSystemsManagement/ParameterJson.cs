using System.Text.Json;
using Amazon.AwsJson;
using Amazon.SimpleSystemsManagement.Model;

namespace Amazon.SimpleSystemsManagement;

/// <summary>The operations' bodies, as in https://docs.aws.amazon.com/systems-manager/latest/APIReference.</summary>
internal static class ParameterJson
{
    public static byte[] Write(GetParameterRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("Name", request.Name);
            writer.WriteOptional("WithDecryption", request.WithDecryption);
        });

    public static byte[] Write(GetParametersByPathRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("Path", request.Path);
            writer.WriteOptional("Recursive", request.Recursive);
            writer.WriteOptional("WithDecryption", request.WithDecryption);
            writer.WriteOptional("MaxResults", request.MaxResults);
            writer.WriteOptional("NextToken", request.NextToken);
        });

    public static GetParameterResponse ReadParameter(JsonElement root) =>
        new() { Parameter = root.Optional("Parameter") is { } parameter ? Read(parameter) : null };

    public static GetParametersByPathResponse ReadParameters(JsonElement root) =>
        new() { Parameters = root.OptionalList("Parameters", Read), NextToken = root.OptionalString("NextToken") };

    private static Parameter Read(JsonElement parameter) =>
        new()
        {
            ARN = parameter.OptionalString("ARN"),
            DataType = parameter.OptionalString("DataType"),
            LastModifiedDate = parameter.OptionalTime("LastModifiedDate"),
            Name = parameter.OptionalString("Name"),
            Selector = parameter.OptionalString("Selector"),
            SourceResult = parameter.OptionalString("SourceResult"),
            Type = parameter.OptionalString("Type") is { } type ? new ParameterType(type) : null,
            Value = parameter.OptionalString("Value"),
            Version = parameter.Optional("Version")?.GetInt64(),
        };
}
