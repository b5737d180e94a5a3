using System.Text.Json.Nodes;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>Makes tables, queues, topics and subscriptions in the emulators.</summary>
internal sealed class EmulatedResources(Dynalite dynalite, Fauxqs fauxqs, Uri gate) : IDisposable
{
    private readonly AwsPost tables = new(dynalite.Url, "CLOUDFORMATION");
    private readonly AwsPost queues = new(fauxqs.Url, "CLOUDFORMATION");

    /// <exception cref="TemplateException">It has a property that is not known here.</exception>
    public async Task CreateTableAsync(StackResource resource, JsonObject properties, string name)
    {
        var request = Take(
            resource,
            properties,
            [
                "AttributeDefinitions",
                "BillingMode",
                "GlobalSecondaryIndexes",
                "KeySchema",
                "LocalSecondaryIndexes",
                "ProvisionedThroughput",
            ],
            [
                "DeletionProtectionEnabled",
                "PointInTimeRecoverySpecification",
                "SSESpecification",
                "TableClass",
                "TableName",
                "Tags",
                "TimeToLiveSpecification",
                "WarmThroughput",
            ]
        );
        request["TableName"] = name;
        await tables.SendAsync("dynamodb", "DynamoDB_20120810.CreateTable", request);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!patience.IsCancellationRequested)
        {
            var answer = await tables.SendAsync(
                "dynamodb",
                "DynamoDB_20120810.DescribeTable",
                new() { ["TableName"] = name },
                cancellationToken: patience.Token
            );
            if ((string?)answer["Table"]?["TableStatus"] == "ACTIVE")
            {
                return;
            }
        }
    }

    /// <exception cref="TemplateException">It has a property that is not known here.</exception>
    public async Task CreateQueueAsync(StackResource resource, JsonObject properties, string name, string url)
    {
        var attributes = Take(
            resource,
            properties,
            [
                "DelaySeconds",
                "MaximumMessageSize",
                "MessageRetentionPeriod",
                "ReceiveMessageWaitTimeSeconds",
                "RedrivePolicy",
                "VisibilityTimeout",
            ],
            [
                "KmsDataKeyReusePeriodSeconds",
                "KmsMasterKeyId",
                "QueueName",
                "RedriveAllowPolicy",
                "SqsManagedSseEnabled",
                "Tags",
            ]
        );
        var texts = new JsonObject(
            attributes.Select(static attribute =>
                KeyValuePair.Create<string, JsonNode?>(
                    attribute.Key,
                    attribute.Value is JsonObject policy ? policy.ToJsonString() : attribute.Value!.ToString()
                )
            )
        );
        var answer = await queues.SendAsync(
            "sqs",
            "AmazonSQS.CreateQueue",
            new() { ["QueueName"] = name, ["Attributes"] = texts },
            gate.Authority
        );
        Assert.Equal(url, (string?)answer["QueueUrl"]);
    }

    /// <summary>A message that a service of AWS puts into a queue.</summary>
    public Task SendAsync(string queueUrl, string body) =>
        queues.SendAsync("sqs", "AmazonSQS.SendMessage", new() { ["QueueUrl"] = queueUrl, ["MessageBody"] = body });

    /// <exception cref="TemplateException">It has a property that is not known here.</exception>
    public Task CreateTopicAsync(StackResource resource, JsonObject properties, string name)
    {
        Take(
            resource,
            properties,
            [],
            ["DisplayName", "KmsMasterKeyId", "SignatureVersion", "Tags", "TopicName", "TracingConfig"]
        );
        return fauxqs.CreateTopicAsync(name);
    }

    /// <summary>A queue's subscription.</summary>
    /// <exception cref="TemplateException">It has a property that is not known here.</exception>
    public Task SubscribeAsync(StackResource resource, JsonObject properties)
    {
        var attributes = Take(
            resource,
            properties,
            ["FilterPolicy", "FilterPolicyScope", "RawMessageDelivery"],
            ["Endpoint", "Protocol", "RedrivePolicy", "Region", "TopicArn"]
        );
        return fauxqs.SubscribeAsync(
            (string)properties["TopicArn"]!,
            new("", (string)properties["Endpoint"]!),
            [
                .. attributes.Select(static a =>
                    (
                        a.Key,
                        a.Value is JsonObject policy ? policy.ToJsonString() : a.Value!.ToString().ToLowerInvariant()
                    )
                ),
            ]
        );
    }

    public void Dispose()
    {
        tables.Dispose();
        queues.Dispose();
    }

    /// <summary>The properties that matter; those that change nothing here may be there, others may not.</summary>
    private static JsonObject Take(StackResource resource, JsonObject properties, string[] wanted, string[] idle)
    {
        var taken = new JsonObject();
        foreach (var (name, value) in properties)
        {
            if (wanted.Contains(name))
            {
                taken[name] = value?.DeepClone();
            }
            else if (!idle.Contains(name))
            {
                throw new TemplateException($"{resource}: the property '{name}' is not played.");
            }
        }

        return taken;
    }
}
