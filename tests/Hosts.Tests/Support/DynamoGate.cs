using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Aws.Tables;
using Amazon.DynamoDBv2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Support;

/// <summary>What becomes of a request to DynamoDB.</summary>
internal abstract record GateVerdict
{
    private GateVerdict() { }

    public static GateVerdict Pass { get; } = new Passed();

    public sealed record Passed : GateVerdict;

    /// <summary>It is answered so, and nothing is done.</summary>
    public sealed record Refused(int Status, string Type) : GateVerdict;

    /// <summary>The connection breaks before anything is done.</summary>
    public sealed record Lost : GateVerdict;

    /// <summary>All is done, and the connection breaks before the answer.</summary>
    public sealed record Unheard : GateVerdict;

    /// <summary>A part of a batch is not done, and answered as unprocessed.</summary>
    public sealed record Halved : GateVerdict;
}

/// <summary>
/// Stands before DynamoDB: counts what is asked and what it costs, and does to requests what networks and throttled tables do.
/// </summary>
internal sealed class DynamoGate : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly HttpClient http = new();
    private readonly Uri target;
    private readonly List<AmazonDynamoDBClient> clients = [];

    private DynamoGate(Uri target)
    {
        this.target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    /// <summary>Asked about each request: its operation and how many came before it.</summary>
    public Func<string, int, GateVerdict> Verdict { get; set; } = static (_, _) => GateVerdict.Pass;

    /// <summary>Operations in the order in which they came.</summary>
    public ConcurrentQueue<string> Operations { get; } = [];

    /// <summary>Of what was answered.</summary>
    public double WriteUnits { get; private set; }

    /// <summary>Of what was answered; a consistent read of 4 KB is one.</summary>
    public double ReadUnits { get; private set; }

    public static async Task<DynamoGate> StartAsync(Dynalite dynalite)
    {
        var gate = new DynamoGate(dynalite.Url);
        await gate.server.StartAsync();
        return gate;
    }

    /// <summary>As a function has it, but that it tries again at once.</summary>
    public AmazonDynamoDBClient NewClient()
    {
        var client = DynamoDbClients.Create(
            name =>
                name switch
                {
                    "AWS_REGION" => Dynalite.Region,
                    "AWS_ENDPOINT_URL_DYNAMODB" => server.Urls.First(),
                    "AWS_ACCESS_KEY_ID" => "AKID",
                    "AWS_SECRET_ACCESS_KEY" => "secret",
                    _ => null,
                },
            TimeSpan.FromSeconds(30)
        );
        clients.Add(client);
        return client;
    }

    public void Reset()
    {
        Operations.Clear();
        (WriteUnits, ReadUnits) = (0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(static client => client.Dispose());
        await server.StopAsync();
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        int before;
        lock (Operations)
        {
            before = Operations.Count;
            Operations.Enqueue(operation);
        }

        var verdict = Verdict(operation, before);
        switch (verdict)
        {
            case GateVerdict.Refused(var status, var type):
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/x-amz-json-1.0";
                await context.Response.WriteAsync(
                    $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{type}}","message":"no"}"""
                );
                return;
            case GateVerdict.Lost:
                context.Abort();
                return;
        }

        var left = verdict is GateVerdict.Halved ? Halve(body) : null;
        if (operation is not ("CreateTable" or "DescribeTable"))
        {
            body["ReturnConsumedCapacity"] = "TOTAL";
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        foreach (var name in (string[])["X-Amz-Target", "X-Amz-Date", "Authorization"])
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (verdict is GateVerdict.Unheard)
        {
            context.Abort();
            return;
        }

        if (JsonNode.Parse(text) is JsonObject json)
        {
            Count(operation, json);
            if (left is var (member, unprocessed))
            {
                json[member] = unprocessed;
                text = json.ToJsonString();
            }
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(text);
    }

    /// <summary>Takes half of a batch out of it; what was taken and under which name it is answered.</summary>
    private static (string Member, JsonNode Left)? Halve(JsonObject body)
    {
        var tables = (JsonObject)body["RequestItems"]!;
        var (table, asked) = tables.First();
        var all = asked as JsonArray ?? (JsonArray)asked!["Keys"]!;
        if (all.Count < 2)
        {
            return null;
        }

        var rest = new JsonArray();
        for (var take = all.Count / 2; take > 0; take--)
        {
            var item = all[^1]!;
            all.RemoveAt(all.Count - 1);
            rest.Add(item.DeepClone());
        }

        if (asked is JsonArray)
        {
            return ("UnprocessedItems", new JsonObject { [table] = rest });
        }

        var keys = (JsonObject)asked!.DeepClone();
        keys["Keys"] = rest;
        return ("UnprocessedKeys", new JsonObject { [table] = keys });
    }

    private void Count(string operation, JsonObject answer)
    {
        var units = answer["ConsumedCapacity"] switch
        {
            JsonArray several => several.Sum(static each => (double)each!["CapacityUnits"]!),
            JsonObject one => (double)one["CapacityUnits"]!,
            _ => 0,
        };
        lock (Operations)
        {
            if (operation is "PutItem" or "DeleteItem" or "UpdateItem" or "BatchWriteItem")
            {
                WriteUnits += units;
            }
            else
            {
                ReadUnits += units;
            }
        }
    }
}
