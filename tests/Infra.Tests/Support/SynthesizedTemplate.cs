using System.Text.Json.Nodes;

namespace Infra.Tests.Support;

/// <param name="Json">The template as it was written.</param>
/// <param name="Folder">cdk.out.</param>
public sealed record SynthesizedTemplate(JsonObject Json, string Folder)
{
    private static readonly FunctionProgram[] Programs =
    [
        FunctionProgram.Hub,
        FunctionProgram.Guard,
        FunctionProgram.FlowLogs,
    ];

    /// <summary>Several templates as one, with what they import from each other in its place.</summary>
    /// <param name="templates">They.</param>
    /// <param name="others">Others that they import from.</param>
    /// <param name="folder">cdk.out.</param>
    public static SynthesizedTemplate Joined(
        IReadOnlyList<JsonObject> templates,
        IReadOnlyList<JsonObject> others,
        string folder
    )
    {
        var joined = new JsonObject();
        var exports = (
            from template in others
            from output in template["Outputs"]?.AsObject() ?? []
            where output.Value!["Export"] is not null
            select output.Value
        ).ToDictionary(output => (string)output["Export"]!["Name"]!, output => output["Value"]!);
        foreach (var section in (string[])["Resources", "Outputs"])
        {
            // That no logical id occurs twice is checked by Add.
            var all = new JsonObject();
            foreach (var (id, part) in templates.SelectMany(template => template[section]?.AsObject() ?? []))
            {
                if (part!["Export"]?["Name"] is { } name)
                {
                    exports.Add((string)name!, part["Value"]!);
                }
                else
                {
                    all.Add(id, part.DeepClone());
                }
            }

            joined.Add(section, all);
        }

        return new(Resolved(joined, exports)!.AsObject(), folder);
    }

    private static JsonNode? Resolved(JsonNode? node, Dictionary<string, JsonNode> exports) =>
        node switch
        {
            JsonObject { Count: 1 } import when import["Fn::ImportValue"] is { } name => exports[(string)name!]
                .DeepClone(),
            JsonObject value => new JsonObject(
                value.Select(member => KeyValuePair.Create(member.Key, Resolved(member.Value, exports)))
            ),
            JsonArray items => new JsonArray([.. items.Select(item => Resolved(item, exports))]),
            _ => node?.DeepClone(),
        };

    /// <summary>The resources of a type, by logical id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Resources(string type) =>
        Json["Resources"]!
            .AsObject()
            .Where(resource => (string?)resource.Value!["Type"] == type)
            .ToDictionary(resource => resource.Key, resource => resource.Value!.AsObject());

    /// <summary>The properties of the only resource of a type.</summary>
    public JsonObject Only(string type) => Assert.Single(Resources(type)).Value["Properties"]!.AsObject();

    /// <summary>The functions that run one of our programs.</summary>
    public IReadOnlyDictionary<string, JsonObject> ProgramFunctions() =>
        Resources("AWS::Lambda::Function")
            .Where(function =>
                function.Value["Properties"]!["Environment"]?["Variables"] is JsonObject variables
                && Programs.Any(program => variables.ContainsKey(program.FunctionVariable))
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

    /// <summary>The same as lines that a person can read, sorted.</summary>
    public IEnumerable<string> PermissionLines() =>
        from statement in IdentityStatements()
        let actions = List(statement.Statement["Action"]).Select(Flat)
        let when = statement.Statement["Condition"] is { } condition ? $" where {condition.ToJsonString()}" : ""
        let effect = (string?)statement.Statement["Effect"] == "Deny" ? "never " : ""
        from resource in List(statement.Statement["Resource"])
        let line = $"{statement.Id} | {effect}{Readable(Flat(resource))}: {string.Join(", ", actions)}{when}"
        orderby line
        select line;

    private static string Readable(string arn) =>
        arn.Replace("arn:${AWS::Partition}:", "", StringComparison.Ordinal)
            .Replace("${AWS::Region}:${AWS::AccountId}:", "", StringComparison.Ordinal);

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
