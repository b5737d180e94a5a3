using System.Text;
using System.Text.Json.Nodes;
using AlertHub;
using AlertHub.Api;
using AlertHub.Api.Working;
using AlertHub.Aws.Logging;
using AlertHub.Configuration;
using AlertHub.Lambda;
using AlertHub.Lambda.Functions;
using AlertHub.Lambda.Queues;
using AlertHub.Metrics;
using AlertHub.Templates;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Support;
using Metric = AlertHub.Aws.Logging.Metric;

namespace Hosts.Tests.Queues;

/// <summary>
/// The functions in one process, on tables and queues of their own, by a clock that the test moves. Messages are given to
/// them as Lambda would; a sweep is made each minute.
/// </summary>
internal sealed class FunctionScene : IQueueScene
{
    public const string QueueArn = "arn:aws:sqs:eu-central-1:000000000000:ingest";

    private readonly AmazonDynamoDBClient tables;
    private readonly AmazonSQSClient sqs;
    private readonly (string Queue, Func<Stream, Task<Stream>> Handle)[] workers;
    private readonly DeliverFunction deliver;
    private DateTimeOffset sweepAt;

    private FunctionScene(
        Dynalite dynalite,
        AmazonSQSClient sqs,
        DynamoStores stores,
        IChannel channel,
        Scenery scenery
    )
    {
        (tables, this.sqs) = (dynalite.NewClient(), sqs);
        var rules = HubRules.Compile(
            HubConfig.Load(new("alertmanager.yml", Encoding.UTF8.GetBytes(scenery.Config)), null, out _)!
        );
        Sqs = new((AmazonSQSConfig)sqs.Config, Clock);
        var store = stores.Open(rules, Clock, tables, heartbeatShare: 0);
        Hub = new(
            store,
            new()
            {
                Rules = rules,
                FindChannel = (_, _) => channel,
                Templates = NotificationTemplates.Default,
            },
            Clock,
            static () => 1
        );
        Queue = new SqsWorkQueue(Sqs, scenery.Flush.Url, scenery.Deliver.Url, Clock, new RecordedLog<SqsWorkQueue>());
        var metrics = new MetricLog(Metrics, "test", Clock);
        At = new()
        {
            Hub = Hub,
            Store = store,
            Queue = (SqsWorkQueue)Queue,
            Keeper = new(
                Hub,
                Queue,
                new RecordedLog<Keeper>(),
                alerts => metrics.Write(Metric.Count(Names.AcceptedMetric, alerts))
            ),
            CatchUp = static (_, _) => Task.CompletedTask,
        };
        QuarantineUrl = scenery.Quarantine.Url;
        var quarantine = new Quarantine(sqs, QuarantineUrl);
        var batch = new WorkBatch(Find, quarantine, Clock, BatchLog);
        var work = new WorkLog(new HubMetrics(new MetricRegistry()), Clock, new RecordedLog<WorkLog>());
        var flush = new FlushFunction(batch, work, Clock);
        deliver = new(batch, work, metrics, Clock);
        Ingest = new(Find, quarantine, metrics, Clock, IngestLog);
        Sweep = new(
            Find,
            new MissedAlarms(Alarms, scenery.Topic, Clock, new RecordedLog<MissedAlarms>()),
            metrics,
            Clock,
            new RecordedLog<SweepFunction>()
        );
        workers =
        [
            (scenery.Flush.Url, input => flush.HandleAsync(input, Context)),
            (scenery.Deliver.Url, input => deliver.HandleAsync(input, Context)),
        ];
        sweepAt = Clock.GetUtcNow() + TimeSpan.FromMinutes(1);

        ValueTask<HubAtWork> Find(CancellationToken cancellationToken) => ValueTask.FromResult(At);
    }

    public ManualClock Clock { get; } = new();

    public IWorkQueue Queue { get; }

    public Hub Hub { get; }

    public HubAtWork At { get; set; }

    public DelayWheel Sqs { get; }

    public KnownAlarms Alarms { get; } = new();

    public IngestFunction Ingest { get; }

    public SweepFunction Sweep { get; }

    public RecordedLog<IngestFunction> IngestLog { get; } = new();

    public RecordedLog<WorkBatch> BatchLog { get; } = new();

    /// <summary>What was written of metrics.</summary>
    public MemoryStream Metrics { get; } = new();

    public string QuarantineUrl { get; }

    /// <summary>How long an invocation may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Messages that a function got, in all.</summary>
    public int Worked { get; private set; }

    private InvocationContext Context => new(() => Timeout);

    /// <param name="topic">As <see cref="MissedAlarms"/> has it.</param>
    public static async Task<FunctionScene> StartAsync(
        Dynalite dynalite,
        Fauxqs fauxqs,
        IChannel channel,
        string config,
        string? topic = null
    )
    {
        using var client = dynalite.NewClient();
        var name = $"{Guid.NewGuid():N}";
        return new(
            dynalite,
            new(
                new BasicAWSCredentials("AKID", "secret"),
                new AmazonSQSConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = Fauxqs.Region }
            ),
            await DynamoStores.CreateAsync(client),
            channel,
            new(
                config,
                await fauxqs.CreateQueueAsync($"flush{name}"),
                await fauxqs.CreateQueueAsync($"deliver{name}"),
                await fauxqs.CreateQueueAsync($"quarantine{name}"),
                topic
            )
        );
    }

    public async Task FireAsync(bool isLost, string to, params string[] names)
    {
        foreach (var name in names)
        {
            var taken = await Hub.IngestAsync([new(null, [RunningHub.Firing(name, to, Clock.GetUtcNow())])], default);
            if (!isLost)
            {
                await Queue.AddAsync(taken.Next, default);
            }
        }
    }

    public async Task UntilAsync(Func<bool> holds, TimeSpan step)
    {
        await WorkAsync();
        while (!holds())
        {
            Clock.Advance(step);
            await WorkAsync();
        }
    }

    public Task PassAsync(TimeSpan time, TimeSpan step)
    {
        var end = Clock.GetUtcNow() + time;
        return UntilAsync(() => Clock.GetUtcNow() >= end, step);
    }

    /// <summary>Gives messages to the function that takes them in.</summary>
    /// <returns>The ids of those that it gives back.</returns>
    public async Task<IReadOnlyList<string>> IngestAsync(params IReadOnlyList<(string Body, int Receives)> messages)
    {
        var records = messages.Select((message, place) => Record($"m{place}", message.Body, message.Receives));
        using var answer = await Ingest.HandleAsync(Event(records), Context);
        return Failures(answer);
    }

    /// <summary>Gives one message to the function that flushes.</summary>
    /// <returns>Whether it gives it back.</returns>
    public async Task<bool> FlushAsync(string body)
    {
        using var answer = await workers[0].Handle(Event([Record("m0", body, 1)]));
        return Failures(answer).Length > 0;
    }

    /// <summary>What is in a queue, and then no more.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(string queue)
    {
        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = queue,
                MaxNumberOfMessages = 10,
                MessageAttributeNames = ["All"],
            }
        );
        return received.Messages ?? [];
    }

    public async Task SweepAsync()
    {
        using var answer = await Sweep.HandleAsync(Stream.Null, Context);
    }

    public ValueTask DisposeAsync()
    {
        deliver.Dispose();
        tables.Dispose();
        sqs.Dispose();
        Metrics.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Until nothing is left that is due.</summary>
    private async Task WorkAsync()
    {
        if (Clock.GetUtcNow() >= sweepAt)
        {
            sweepAt = Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
            await SweepAsync();
        }

        await Sqs.ReleaseAsync();
        var some = true;
        while (some)
        {
            some = false;
            foreach (var (queue, handle) in workers)
            {
                some |= await WorkAsync(queue, handle);
            }
        }
    }

    private async Task<bool> WorkAsync(string queue, Func<Stream, Task<Stream>> handle)
    {
        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = queue,
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 0,
                MessageSystemAttributeNames = [MessageSystemAttributeName.All],
            }
        );
        if (received.Messages is not { Count: > 0 } messages)
        {
            return false;
        }

        Worked += messages.Count;
        using var answer = await handle(
            Event(messages.Select(static message => Record(message.MessageId ?? "", message.Body ?? "", 1)))
        );
        var failures = Failures(answer);
        foreach (var message in messages)
        {
            if (failures.Contains(message.MessageId))
            {
                // As if its visibility timeout were over.
                await sqs.ChangeMessageVisibilityAsync(
                    new()
                    {
                        QueueUrl = queue,
                        ReceiptHandle = message.ReceiptHandle,
                        VisibilityTimeout = 0,
                    }
                );
            }
            else
            {
                await sqs.DeleteMessageAsync(new() { QueueUrl = queue, ReceiptHandle = message.ReceiptHandle });
            }
        }

        return failures.Length < messages.Count;
    }

    private static JsonObject Record(string id, string body, int receives) =>
        new()
        {
            ["messageId"] = id,
            ["body"] = body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = $"{receives}" },
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = QueueArn,
        };

    private static MemoryStream Event(IEnumerable<JsonObject> records) =>
        new(Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString()));

    private static string[] Failures(Stream answer) =>
        [
            .. JsonNode.Parse(answer)!["batchItemFailures"]!
                .AsArray()
                .Select(static failure => (string?)failure!["itemIdentifier"] ?? ""),
        ];

    private sealed record Scenery(
        string Config,
        QueueAddress Flush,
        QueueAddress Deliver,
        QueueAddress Quarantine,
        string? Topic
    );
}
