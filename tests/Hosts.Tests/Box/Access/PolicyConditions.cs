using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Access;

/// <summary>The condition of a statement. A key that the call has not makes it fail, as in IAM.</summary>
internal sealed class PolicyConditions
{
    private readonly List<(Func<string, string, bool> Matches, string Key, string[] Wanted)> tests = [];

    /// <param name="json">The statement's <c>Condition</c>, resolved; null where there is none.</param>
    /// <param name="where">For an error.</param>
    /// <exception cref="TemplateException">It has an operator or a key that this box does not know.</exception>
    public PolicyConditions(JsonNode? json, string where)
    {
        foreach (var (name, keys) in json as JsonObject ?? [])
        {
            var matches = Operator(name, where);
            foreach (var (key, wanted) in keys as JsonObject ?? [])
            {
                if (!IsKnown(key))
                {
                    throw new TemplateException($"{where}: the condition key '{key}' is not played.");
                }

                tests.Add((matches, key.ToLowerInvariant(), StatementList.Of(wanted)));
            }
        }
    }

    /// <param name="context">By lower-case key.</param>
    public bool Hold(IReadOnlyDictionary<string, string> context) =>
        tests.TrueForAll(test =>
            context.TryGetValue(test.Key, out var value)
            && Array.Exists(test.Wanted, wanted => test.Matches(wanted, value))
        );

    // What a gate can tell of a call: see AwsCall.
    private static bool IsKnown(string key) =>
        key.ToLowerInvariant() is "kms:viaservice" or "aws:securetransport" or "aws:requestedregion"
        || key.StartsWith("kms:EncryptionContext:", StringComparison.OrdinalIgnoreCase);

    private static Func<string, string, bool> Operator(string name, string where) =>
        name switch
        {
            "StringEquals" => static (wanted, value) => wanted == value,
            "StringEqualsIgnoreCase" or "Bool" => static (wanted, value) =>
                wanted.Equals(value, StringComparison.OrdinalIgnoreCase),
            "StringLike" or "ArnLike" or "ArnEquals" => static (wanted, value) =>
                FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: false),
            "StringNotEquals" => static (wanted, value) => wanted != value,
            _ => throw new TemplateException($"{where}: the condition operator '{name}' is not played."),
        };
}
