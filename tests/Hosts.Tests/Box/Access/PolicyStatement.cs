using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Access;

/// <summary>A statement of a policy, and what of it was used.</summary>
internal sealed class PolicyStatement
{
    private readonly string[] actions;
    private readonly string[] resources;
    private readonly PolicyConditions conditions;
    private readonly ConcurrentDictionary<string, bool> used = [];

    /// <param name="json">Resolved.</param>
    /// <param name="where">For an error.</param>
    /// <exception cref="TemplateException">It has something that this box does not know.</exception>
    public PolicyStatement(JsonObject json, string where)
    {
        foreach (var (member, _) in json)
        {
            if (member is not ("Effect" or "Action" or "Resource" or "Condition" or "Sid"))
            {
                throw new TemplateException($"{where}: '{member}' of a statement is not played.");
            }
        }

        Allows = (string?)json["Effect"] switch
        {
            "Allow" => true,
            "Deny" => false,
            var other => throw new TemplateException($"{where}: the effect '{other}' is neither Allow nor Deny."),
        };
        actions = StatementList.Of(json["Action"]);
        resources = StatementList.Of(json["Resource"]);
        conditions = new(json["Condition"], where);
    }

    public bool Allows { get; }

    /// <summary>What it allows and nobody did: actions on all of its resources, then resources without any action.</summary>
    public IEnumerable<string> Unused =>
        Allows
            ?
            [
                .. actions
                    .Where(action => !used.ContainsKey(action))
                    .Select(action => $"{action} on {string.Join(", ", resources)}"),
                .. resources
                    .Where(resource => !used.IsEmpty && !used.ContainsKey(resource))
                    .Select(resource => $"anything on {resource}"),
            ]
            : [];

    /// <param name="action">As in <c>sqs:SendMessage</c>.</param>
    /// <param name="resource">ARN, or <c>*</c> where the action knows no resources.</param>
    /// <param name="context">Condition keys in lower case.</param>
    public bool Covers(string action, string resource, IReadOnlyDictionary<string, string> context)
    {
        var byAction = Array.FindAll(
            actions,
            pattern => FileSystemName.MatchesSimpleExpression(pattern, action, ignoreCase: true)
        );
        var byResource = Array.FindAll(
            resources,
            pattern => FileSystemName.MatchesSimpleExpression(pattern, resource, ignoreCase: false)
        );
        if (byAction is [] || byResource is [] || !conditions.Hold(context))
        {
            return false;
        }

        foreach (var pattern in (string[])[.. byAction, .. byResource])
        {
            used[pattern] = true;
        }

        return true;
    }
}
