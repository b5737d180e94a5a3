using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box;

/// <summary>
/// What resources themselves allow to services of AWS: queues by their policies, functions by permissions. The emulators
/// deliver without asking, so the box asks, when it deploys.
/// </summary>
internal sealed class Grants(IReadOnlyList<StackResource> resources, TemplateValues values)
{
    /// <exception cref="TemplateException">In AWS nothing would ever arrive there.</exception>
    public void QueueTakes(string queueUrl, string queueArn, string service, string sourceArn)
    {
        var statements =
            from policy in resources
            where policy.Type == "AWS::SQS::QueuePolicy"
            let properties = values.Properties(policy)
            where StatementList.Of(properties["Queues"]).Contains(queueUrl)
            from statement in properties["PolicyDocument"]!["Statement"]!.AsArray()
            select statement;
        if (
            !statements.Any(statement =>
                (string?)statement["Effect"] == "Allow"
                && Covers(statement["Principal"]?["Service"], service)
                && Covers(statement["Action"], "sqs:SendMessage")
                && Covers(statement["Resource"], queueArn)
                && Source(statement["Condition"], sourceArn)
            )
        )
        {
            throw new TemplateException(
                $"No policy of the queue '{queueArn}' lets {service} send to it for '{sourceArn}'."
            );
        }
    }

    /// <param name="function">Its name or ARN, as a permission may have either.</param>
    /// <param name="service">As in <c>events.amazonaws.com</c>.</param>
    /// <param name="sourceArn">What invokes it.</param>
    /// <exception cref="TemplateException">In AWS it would never be invoked.</exception>
    public void FunctionTakes((string Name, string Arn) function, string service, string sourceArn)
    {
        if (
            !resources
                .Where(static resource => resource.Type == "AWS::Lambda::Permission")
                .Select(values.Properties)
                .Any(permission =>
                    ((string?)permission["FunctionName"] is var name && (name == function.Name || name == function.Arn))
                    && (string?)permission["Action"] == "lambda:InvokeFunction"
                    && (string?)permission["Principal"] == service
                    && (
                        permission["SourceArn"] is not { } source
                        || FileSystemName.MatchesSimpleExpression((string)source!, sourceArn, ignoreCase: false)
                    )
                )
        )
        {
            throw new TemplateException($"No permission lets {service} invoke '{function.Name}' for '{sourceArn}'.");
        }
    }

    private static bool Covers(JsonNode? patterns, string value) =>
        StatementList
            .Of(patterns)
            .Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false));

    private static bool Source(JsonNode? condition, string sourceArn) =>
        (condition as JsonObject ?? []).All(test =>
            (test.Value as JsonObject ?? []).All(key =>
                key.Key.ToLowerInvariant() switch
                {
                    "aws:sourcearn" => Covers(key.Value, sourceArn),
                    "aws:sourceaccount" => Covers(key.Value, Physical.Account),
                    "aws:securetransport" => true,
                    _ => throw new TemplateException(
                        $"The condition key '{key.Key}' of a queue's policy is not played."
                    ),
                }
            )
        );
}
