using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Aws.Tables;
using Amazon.Lambda.RuntimeSupport;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;

namespace Hosts.Tests.Box;

/// <summary>A function that does what an event tells it to: it shows how the box treats functions.</summary>
internal static class ExampleFunction
{
    /// <summary>The environment variable that makes this assembly this function.</summary>
    public const string Variable = "BOX_EXAMPLE";

    public const string TableVariable = "BOX_TABLE";

    public const string QueueVariable = "BOX_QUEUE_URL";

    public static async Task RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "broken")
        {
            await LambdaBootstrapBuilder
                .Create(static (input, _) => Task.FromResult(input))
                .UseBootstrapHandler(static () => throw new FormatException("It cannot start."))
                .Build()
                .RunAsync();
        }

        await LambdaBootstrapBuilder.Create((input, _) => HandleAsync(input)).Build().RunAsync();
    }

    private static async Task<Stream> HandleAsync(Stream input)
    {
        var message = (JsonObject)(await JsonNode.ParseAsync(input))!;
        return new MemoryStream(
            Encoding.UTF8.GetBytes(
                message switch
                {
                    _ when message["Records"] is JsonArray records => await HandleAsync(records),
                    _ when message["RequestType"] is not null => await ConfigureAsync(message),
                    _ when message["rawPath"] is { } path => await AnswerAsync((string)path!, message),
                    _ => Count(message),
                }
            )
        );
    }

    private static async Task<string> HandleAsync(JsonArray records)
    {
        var failures = new JsonArray();
        foreach (var record in records)
        {
            var order = (string?)record!["body"] ?? (string)record["Sns"]!["Message"]!;
            switch (order.Split(' '))
            {
                case ["fail"]:
                case ["once"] when (string?)record["attributes"]!["ApproximateReceiveCount"] == "1":
                    failures.Add(new JsonObject { ["itemIdentifier"] = (string?)record["messageId"] });
                    break;
                case ["throw"]:
                    throw new InvalidOperationException("as ordered");
                case ["hang"]:
                    await Task.Delay(Timeout.Infinite);
                    break;
                case ["answer", var answer]:
                    return answer;
                case ["variables"]:
                    var all = Environment.GetEnvironmentVariables();
                    Console.WriteLine(
                        $"variables {string.Join(' ', all.Keys.Cast<string>().Select(name => $"{name}={all[name]}"))}"
                    );
                    break;
                case [var action, var argument]:
                    await CallAsync(action, argument);
                    break;
            }

            Console.WriteLine(new JsonObject { ["handled"] = order, ["record"] = record.DeepClone() }.ToJsonString());
        }

        return new JsonObject { ["batchItemFailures"] = failures }.ToJsonString();
    }

    private static async Task CallAsync(string action, string argument)
    {
        switch (action)
        {
            case "put":
                using (var tables = DynamoDbClients.Create(Environment.GetEnvironmentVariable, TimeSpan.FromSeconds(5)))
                {
                    await tables.PutItemAsync(
                        Environment.GetEnvironmentVariable(TableVariable),
                        new() { ["pk"] = new(argument), ["sk"] = new("a") }
                    );
                }

                break;
            case "drop":
                using (var tables = DynamoDbClients.Create(Environment.GetEnvironmentVariable, TimeSpan.FromSeconds(5)))
                {
                    await tables.DeleteTableAsync(argument);
                }

                break;
            case "send":
                using (var queues = new AmazonSQSClient())
                {
                    await queues.SendMessageAsync(
                        new()
                        {
                            QueueUrl = Environment.GetEnvironmentVariable(QueueVariable),
                            MessageBody = argument,
                            DelaySeconds = 900,
                        }
                    );
                }

                break;
            case "read":
                using (var parameters = new AmazonSimpleSystemsManagementClient())
                {
                    var page = await parameters.GetParametersByPathAsync(
                        new() { Path = argument, WithDecryption = true }
                    );
                    Console.WriteLine(
                        $"read {page.Parameters?.Count} {page.Parameters?[0].Value} more={page.NextToken is not null}"
                    );
                }

                break;
        }
    }

    private static async Task<string> ConfigureAsync(JsonObject message)
    {
        var properties = message["ResourceProperties"]!;
        var answer = new JsonObject
        {
            ["Status"] = properties["Fail"] is null ? "SUCCESS" : "FAILED",
            ["Reason"] = properties["Fail"]?.DeepClone(),
            ["PhysicalResourceId"] = "config",
            ["StackId"] = message["StackId"]!.DeepClone(),
            ["RequestId"] = message["RequestId"]!.DeepClone(),
            ["LogicalResourceId"] = message["LogicalResourceId"]!.DeepClone(),
            ["Data"] = new JsonObject { ["Version"] = $"{message["RequestType"]}{properties["Number"]}" },
        };
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        await http.PutAsync((string)message["ResponseURL"]!, content);
        Console.WriteLine($"configured {answer["Data"]!["Version"]}");
        return "null";
    }

    private static async Task<string> AnswerAsync(string path, JsonObject message)
    {
        switch (path)
        {
            case "/throw":
                throw new InvalidOperationException("as ordered");
            case "/hang":
                await Task.Delay(Timeout.Infinite);
                return "";
            case "/bare":
                return """{"a":1}""";
            default:
                return new JsonObject
                {
                    ["statusCode"] = 202,
                    ["headers"] = new JsonObject { ["content-type"] = "application/json", ["x-own"] = "yes" },
                    ["cookies"] = new JsonArray("a=1", "b=2"),
                    ["body"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(message.ToJsonString())),
                    ["isBase64Encoded"] = true,
                }.ToJsonString();
        }
    }

    private static string Count(JsonObject message)
    {
        Console.WriteLine(
            """{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["S"]],"Metrics":[{"Name":"Ticks"},{"Name":"Delays"}]}]},"S":"s","Ticks":1,"Delays":[2,3]}"""
        );
        return $"\"{message["detail-type"]}\"";
    }
}
