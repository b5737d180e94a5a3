using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Ec2;
using Hosts.Tests.Ec2.Trail;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;
using SecurityGroupGuard;

namespace Hosts.Tests.SecurityGroups;

/// <summary>
/// The guard's two programs as Lambda runs them, with EC2, DynamoDB, SQS and Parameter Store around them. What EC2's CloudTrail
/// tells goes to the first, what that puts into the queue to the second, as EventBridge and Lambda would hand it on.
/// </summary>
internal sealed class GuardScene : IAsyncDisposable
{
    public const string Everything = """
        mode: enforce
        exempt_tag: {key: guard-exempt}
        allow: [{principal: "arn:aws:iam::*:role/deploy"}]
        break_glass: [{principal: "arn:aws:iam::*:role/break-glass", for: 4h}]
        approved: [{direction: ingress, protocol: tcp, ports: "443", cidrs: [10.0.0.0/8]}]
        reconcile: {grace: 0s, drift: undo}
        """;

    private const string Key = "AKIDGUARD";

    private const string MemberKey = "AKIDMEMBER";

    private const string MemberRole = "SecurityGroupGuardMember";

    private const string Assumed = $"""
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>{MemberKey}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
        <Expiration>2036-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>
        """;

    private const string Denied = """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
        <Code>AccessDenied</Code><Message>not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>
        """;

    private readonly WebServer parameters;
    private readonly ParameterStore store = new();
    private readonly AmazonSQSClient sqs;
    private readonly Dictionary<string, string?> variables;

    /// <summary>Where it was built to: of the packages beside these tests some are the shared framework's here.</summary>
    private readonly string folder = Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        nameof(SecurityGroupGuard),
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
    );

    private GuardScene(
        Ec2Server ec2,
        WebServer parameters,
        AmazonSQSClient sqs,
        Dictionary<string, string?> variables,
        LambdaRuntimeApi receive,
        LambdaRuntimeApi guard
    )
    {
        (Ec2, this.parameters, this.sqs, this.variables) = (ec2, parameters, sqs, variables);
        (Receive, Guard) = (receive, guard);
    }

    public static UserIdentity Mallory { get; } = new UserIdentity.AssumedRole("Admin", "mallory");

    public static UserIdentity Deploy { get; } = new UserIdentity.AssumedRole("deploy", "pipeline");

    public Ec2Server Ec2 { get; }

    public LambdaRuntimeApi Receive { get; }

    public LambdaRuntimeApi Guard { get; private set; }

    public ChildProcess ReceiveProcess { get; private set; } = null!;

    public ChildProcess GuardProcess { get; private set; } = null!;

    /// <param name="dynalite">DynamoDB.</param>
    /// <param name="fauxqs">SQS.</param>
    /// <param name="policy">Of the guard.</param>
    /// <param name="account">The guard's own; that of the groups, unless it is another one.</param>
    public static async Task<GuardScene> StartAsync(
        Dynalite dynalite,
        Fauxqs fauxqs,
        string policy = Everything,
        string? account = null
    )
    {
        var name = $"guard-{Guid.NewGuid():N}";
        using var dynamo = dynalite.NewClient();
        await Dynalite.CreateTableAsync(dynamo, name);
        var ec2 = await Ec2Server.StartAsync();
        ec2.Admit(Key, new UserIdentity.AssumedRole("guard-role", Names.Guard));
        ec2.Admit(MemberKey, new UserIdentity.AssumedRole(MemberRole, Names.Guard));
        ec2.As(Mallory);
        account ??= ec2.State.AccountId;
        var queue = await fauxqs.CreateQueueAsync($"{name}.fifo", ("FifoQueue", "true"));
        var failures = await fauxqs.CreateQueueAsync($"{name}-failures.fifo", ("FifoQueue", "true"));
        var hub = await fauxqs.CreateQueueAsync($"{name}-hub");
        var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSQSConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = Fauxqs.Region }
        );
        var receive = await LambdaRuntimeApi.StartAsync();
        var guard = await LambdaRuntimeApi.StartAsync();
        GuardScene? scene = null;
        var parameters = await WebServer.StartAsync((request, http) => scene!.AnswerAsync(request, http));
        scene = new(
            ec2,
            parameters,
            sqs,
            new()
            {
                ["AWS_REGION"] = Fauxqs.Region,
                ["AWS_ACCESS_KEY_ID"] = Key,
                ["AWS_SECRET_ACCESS_KEY"] = "secret",
                ["AWS_ENDPOINT_URL_DYNAMODB"] = dynalite.Url.ToString(),
                ["AWS_ENDPOINT_URL_EC2"] = ec2.Url,
                ["AWS_ENDPOINT_URL_SQS"] = fauxqs.Url.ToString(),
                ["AWS_ENDPOINT_URL_SSM"] = parameters.Address.ToString(),
                ["AWS_ENDPOINT_URL_STS"] = parameters.Address.ToString(),
                [Names.TableVariable] = name,
                [Names.QueueVariable] = queue.Url,
                [Names.FailuresVariable] = failures.Url,
                [Names.HubQueueVariable] = hub.Url,
                [Names.PolicyVariable] = "ssm:/alerthub/security-group-policy",
                [Names.RoleVariable] = $"arn:aws:iam::{account}:role/guard-role",
                [Names.AccountVariable] = account,
                [Names.MemberRoleVariable] = account == ec2.State.AccountId ? "" : MemberRole,
                [Names.StageVariable] = "test",
            },
            receive,
            guard
        );
        scene.store["/alerthub/security-group-policy"] = policy;
        scene.ReceiveProcess = scene.Run(receive, Names.Receive);
        scene.GuardProcess = scene.Run(guard, Names.Guard);
        return scene;
    }

    /// <summary>A policy that is not what it was. The guard looks at it each minute.</summary>
    public void Policy(string policy) => store["/alerthub/security-group-policy"] = policy;

    /// <summary>In the place of one that was killed. Lambda would not give the dead one's invocation to it.</summary>
    public async Task StartAnotherGuardAsync()
    {
        await Guard.DisposeAsync();
        Guard = await LambdaRuntimeApi.StartAsync();
        GuardProcess = Run(Guard, Names.Guard);
    }

    /// <summary>Another environment of the same function.</summary>
    public async Task<SecondGuard> StartSecondGuardAsync()
    {
        var api = await LambdaRuntimeApi.StartAsync();
        return new(api, Run(api, Names.Guard));
    }

    /// <summary>An event as a message of the queue, given again as long as the guard gives it back.</summary>
    public async Task WorkUntilDoneAsync(LambdaRuntimeApi guard, string group, JsonObject told)
    {
        var message = new Message
        {
            MessageId = Guid.NewGuid().ToString(),
            ReceiptHandle = "none",
            Body = told.ToJsonString(),
            Attributes = new() { ["MessageGroupId"] = $"{Ec2.State.AccountId}/{Ec2.State.Region}/{group}" },
        };
        LambdaResult result;
        do
        {
            result = await guard.InvokeAsync(Event(message, receives: 1));
            Assert.True(result.Error is null, $"{result.Error?.Json} {GuardProcess.Written}");
        } while (JsonNode.Parse(result.Text)!["batchItemFailures"]!.AsArray().Count > 0);
    }

    /// <summary>Everything that EC2 tells is handed on until nothing is left, the guard's own calls included.</summary>
    public async Task SettleAsync()
    {
        do
        {
            while (Ec2.CloudTrail.TryDequeue(out var told))
            {
                await SortAsync(told.ToJsonString());
            }

            while (await NextAsync() is { } message)
            {
                Assert.True(await WorkAsync(message), $"not worked on: {GuardProcess.Written}");
            }
        } while (!Ec2.CloudTrail.IsEmpty);
    }

    public async Task SortAsync(string told)
    {
        var result = await Receive.InvokeAsync(told);
        Assert.True(result.Error is null, $"{result.Error?.Json} {ReceiveProcess.Written}");
    }

    /// <summary>The next message of the queue; null where there is none.</summary>
    public async Task<Message?> NextAsync()
    {
        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = variables[Names.QueueVariable],
                MaxNumberOfMessages = 1,
                VisibilityTimeout = 600,
                MessageSystemAttributeNames = ["All"],
            }
        );
        return received.Messages?.FirstOrDefault();
    }

    /// <returns>Whether the guard is done with it; then it is deleted, else it may come again.</returns>
    public async Task<bool> WorkAsync(Message message, int receives = 1, CancellationToken cancellationToken = default)
    {
        var result = await Guard.InvokeAsync(Event(message, receives), null, cancellationToken);
        Assert.True(result.Error is null, $"{result.Error?.Json} {GuardProcess.Written}");
        var isDone = JsonNode.Parse(result.Text)!["batchItemFailures"]!.AsArray().Count == 0;
        if (isDone)
        {
            await sqs.DeleteMessageAsync(
                new() { QueueUrl = variables[Names.QueueVariable], ReceiptHandle = message.ReceiptHandle },
                CancellationToken.None
            );
        }

        return isDone;
    }

    /// <summary>What the hub was told, oldest first.</summary>
    public Task<IReadOnlyList<JsonNode>> NoticesAsync() => TakeAsync(Names.HubQueueVariable);

    /// <summary>What was put aside.</summary>
    public Task<IReadOnlyList<JsonNode>> FailuresAsync() => TakeAsync(Names.FailuresVariable);

    public async ValueTask DisposeAsync()
    {
        await ReceiveProcess.DisposeAsync();
        await GuardProcess.DisposeAsync();
        await Receive.DisposeAsync();
        await Guard.DisposeAsync();
        await parameters.DisposeAsync();
        await Ec2.DisposeAsync();
        sqs.Dispose();
    }

    private async Task<IReadOnlyList<JsonNode>> TakeAsync(string queue)
    {
        List<JsonNode> all = [];
        while (true)
        {
            var received = await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = variables[queue], MaxNumberOfMessages = 10 }
            );
            if (received.Messages is not { Count: > 0 } messages)
            {
                return all;
            }

            foreach (var message in messages)
            {
                all.Add(JsonNode.Parse(message.Body!)!);
                await sqs.DeleteMessageAsync(
                    new() { QueueUrl = variables[queue], ReceiptHandle = message.ReceiptHandle }
                );
            }
        }
    }

    private static string Event(Message message, int receives) =>
        new JsonObject
        {
            ["Records"] = new JsonArray(
                new JsonObject
                {
                    ["messageId"] = message.MessageId,
                    ["receiptHandle"] = message.ReceiptHandle,
                    ["body"] = message.Body,
                    ["attributes"] = new JsonObject
                    {
                        ["ApproximateReceiveCount"] = receives.ToString(CultureInfo.InvariantCulture),
                        ["MessageGroupId"] = message.Attributes?["MessageGroupId"],
                    },
                    ["messageAttributes"] = new JsonObject(),
                    ["eventSource"] = "aws:sqs",
                    ["eventSourceARN"] = "arn:aws:sqs:eu-central-1:123456789012:guard.fifo",
                    ["awsRegion"] = "eu-central-1",
                }
            ),
        }.ToJsonString();

    /// <summary>Parameter Store, and of the Security Token Service what takes the role in the groups' account.</summary>
    private async Task AnswerAsync(WebRequest request, HttpContext http)
    {
        if (request["X-Amz-Target"] is null)
        {
            var role = Uri.EscapeDataString($"arn:aws:iam::{Ec2.State.AccountId}:role/{MemberRole}");
            var isKnown = request.Body.Contains($"RoleArn={role}&", StringComparison.Ordinal);
            http.Response.StatusCode = isKnown ? 200 : 403;
            http.Response.ContentType = "text/xml";
            await http.Response.WriteAsync(isKnown ? Assumed : Denied, http.RequestAborted);
            return;
        }

        await store.AnswerAsync(request, http);
    }

    private ChildProcess Run(LambdaRuntimeApi api, string function) =>
        ChildProcess.Start(
            "dotnet",
            ["exec", Path.Combine(folder, "SecurityGroupGuard.dll")],
            new Dictionary<string, string?>(variables)
            {
                ["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint,
                [Names.FunctionVariable] = function,
            }
        );
}

internal sealed record SecondGuard(LambdaRuntimeApi Api, ChildProcess Process) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Api.DisposeAsync();
    }
}
