using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Amazon.SQS.Model;
using FlowLogs;
using Hosts.Tests.Box.Access;
using Hosts.Tests.FlowLogs.Streams;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Hosts.Tests.FlowLogs;

/// <summary>
/// The flow logs' program as Lambda runs it, with Splunk's collector, S3, SQS and Parameter Store around it. Each of its
/// functions has an environment of its own, which starts with the first invocation.
/// </summary>
internal sealed class FlowLogScene : IAsyncDisposable
{
    private const string TokenName = "/alerthub/flow-logs/hec-token";

    private readonly WebServer parameters;
    private readonly AmazonSQSClient sqs;
    private readonly string hubQueue;
    private readonly Dictionary<string, string?> variables;
    private readonly Dictionary<string, ExecutionEnvironment> environments = new(StringComparer.Ordinal);

    /// <summary>Where it was built to: of the packages beside these tests some are the shared framework's here.</summary>
    private readonly string program = Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        nameof(FlowLogs),
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "FlowLogs.dll"
    );

    private FlowLogScene(
        HecServer hec,
        WebServer parameters,
        ParameterStore store,
        AmazonS3Client s3,
        AmazonSQSClient sqs,
        string bucket,
        string hubQueue,
        Dictionary<string, string?> variables
    )
    {
        (Hec, this.parameters, Store, S3, this.sqs) = (hec, parameters, store, s3, sqs);
        (Bucket, this.hubQueue, this.variables) = (bucket, hubQueue, variables);
    }

    public HecServer Hec { get; }

    /// <summary>Has the token, which may be changed.</summary>
    public ParameterStore Store { get; }

    public AmazonS3Client S3 { get; }

    /// <summary>Of what Splunk did not take, and of what a mapping gave up.</summary>
    public string Bucket { get; }

    /// <param name="fauxqs">S3 and SQS.</param>
    /// <param name="change">Variables of <see cref="Names"/> that are not as here, or not set at all.</param>
    /// <param name="server">Which kind of collector; by default one without acknowledgement.</param>
    public static async Task<FlowLogScene> StartAsync(
        Fauxqs fauxqs,
        Action<IDictionary<string, string?>>? change = null,
        Func<WebApplication, HecServer>? server = null
    )
    {
        var name = $"flow-logs-{Guid.NewGuid():N}";
        await fauxqs.CreateBucketAsync(name);
        var hub = await fauxqs.CreateQueueAsync(name);
        var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSQSConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = Fauxqs.Region }
        );
        var hec = await HecServer.StartAsync(server);
        var store = new ParameterStore { [TokenName] = hec.Token };
        var parameters = await WebServer.StartAsync(store.AnswerAsync);
        var variables = new Dictionary<string, string?>
        {
            ["AWS_REGION"] = Fauxqs.Region,
            ["AWS_ACCESS_KEY_ID"] = "AKID",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_ENDPOINT_URL_S3"] = fauxqs.Url.ToString(),
            ["AWS_ENDPOINT_URL_SQS"] = fauxqs.Url.ToString(),
            ["AWS_ENDPOINT_URL_SSM"] = parameters.Address.ToString(),
            ["AWS_LAMBDA_LOG_FORMAT"] = "JSON",
            [Names.HecUrlVariable] = hec.Url.ToString().TrimEnd('/'),
            [Names.HecTokenVariable] = $"ssm:{TokenName}",
            [Names.HecAcknowledgeVariable] = hec.HasAck ? "true" : "false",
            [Names.BucketVariable] = name,
            [Names.HubQueueVariable] = hub.Url,
            [Names.StageVariable] = "test",
        };
        change?.Invoke(variables);
        return new(hec, parameters, store, fauxqs.NewS3Client(), sqs, name, hub.Url, variables);
    }

    /// <param name="function"><see cref="Names.Stream"/>, <see cref="Names.Replay"/> or <see cref="Names.Transform"/>.</param>
    public ExecutionEnvironment Environment(string function)
    {
        if (!environments.TryGetValue(function, out var environment))
        {
            environments.Add(function, environment = new(endpoint => Start(function, endpoint)));
        }

        return environment;
    }

    public Task<LambdaResult> InvokeAsync(
        string function,
        string json,
        LambdaInvokeOptions? with = null,
        CancellationToken cancellationToken = default
    ) => Environment(function).InvokeAsync(Encoding.UTF8.GetBytes(json), with, cancellationToken);

    /// <summary>A stream's mapping to <see cref="Names.Stream"/>, with the bucket as its on-failure destination.</summary>
    /// <param name="settings">With the ARN of the stream, if there is one.</param>
    /// <param name="time">By which its records get older; the function goes by its own.</param>
    /// <param name="with">Of each invocation; has no request id.</param>
    public EventSourceMapping Mapping(
        MappingSettings settings,
        TimeProvider? time = null,
        LambdaInvokeOptions? with = null
    ) =>
        new(
            settings,
            (payload, cancellationToken) => Environment(Names.Stream).InvokeAsync(payload, with, cancellationToken),
            time ?? TimeProvider.System
        )
        {
            OnFailure = S3.InBucket(Bucket),
        };

    /// <summary>What is in the bucket below a prefix, such as <see cref="Names.UndeliveredPrefix"/>.</summary>
    public Task<IReadOnlyList<string>> KeysAsync(string prefix = "") => S3.KeysAsync(Bucket, prefix);

    /// <summary>What the hub was told, oldest first; it is gone then.</summary>
    public async Task<IReadOnlyList<JsonNode>> AlertsAsync()
    {
        List<JsonNode> all = [];
        while (
            (
                await sqs.ReceiveMessageAsync(
                    new ReceiveMessageRequest { QueueUrl = hubQueue, MaxNumberOfMessages = 10 }
                )
            ).Messages
                is { Count: > 0 } messages
        )
        {
            foreach (var message in messages)
            {
                all.Add(JsonNode.Parse(message.Body!)!);
                await sqs.DeleteMessageAsync(new() { QueueUrl = hubQueue, ReceiptHandle = message.ReceiptHandle });
            }
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var environment in environments.Values)
        {
            await environment.DisposeAsync();
        }

        await parameters.DisposeAsync();
        await Hec.DisposeAsync();
        S3.Dispose();
        sqs.Dispose();
    }

    private ChildProcess Start(string function, string endpoint) =>
        ChildProcess.Start(
            "dotnet",
            ["exec", program],
            new Dictionary<string, string?>(variables)
            {
                ["AWS_LAMBDA_RUNTIME_API"] = endpoint,
                [Names.FunctionVariable] = function,
            }
        );
}
