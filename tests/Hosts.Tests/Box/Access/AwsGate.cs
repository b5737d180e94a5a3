using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Box.Access;

/// <summary>
/// AWS, as the functions see it: DynamoDB, SQS, SNS, Parameter Store and CloudWatch behind one address that knows who
/// asks by the access key, lets through what the policies of that role allow, counts, and fails as it is told to.
/// </summary>
internal sealed class AwsGate : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, AwsCaller> callers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, Func<AwsCall, AwsFault?>> faults = [];
    private readonly Uri dynamoDb;
    private readonly Uri queues;

    private AwsGate(Uri dynamoDb, Uri queues)
    {
        (this.dynamoDb, this.queues) = (dynamoDb, queues);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(HandleAsync);
    }

    /// <summary>For the <c>AWS_ENDPOINT_URL_...</c> of every service.</summary>
    public Uri Url => new(server.Urls.First());

    public AwsLedger Ledger { get; } = new();

    public ParameterStore Parameters { get; } = new();

    public Alarms Alarms { get; } = new();

    /// <summary>Receipt handles whose messages a function itself has told when to come back.</summary>
    public ConcurrentDictionary<string, bool> Postponed { get; } = new(StringComparer.Ordinal);

    public static async Task<AwsGate> StartAsync(Uri dynamoDb, Uri queues)
    {
        var gate = new AwsGate(dynamoDb, queues);
        await gate.server.StartAsync();
        return gate;
    }

    /// <summary>From now on this access key is known.</summary>
    public void Admit(string accessKey, AwsCaller caller) => callers[accessKey] = caller;

    /// <summary>Calls fail so until what it returns is disposed of.</summary>
    /// <param name="fault">Asked about each call that is allowed; null where it does not concern it.</param>
    public IDisposable Fail(Func<AwsCall, AwsFault?> fault)
    {
        var id = Guid.NewGuid();
        faults[id] = fault;
        return new Ending(() => faults.TryRemove(id, out _));
    }

    /// <summary>A share of the calls to a service fails so, by chance that a seed makes repeatable.</summary>
    /// <param name="service">As it signs: <c>dynamodb</c>, <c>sqs</c>, <c>ssm</c>, <c>monitoring</c>.</param>
    /// <param name="fault">How.</param>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="seed">Of the chance.</param>
    public IDisposable Fail(string service, AwsFault fault, double share = 1, int seed = 1)
    {
        var chance = new Random(seed);
        return Fail(call =>
        {
            if (call.Service != service)
            {
                return null;
            }

            lock (chance)
            {
                return chance.NextDouble() < share ? fault : null;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = await context.ReadAsync();
        AwsAnswer? answer;
        try
        {
            answer = await AnswerAsync(context, body);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Ledger.Problems.Enqueue($"{context.Request.Headers["X-Amz-Target"]}: {e.Message}");
            answer = AwsAnswer.Error(501, "NotPlayed", e.Message);
        }

        if (answer is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        context.Response.Headers["x-amzn-requestid"] = Guid.NewGuid().ToString();
        if (answer.QueryError is { } error)
        {
            context.Response.Headers["x-amzn-query-error"] = error;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <returns>Null where the connection breaks.</returns>
    private async Task<AwsAnswer?> AnswerAsync(HttpContext context, byte[] body)
    {
        var isForm = context.Request.HasFormContentType;
        var json = isForm ? Form(body) : (JsonObject)JsonNode.Parse(body)!;
        var call = AwsCall.Read(
            context.Request.Headers.Authorization.ToString(),
            context.Request.Headers["X-Amz-Target"].ToString(),
            json
        );
        if (!callers.TryGetValue(call.AccessKey, out var caller))
        {
            return AwsAnswer.Error(
                400,
                "com.amazon.coral.service#UnrecognizedClientException",
                "The security token included in the request is invalid.",
                "InvalidClientTokenId"
            );
        }

        call = call with { Function = caller.Function };
        if (Deny(call, caller) is { } denial)
        {
            return denial;
        }

        var fault = faults.Values.Select(each => each(call)).FirstOrDefault(static each => each is not null);
        switch (fault)
        {
            case AwsFault.TooMany:
                return AwsAnswer.Throttled(call);
            case AwsFault.InternalError:
                return AwsAnswer.Error(500, "InternalServerError", "Internal server error", "InternalFailure");
            case AwsFault.NotArrived:
                return null;
            case AwsFault.Killed { After: false }:
                caller.Kill();
                return null;
        }

        Remember(call, json);
        var answer = await ServeAsync(context, call, json, body);
        Ledger.Count(call, body, answer.Body);
        if (fault is AwsFault.Killed)
        {
            caller.Kill();
        }

        return fault is null ? answer : null;
    }

    private AwsAnswer? Deny(AwsCall call, AwsCaller caller)
    {
        Dictionary<string, string> context = new()
        {
            ["aws:securetransport"] = "true",
            ["aws:requestedregion"] = Physical.Region,
        };
        foreach (var (action, resource) in call.Asks)
        {
            if (!caller.Policy.Allows(action, resource, context))
            {
                Ledger.Denied.Enqueue(
                    $"{caller.Function} ({caller.Policy.RoleName}) may not {action} on {resource}, which it tried by {call.Operation}."
                );
                var user = $"arn:aws:sts::{Physical.Account}:assumed-role/{caller.Policy.RoleName}/{caller.Function}";
                return AwsAnswer.Denied(call, user, action, resource);
            }
        }

        return null;
    }

    private async Task<AwsAnswer> ServeAsync(HttpContext context, AwsCall call, JsonObject json, byte[] body)
    {
        switch (call.Service)
        {
            case "ssm":
                Decrypt(call, json);
                return Parameters.Answer(call.Operation, json);
            case "monitoring":
                return Alarms.Describe(json);
            case "dynamodb" when call.Operation is not ("DescribeTable" or "ListTables"):
                json["ReturnConsumedCapacity"] ??= "TOTAL";
                return await ForwardAsync(context, dynamoDb, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
            default:
                return await ForwardAsync(context, call.Service == "dynamodb" ? dynamoDb : queues, body);
        }
    }

    /// <summary>
    /// A parameter is encrypted with the key that Parameter Store brings, which needs no permission. What a role may do
    /// with a key of one's own is used all the same, so that it is not reported.
    /// </summary>
    private void Decrypt(AwsCall call, JsonObject request)
    {
        if ((bool?)request["WithDecryption"] ?? false)
        {
            _ = callers[call.AccessKey]
                .Policy.Allows(
                    "kms:Decrypt",
                    Physical.Arn("kms", "key/00000000-0000-4000-8000-000000000000"),
                    new Dictionary<string, string>
                    {
                        ["kms:viaservice"] = $"ssm.{Physical.Region}.amazonaws.com",
                        ["kms:encryptioncontext:parameter_arn"] = call.Asks[0].Resource,
                    }
                );
        }
    }

    private void Remember(AwsCall call, JsonObject request)
    {
        if (call.Operation == "ChangeMessageVisibility")
        {
            Postponed[(string)request["ReceiptHandle"]!] = true;
        }
        else if (call.Operation == "ChangeMessageVisibilityBatch")
        {
            foreach (var entry in (JsonArray)request["Entries"]!)
            {
                Postponed[(string)entry!["ReceiptHandle"]!] = true;
            }
        }
    }

    private async Task<AwsAnswer> ForwardAsync(HttpContext context, Uri target, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType ?? "");
        foreach (var name in (string[])["X-Amz-Target", "X-Amz-Date", "Authorization"])
        {
            if (context.Request.Headers.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        // Not given up with the caller: what a long poll has received by then would be in flight for nobody.
        using var answer = await http.SendAsync(request);
        return new((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync())
        {
            ContentType = answer.Content.Headers.ContentType?.ToString() ?? "application/x-amz-json-1.0",
            QueryError = answer.Headers.TryGetValues("x-amzn-query-error", out var error) ? error.First() : null,
        };
    }

    private static JsonObject Form(byte[] body) =>
        new(
            QueryHelpers
                .ParseQuery(System.Text.Encoding.UTF8.GetString(body))
                .Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value.ToString()))
        );

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
