using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Functions;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Box.Sources;

/// <summary>
/// CloudFormation before custom resources: asks their function, and waits for what is put at the URL of the answer.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html and crpg-ref-responses.html
/// (recalled, 2026-11)
/// </remarks>
internal sealed class CustomResources : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> waiting = [];

    private volatile string? refusal;

    private CustomResources()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public static async Task<CustomResources> StartAsync()
    {
        var resources = new CustomResources();
        await resources.server.StartAsync();
        return resources;
    }

    /// <param name="type"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
    /// <param name="resource">Of the template.</param>
    /// <param name="function">Its service.</param>
    /// <param name="properties">Resolved.</param>
    /// <param name="before">The properties and the id that it had, where it is not new.</param>
    /// <returns>Its id and its attributes.</returns>
    /// <exception cref="DeploymentException">The function failed or answered FAILED.</exception>
    public async Task<(string Id, JsonObject Attributes)> AskAsync(
        string type,
        StackResource resource,
        BoxFunction function,
        JsonObject properties,
        (string Id, JsonObject Properties)? before = null
    )
    {
        var request = Guid.NewGuid().ToString();
        var answered = waiting[request] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject
        {
            ["RequestType"] = type,
            ["ServiceToken"] = function.Settings.Arn,
            ["ResponseURL"] = $"{server.Urls.First()}/{request}?X-Amz-Signature=0",
            ["StackId"] = Physical.Arn("cloudformation", $"stack/{resource.Stack.Name}/1"),
            ["RequestId"] = request,
            ["LogicalResourceId"] = resource.Id,
            ["ResourceType"] = resource.Type,
            ["ResourceProperties"] = Strings(properties),
        };
        if (before is var (id, old))
        {
            message["PhysicalResourceId"] = id;
            if (type == "Update")
            {
                message["OldResourceProperties"] = Strings(old);
            }
        }

        var invocation = function.InvokeAsync(Encoding.UTF8.GetBytes(message.ToJsonString()));
        if (
            await Task.WhenAny(answered.Task, invocation).WaitAsync(Patience) == invocation
            && !answered.Task.IsCompleted
        )
        {
            throw new DeploymentException(
                (await invocation).Error is { } error
                    ? $"{resource}: '{function.Settings.Id}' failed: {error.Json}"
                    : $"{resource}: '{function.Settings.Id}' ended and put nothing at the URL of the answer. {refusal}"
            );
        }

        var answer = await answered.Task;
        // What follows the answer is still the invocation's.
        await invocation;
        foreach (var name in (string[])["StackId", "RequestId", "LogicalResourceId"])
        {
            if ((string?)answer[name] != (string?)message[name])
            {
                throw new DeploymentException(
                    $"{resource}: the answer's {name} is '{answer[name]}', not '{message[name]}'."
                );
            }
        }

        return ((string?)answer["Status"], (string?)answer["PhysicalResourceId"]) switch
        {
            ("SUCCESS", { Length: > 0 } physical) => (physical, answer["Data"] as JsonObject ?? []),
            ("FAILED", { Length: > 0 }) when (string?)answer["Reason"] is { Length: > 0 } reason =>
                throw new DeploymentException(reason),
            _ => throw new DeploymentException(
                $"{resource}: CloudFormation cannot use the answer {answer.ToJsonString()}"
            ),
        };
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    // CloudFormation makes strings of numbers and truth values.
    private static JsonNode? Strings(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(static member => KeyValuePair.Create(member.Key, Strings(member.Value)))
            ),
            JsonArray elements => new JsonArray([.. elements.Select(Strings)]),
            null => null,
            _ => Convert.ToString(node.ToString(), CultureInfo.InvariantCulture),
        };

    private async Task AnswerAsync(HttpContext http)
    {
        var body = await http.ReadAsync();
        // S3 may refuse a content type where the URL was signed for none, and CloudFormation reads 4096 bytes.
        TaskCompletionSource<JsonObject>? answered = null;
        refusal = http.Request switch
        {
            { Method: not "PUT" } => $"The method was {http.Request.Method}, not PUT.",
            { ContentType.Length: > 0 } => $"It had the content type '{http.Request.ContentType}'; send none.",
            _ when body.Length > 4096 => $"The answer had {body.Length} bytes, more than 4096.",
            _ when !waiting.TryRemove(http.Request.Path.Value?.TrimStart('/') ?? "", out answered) =>
                $"Nobody waits for {http.Request.Path}.",
            _ => null,
        };
        if (answered is null)
        {
            http.Response.StatusCode = 403;
            return;
        }

        answered.SetResult((JsonObject)JsonNode.Parse(body)!);
    }
}

/// <summary>CloudFormation would roll back; the message is the reason.</summary>
internal sealed class DeploymentException(string message) : Exception(message);
