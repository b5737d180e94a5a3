using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Access;

/// <summary>All that the policies of a role say.</summary>
internal sealed class RolePolicy(string roleName, IReadOnlyList<PolicyStatement> statements)
{
    // What Lambda itself does with a role leaves no trace at the gate.
    private static readonly string[] Unseen = ["logs:", "xray:"];

    private static readonly Dictionary<string, string[]> Managed = new()
    {
        ["AWSLambdaBasicExecutionRole"] = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        ["AWSXRayDaemonWriteAccess"] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    };

    public string RoleName => roleName;

    /// <summary>Allowed and never done.</summary>
    public IEnumerable<string> Unused =>
        statements
            .SelectMany(static statement => statement.Unused)
            .Where(static what => !Array.Exists(Unseen, what.StartsWith))
            .Distinct();

    /// <summary>The inline policies of a role, and the policies elsewhere that name it.</summary>
    /// <exception cref="TemplateException">There is something that this box does not know.</exception>
    public static RolePolicy Of(
        StackResource role,
        IReadOnlyList<StackTemplate> stacks,
        TemplateValues values,
        Physical physical
    )
    {
        var properties = values.Properties(role);
        Properties.Check(
            properties,
            $"{role}",
            "AssumeRolePolicyDocument",
            "Description",
            "ManagedPolicyArns",
            "MaxSessionDuration",
            "Path",
            "Policies",
            "RoleName",
            "Tags"
        );
        List<PolicyStatement> statements = [];
        foreach (var policy in properties["Policies"] as JsonArray ?? [])
        {
            Add(policy!["PolicyDocument"], $"{role}, policy '{policy["PolicyName"]}'");
        }

        foreach (var arn in properties["ManagedPolicyArns"] as JsonArray ?? [])
        {
            var name = ((string)arn!).Split('/')[^1];
            statements.Add(
                Managed.TryGetValue(name, out var actions)
                    ? new(
                        new()
                        {
                            ["Effect"] = "Allow",
                            ["Action"] = new JsonArray([.. actions.Select(static a => JsonValue.Create(a))]),
                            ["Resource"] = "*",
                        },
                        $"{role}"
                    )
                    : throw new TemplateException($"{role}: the managed policy '{name}' is not known here.")
            );
        }

        foreach (
            var policy in stacks
                .SelectMany(static stack => stack.Resources)
                .Where(static r => r.Type is "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::RolePolicy")
                .Where(values.Holds)
        )
        {
            var attached = values.Properties(policy);
            if (StatementList.Of(attached["Roles"] ?? attached[nameof(RoleName)]).Contains(physical.Name(role)))
            {
                Add(attached["PolicyDocument"], $"{policy}");
            }
        }

        return new(physical.Name(role), statements);

        void Add(JsonNode? document, string where) =>
            statements.AddRange(
                (
                    document?["Statement"] switch
                    {
                        JsonArray several => several.Select(static each => (JsonObject)each!),
                        JsonObject one => [one],
                        _ => throw new TemplateException($"{where} has no statements."),
                    }
                ).Select(statement => new PolicyStatement(statement, where))
            );
    }

    /// <summary>A Deny that covers it stands above every Allow; without either it is denied.</summary>
    public bool Allows(string action, string resource, IReadOnlyDictionary<string, string> context)
    {
        var covering = statements.Where(statement => statement.Covers(action, resource, context)).ToArray();
        return covering is not [] && Array.TrueForAll(covering, static statement => statement.Allows);
    }
}
