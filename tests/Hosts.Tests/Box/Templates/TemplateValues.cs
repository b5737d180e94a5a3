using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Templates;

/// <summary>
/// The values of templates that refer to one another: intrinsic functions, parameters, conditions, mappings, exports.
/// Whatever is not known is an error that names it.
/// </summary>
/// <param name="stacks">All that may refer to one another.</param>
/// <param name="physical">What the resources are called.</param>
/// <param name="parameters">Given at the deployment, by name; others have their default.</param>
internal sealed class TemplateValues(
    IReadOnlyList<StackTemplate> stacks,
    Physical physical,
    IReadOnlyDictionary<string, string>? parameters = null
)
{
    private readonly Physical physical = physical;

    // A value that is not there: a member or an element that has it is left out.
    private static readonly JsonNode NoValue = JsonValue.Create("AWS::NoValue");

    public JsonObject Properties(StackResource resource) =>
        (JsonObject)Of(resource.Stack, resource.Properties, resource.ToString())!;

    /// <param name="stack">Whose template it stands in.</param>
    /// <param name="node">As it stands there.</param>
    /// <param name="where">For an error.</param>
    public JsonNode? Of(StackTemplate stack, JsonNode? node, string where) => new Scope(this, stack, where).Of(node);

    /// <summary>Whether the resource is made at all.</summary>
    public bool Holds(StackResource resource) =>
        (string?)resource.Json["Condition"] is not { } name
        || new Scope(this, resource.Stack, resource.ToString()).Condition(name);

    private sealed class Scope(TemplateValues values, StackTemplate stack, string where)
    {
        public JsonNode? Of(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject { Count: 1 } call when IsIntrinsic(call.First().Key):
                    return Call(call.First().Key, call.First().Value);
                case JsonObject members:
                    var result = new JsonObject();
                    foreach (var (name, member) in members)
                    {
                        if (Of(member) is var value && !ReferenceEquals(value, NoValue))
                        {
                            result[name] = value;
                        }
                    }

                    return result;
                case JsonArray elements:
                    return new JsonArray([.. elements.Select(Of).Where(static e => !ReferenceEquals(e, NoValue))]);
                case JsonValue text
                    when text.GetValueKind() == JsonValueKind.String
                        && ((string)text!).Contains("{{resolve:", StringComparison.Ordinal):
                    throw Wrong($"refers to {text}: dynamic references are not played");
                default:
                    return node?.DeepClone();
            }
        }

        public bool Condition(string name) =>
            stack.Section("Conditions")[name] is { } condition
                ? Bool(condition)
                : throw Wrong($"no condition '{name}'");

        private static bool IsIntrinsic(string name) =>
            name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

        private JsonNode? Call(string function, JsonNode? argument) =>
            function switch
            {
                "Ref" => Ref((string)argument!),
                "Fn::GetAtt" => argument is JsonArray path ? Attribute(Text(path[0]), Text(path[1]))
                : ((string)argument!).Split('.', 2) is [var id, var name] ? Attribute(id, name)
                : throw Wrong($"Fn::GetAtt of {argument}"),
                "Fn::Join" => string.Join(Text(argument![0]), List(argument[1]).Select(Text)),
                "Fn::Sub" => Substitute(argument),
                "Fn::Select" => List(argument![1]) is var list
                && int.Parse(Text(argument[0]), System.Globalization.CultureInfo.InvariantCulture) is var index
                && index < list.Count
                    ? list[index]?.DeepClone()
                    : throw Wrong($"Fn::Select: {argument[0]} of {list.Count}"),
                "Fn::Split" => new JsonArray([
                    .. Text(argument![1]).Split(Text(argument[0])).Select(static part => JsonValue.Create(part)),
                ]),
                "Fn::If" => Of(Condition((string)argument![0]!) ? argument[1] : argument[2]),
                "Fn::ImportValue" => values.Import(Text(argument), where),
                "Fn::FindInMap" => stack
                    .Section("Mappings")[Text(argument![0])]
                    ?[Text(argument[1])]?[Text(argument[2])]?.DeepClone()
                    ?? throw Wrong($"no mapping {argument.ToJsonString()}"),
                "Fn::ToJsonString" => Of(argument)!.ToJsonString(),
                _ => throw Wrong($"the function '{function}' is not played"),
            };

        private JsonNode? Ref(string name) =>
            name switch
            {
                "AWS::NoValue" => NoValue,
                _ when Pseudo(name) is { } value => value,
                _ when stack.Find(name) is { } resource => values.physical.Ref(resource),
                _ when stack.Section("Parameters")[name] is JsonObject parameter => Parameter(name, parameter),
                _ => throw Wrong($"refers to '{name}', which is not there"),
            };

        private string? Pseudo(string name) =>
            name switch
            {
                "AWS::Region" => Physical.Region,
                "AWS::AccountId" => Physical.Account,
                "AWS::Partition" => "aws",
                "AWS::URLSuffix" => "amazonaws.com",
                "AWS::StackName" => stack.Name,
                "AWS::StackId" => Physical.Arn("cloudformation", $"stack/{stack.Name}/1"),
                _ when name.StartsWith("AWS::", StringComparison.Ordinal) && name != "AWS::NoValue" => throw Wrong(
                    $"the pseudo parameter '{name}' is not known"
                ),
                _ => null,
            };

        private JsonNode Parameter(string name, JsonObject parameter) =>
            values.Given(name) is { } given ? given
            : parameter["Default"] is { } standard ? standard.DeepClone()
            : throw Wrong($"the parameter '{name}' has no default and was not given");

        private JsonNode Attribute(string id, string name) =>
            stack.Find(id) is { } resource
                ? values.physical.Attribute(resource, name)
                : throw Wrong($"an attribute of '{id}', which is not there");

        private string Substitute(JsonNode? argument)
        {
            var (text, own) = argument is JsonArray pair
                ? ((string)pair[0]!, (JsonObject)pair[1]!)
                : ((string)argument!, []);
            var result = new System.Text.StringBuilder();
            for (var at = 0; ; )
            {
                var open = text.IndexOf("${", at, StringComparison.Ordinal);
                if (open < 0)
                {
                    return result.Append(text, at, text.Length - at).ToString();
                }

                var close = text.IndexOf('}', open);
                var name = close > 0 ? text[(open + 2)..close] : throw Wrong($"Fn::Sub of \"{text}\"");
                result.Append(text, at, open - at);
                result.Append(
                    name switch
                    {
                        ['!', .. var literal] => $"${{{literal}}}",
                        _ when own[name] is { } value => Text(value),
                        _ when name.Split('.', 2) is [var id, var attribute] => Text(Attribute(id, attribute)),
                        _ => Text(Ref(name)),
                    }
                );
                at = close + 1;
            }
        }

        private bool Bool(JsonNode node)
        {
            if (node is not JsonObject { Count: 1 } call)
            {
                throw Wrong($"{node.ToJsonString()} is no condition");
            }

            var (function, argument) = call.First();
            return function switch
            {
                "Condition" => Condition((string)argument!),
                "Fn::Equals" => Text(argument![0]) == Text(argument[1]),
                "Fn::Not" => !Bool(argument![0]!),
                "Fn::And" => argument!.AsArray().All(part => Bool(part!)),
                "Fn::Or" => argument!.AsArray().Any(part => Bool(part!)),
                _ => throw Wrong($"the function '{function}' is not played in a condition"),
            };
        }

        private JsonArray List(JsonNode? node) =>
            Of(node) as JsonArray ?? throw Wrong($"{node?.ToJsonString()} is no list");

        private string Text(JsonNode? node) =>
            Of(node) is JsonValue value && !ReferenceEquals(value, NoValue)
                ? value.ToString()
                : throw Wrong($"{node?.ToJsonString() ?? "null"} is no text");

        private TemplateException Wrong(string what) => new($"{where}: {what}.");
    }

    private string? Given(string parameter) => parameters?.GetValueOrDefault(parameter);

    private JsonNode? Import(string export, string where)
    {
        foreach (var stack in stacks)
        {
            foreach (var (name, output) in stack.Section("Outputs"))
            {
                var at = $"{stack.Name}/Outputs/{name}";
                if (output!["Export"] is { } exported && (string?)Of(stack, exported["Name"], at) == export)
                {
                    return Of(stack, output["Value"], at);
                }
            }
        }

        throw new TemplateException($"{where}: no stack exports '{export}'.");
    }
}
