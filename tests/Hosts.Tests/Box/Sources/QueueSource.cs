using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Box.Functions;

namespace Hosts.Tests.Box.Sources;

/// <summary>
/// Lambda's pollers of one event source mapping: long polls, batches, the function, and deletion of what it handled. They
/// use the role of the function, as Lambda does.
/// </summary>
/// <remarks>
/// What was not handled comes back, in Lambda, when the queue's visibility timeout is over; a test does not wait for so
/// long, so here it comes back after <see cref="StackBoxOptions.Redelivery"/>, unless the function itself has said when.
/// Lambda's own back-off, by which it asks less often while a function fails, is left out. A batch is not split where it
/// is larger than the 6 MB of an invocation.
/// </remarks>
internal sealed class QueueSource : IAsyncDisposable
{
    private const int LongPollSeconds = 20;
    private const int MostPerReceipt = 10;
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly QueueSourceSettings settings;
    private readonly BoxFunction function;
    private readonly AwsGate gate;
    private readonly TimeSpan? redelivery;
    private readonly AwsPost lambda;
    private readonly AwsPost unseen;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] pollers;
    private int held;

    /// <param name="settings">Of the template.</param>
    /// <param name="function">Gets the batches.</param>
    /// <param name="gate">AWS, where the role is asked.</param>
    /// <param name="queues">The emulator behind it.</param>
    /// <param name="redelivery">When what was not handled comes back; null for the queue's visibility timeout.</param>
    public QueueSource(
        QueueSourceSettings settings,
        BoxFunction function,
        AwsGate gate,
        Uri queues,
        TimeSpan? redelivery
    )
    {
        (this.settings, this.function, this.gate, this.redelivery) = (settings, function, gate, redelivery);
        var key = $"SOURCE{Guid.NewGuid():N}";
        gate.Admit(key, new($"{function.Settings.Id} (queue)", function.Policy));
        lambda = new(gate.Url, key);
        unseen = new(queues, "LAMBDA");
        var count = Math.Min(settings.MaximumConcurrency ?? int.MaxValue, function.Environments);
        pollers = [.. Enumerable.Range(0, count).Select(_ => Task.Run(PollAsync))];
    }

    public QueueSourceSettings Settings => settings;

    /// <summary>Messages that are with the pollers or the function.</summary>
    public int Held => held;

    /// <summary>Why one of the pollers has ended, though nobody stopped it.</summary>
    public Exception? Fault => pollers.FirstOrDefault(static poller => poller.IsFaulted)?.Exception?.InnerException;

    /// <summary>Lambda does not make a mapping whose role may not use the queue.</summary>
    public static async Task CheckAsync(QueueSourceSettings settings, BoxFunction function, AwsGate gate)
    {
        var key = $"SOURCE{Guid.NewGuid():N}";
        gate.Admit(key, new($"{function.Settings.Id} (queue)", function.Policy));
        using var lambda = new AwsPost(gate.Url, key);
        await lambda.SendAsync(
            "sqs",
            "AmazonSQS.GetQueueAttributes",
            new() { ["QueueUrl"] = settings.QueueUrl, ["AttributeNames"] = new JsonArray("All") }
        );
    }

    /// <summary>Takes nothing more.</summary>
    public Task StopAsync() => stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Task.WhenAll(pollers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lambda.Dispose();
        unseen.Dispose();
        stopping.Dispose();
    }

    private async Task PollAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            List<JsonObject> batch = [];
            try
            {
                await GatherAsync(batch);
                if (batch is not [])
                {
                    await HandleAsync(batch);
                }
            }
            catch (HttpRequestException e) when (e.StatusCode != HttpStatusCode.Forbidden)
            {
                // A queue that cannot be reached or is throttled: Lambda asks again, and what it holds comes back.
                await Task.Delay(PauseAfterError, stopping.Token);
            }
            finally
            {
                Interlocked.Add(ref held, -batch.Count);
            }
        }
    }

    /// <summary>What is there, or with a window: what comes until it is over or the batch is full.</summary>
    private async Task GatherAsync(List<JsonObject> batch)
    {
        var (since, wait) = (0L, TimeSpan.FromSeconds(LongPollSeconds));
        do
        {
            var answer = await lambda.SendAsync(
                "sqs",
                "AmazonSQS.ReceiveMessage",
                new()
                {
                    ["QueueUrl"] = settings.QueueUrl,
                    ["MaxNumberOfMessages"] = Math.Min(MostPerReceipt, settings.BatchSize - batch.Count),
                    ["WaitTimeSeconds"] = wait.TotalSeconds,
                    ["MessageAttributeNames"] = new JsonArray("All"),
                    ["MessageSystemAttributeNames"] = new JsonArray("All"),
                },
                cancellationToken: stopping.Token
            );
            foreach (var message in answer["Messages"] as JsonArray ?? [])
            {
                Interlocked.Increment(ref held);
                batch.Add((JsonObject)message!);
            }

            if (batch is not [] && since == 0)
            {
                since = Stopwatch.GetTimestamp();
            }

            wait = since == 0 ? TimeSpan.Zero : settings.Window - Stopwatch.GetElapsedTime(since);
        } while (wait > TimeSpan.Zero && batch.Count < settings.BatchSize);
    }

    private async Task HandleAsync(List<JsonObject> batch)
    {
        var ids = batch.Select(static message => (string)message["MessageId"]!).ToHashSet();
        var result = await function.InvokeAsync(QueueEvent.Write(batch, settings.QueueArn), stopping.Token);
        var failed =
            result.Error is not null ? ids
            : settings.ReportsFailures ? QueueEvent.Failures(result.Payload, ids)
            : new HashSet<string>();

        foreach (
            var handled in batch.Where(message => !failed.Contains((string)message["MessageId"]!)).Chunk(MostPerReceipt)
        )
        {
            await DeleteAsync(handled);
        }

        foreach (var message in batch.Where(message => failed.Contains((string)message["MessageId"]!)))
        {
            await ReturnAsync((string)message["ReceiptHandle"]!);
        }
    }

    private async Task DeleteAsync(JsonObject[] handled)
    {
        var entries = handled.Select(
            static (message, i) =>
                new JsonObject { ["Id"] = $"{i}", ["ReceiptHandle"] = message["ReceiptHandle"]!.DeepClone() }
        );
        var request = new JsonObject { ["QueueUrl"] = settings.QueueUrl, ["Entries"] = new JsonArray([.. entries]) };
        while (true)
        {
            try
            {
                await lambda.SendAsync("sqs", "AmazonSQS.DeleteMessageBatch", request);
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode != HttpStatusCode.Forbidden)
            {
                await Task.Delay(PauseAfterError, stopping.Token);
            }
        }
    }

    private async Task ReturnAsync(string receipt)
    {
        if (redelivery is not { } after || gate.Postponed.ContainsKey(receipt))
        {
            return;
        }

        try
        {
            await unseen.SendAsync(
                "sqs",
                "AmazonSQS.ChangeMessageVisibility",
                new()
                {
                    ["QueueUrl"] = settings.QueueUrl,
                    ["ReceiptHandle"] = receipt,
                    ["VisibilityTimeout"] = after.TotalSeconds,
                }
            );
        }
        catch (HttpRequestException e) when (e.Message.Contains("MessageNotInflight", StringComparison.Ordinal))
        {
            // It was longer at work than the queue keeps it invisible, and is back already.
        }
    }
}
