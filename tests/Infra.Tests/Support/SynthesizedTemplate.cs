using System.Text.Json.Nodes;
using Amazon.CDK.Assertions;

namespace Infra.Tests.Support;

/// <param name="Template">For CDK's assertions.</param>
/// <param name="Json">The template as it was written.</param>
/// <param name="Folder">cdk.out.</param>
public sealed record SynthesizedTemplate(Template Template, JsonObject Json, string Folder)
{
    /// <summary>The resources of a type, by logical id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Resources(string type) =>
        Json["Resources"]!
            .AsObject()
            .Where(resource => (string?)resource.Value!["Type"] == type)
            .ToDictionary(resource => resource.Key, resource => resource.Value!.AsObject());

    /// <summary>The properties of the only resource of a type.</summary>
    public JsonObject Only(string type) => Assert.Single(Resources(type)).Value["Properties"]!.AsObject();

    /// <summary>The functions that run the hub's executable.</summary>
    public IReadOnlyDictionary<string, JsonObject> HubFunctions() =>
        Resources("AWS::Lambda::Function")
            .Where(function =>
                function.Value["Properties"]!["Environment"]?["Variables"]?["ALERTHUB_FUNCTION"] is not null
            )
            .ToDictionary();

    /// <summary>Every statement of the roles' policies, with the logical id of its role or policy.</summary>
    public IEnumerable<(string Id, JsonObject Statement)> IdentityStatements() =>
        Resources("AWS::IAM::Role")
            .SelectMany(role =>
                (role.Value["Properties"]!["Policies"]?.AsArray() ?? []).Select(policy =>
                    (role.Key, Document: policy!["PolicyDocument"]!)
                )
            )
            .Concat(
                Resources("AWS::IAM::Policy")
                    .Select(policy => (policy.Key, Document: policy.Value["Properties"]!["PolicyDocument"]!))
            )
            .SelectMany(policy => Statements(policy.Document).Select(statement => (policy.Key, statement)));

    public static IEnumerable<JsonObject> Statements(JsonNode document) =>
        document["Statement"]!.AsArray().Select(statement => statement!.AsObject());

    /// <summary>A value that CloudFormation allows as one text or a list of them.</summary>
    public static IReadOnlyList<JsonNode> List(JsonNode? value) =>
        value switch
        {
            null => [],
            JsonArray array => [.. array.Select(item => item!)],
            _ => [value],
        };

    /// <summary>The text of a value with Fn::Join, Ref and Fn::GetAtt written out as ${...}.</summary>
    public static string Flat(JsonNode? value) =>
        value switch
        {
            null => "",
            JsonValue text => text.ToString(),
            JsonArray items => string.Concat(items.Select(Flat)),
            JsonObject { Count: 1 } call when call["Fn::Join"] is JsonArray join => Flat(join[1]),
            JsonObject { Count: 1 } call when call["Ref"] is { } name => $"${{{name}}}",
            JsonObject { Count: 1 } call when call["Fn::GetAtt"] is JsonArray path => $"${{{path[0]}.{path[1]}}}",
            _ => value.ToJsonString(),
        };
}
