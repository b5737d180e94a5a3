using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Access;

/// <summary>A request to AWS: who asks for what, in IAM's words.</summary>
internal sealed record AwsCall
{
    /// <summary>Access key of the environment that asks.</summary>
    public required string AccessKey { get; init; }

    /// <summary>As it signs: <c>dynamodb</c>, <c>sqs</c>, <c>ssm</c>, <c>monitoring</c>, <c>sns</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Of the API: <c>SendMessageBatch</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What must be allowed, all of it: an action and the ARN that it is done to.</summary>
    public required IReadOnlyList<(string Action, string Resource)> Asks { get; init; }

    /// <summary>Of the function whose environment asks; filled in by the gate.</summary>
    public string Function { get; init; } = "";

    /// <param name="authorization">The header, as SigV4 writes it.</param>
    /// <param name="target">The header <c>X-Amz-Target</c>.</param>
    /// <param name="body">JSON, or an object of the fields of a form.</param>
    public static AwsCall Read(string authorization, string target, JsonObject body)
    {
        var scope = authorization.Split("Credential=") is [_, var rest] ? rest.Split(',')[0].Split('/') : [];
        if (scope is not [var key, _, _, var service, "aws4_request"])
        {
            throw new NotSupportedException($"The request is not signed by SigV4: \"{authorization}\"");
        }

        var operation = target is "" ? (string?)body["Action"] ?? "" : target.Split('.')[^1];
        return new()
        {
            AccessKey = key,
            Service = service,
            Operation = operation,
            Asks = service switch
            {
                "dynamodb" => [.. DynamoDb(operation, body)],
                "sqs" => [Sqs(operation, body)],
                "ssm" => [Ssm(operation, body)],
                "sns" => [($"sns:{operation}", (string?)body["TopicArn"] ?? "*")],
                "monitoring" when operation is "DescribeAlarms" =>
                [
                    ("cloudwatch:DescribeAlarms", Physical.Arn("cloudwatch", "alarm:*")),
                ],
                _ => throw new NotSupportedException($"'{operation}' of '{service}' is not played."),
            },
        };
    }

    private static IEnumerable<(string, string)> DynamoDb(string operation, JsonObject body) =>
        operation switch
        {
            "BatchGetItem" or "BatchWriteItem" => (body["RequestItems"] as JsonObject ?? []).Select(table =>
                ($"dynamodb:{operation}", Table(table.Key))
            ),
            // Each part of a transaction needs what it does alone.
            "TransactWriteItems" or "TransactGetItems" => (body["TransactItems"] as JsonArray ?? []).Select(item =>
            {
                var (kind, part) = ((JsonObject)item!).First();
                return (
                    $"dynamodb:{(kind is "ConditionCheck" ? "ConditionCheckItem" : $"{kind}Item")}",
                    Table((string)part!["TableName"]!)
                );
            }),
            "ListTables" => [("dynamodb:ListTables", "*")],
            _ =>
            [
                (
                    $"dynamodb:{operation}",
                    Table((string)body["TableName"]!) + (body["IndexName"] is { } index ? $"/index/{index}" : "")
                ),
            ],
        };

    private static string Table(string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal) ? name : Physical.Arn("dynamodb", $"table/{name}");

    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html (recalled, 2026-11): the
    // batches have no actions of their own.
    private static (string, string) Sqs(string operation, JsonObject body) =>
        (
            operation is "SendMessageBatch" or "DeleteMessageBatch" or "ChangeMessageVisibilityBatch"
                ? $"sqs:{operation[..^"Batch".Length]}"
                : $"sqs:{operation}",
            ((string?)body["QueueUrl"] ?? (string?)body["QueueName"]) is { } queue
                ? Physical.Arn("sqs", queue.Split('/')[^1])
                : "*"
        );

    private static (string, string) Ssm(string operation, JsonObject body) =>
        operation switch
        {
            "GetParameter" => ("ssm:GetParameter", Parameter((string)body["Name"]!)),
            // Asked about the path itself, as it is spelled: with a slash at its end it is another.
            "GetParametersByPath" => ("ssm:GetParametersByPath", Parameter((string)body["Path"]!)),
            _ => throw new NotSupportedException($"'{operation}' of 'ssm' is not played."),
        };

    public static string Parameter(string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal)
            ? name
            : Physical.Arn("ssm", $"parameter/{name.TrimStart('/')}");
}
