using System.Globalization;
using AlertHub.Aws;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;

namespace AlertHub.Lambda.Queues;

/// <summary>
/// Two queues of SQS, one of groups to flush and one of notifications to deliver. A message is held back until its work is
/// due, or for the fifteen minutes that SQS can: who gets it before the time sends it on. Messages may come twice, late and in
/// any order, or not at all, which the sweep of each minute sees.
/// </summary>
internal sealed partial class SqsWorkQueue(
    IAmazonSQS sqs,
    string flushQueue,
    string deliverQueue,
    TimeProvider time,
    ILogger<SqsWorkQueue> log
) : IWorkQueue
{
    /// <summary>A day; what is due later the sweep finds.</summary>
    public const int MostHops = 96;

    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(900);

    private const int MostInBatch = 10;

    public async ValueTask AddAsync(IReadOnlyList<DueWork> work, CancellationToken cancellationToken) =>
        await SendAsync([.. work.Select(WorkMessage.Of)]).ConfigureAwait(false);

    /// <summary>Has a message come again that came before its time.</summary>
    public async Task SendOnAsync(WorkMessage message)
    {
        if (message.Hop < MostHops)
        {
            await SendAsync([message with { Hop = message.Hop + 1 }]).ConfigureAwait(false);
        }
    }

    /// <summary>Whoever wants it may be gone; the work is not, so nothing ends this but its own limits of time.</summary>
    public Task SendAsync(IReadOnlyList<WorkMessage> messages) =>
        Task.WhenAll(
            messages
                .GroupBy(message => message.Integration is null ? flushQueue : deliverQueue)
                .SelectMany(static some => some.Chunk(MostInBatch), (some, batch) => SendAsync(some.Key, batch))
        );

    private async Task SendAsync(string queue, WorkMessage[] messages)
    {
        try
        {
            var response = await sqs.SendMessageBatchAsync(
                    new() { QueueUrl = queue, Entries = [.. messages.Select(EntryOf)] },
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            if (response.Failed is [var first, ..] failed)
            {
                NotQueued(failed.Count, queue, first.Message ?? first.Code ?? "no reason given");
            }
        }
        catch (Exception e) when (AwsTrouble.Is(e, CancellationToken.None))
        {
            NotQueued(messages.Length, queue, e.Message);
        }
    }

    private SendMessageBatchRequestEntry EntryOf(WorkMessage message, int place)
    {
        var wait = DateTimeOffset.FromUnixTimeMilliseconds(message.Due) - time.GetUtcNow();
        return new()
        {
            Id = place.ToString(CultureInfo.InvariantCulture),
            MessageBody = message.Write(),
            DelaySeconds =
                wait <= TimeSpan.Zero ? 0
                : wait >= LongestDelay ? (int)LongestDelay.TotalSeconds
                : (int)Math.Ceiling(wait.TotalSeconds),
        };
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Count} works were not put into {Queue}: {Reason}. The sweep of each minute finds them"
    )]
    private partial void NotQueued(int count, string queue, string reason);
}
