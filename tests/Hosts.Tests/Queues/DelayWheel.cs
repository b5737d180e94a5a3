using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Hosts.Tests.Queues;

/// <summary>
/// SQS whose delays pass by the clock of a test: what is delayed is held back here, and sent when its time has come. All the
/// rest is the real client's.
/// </summary>
internal sealed class DelayWheel(AmazonSQSConfig config, TimeProvider clock)
    : AmazonSQSClient(new BasicAWSCredentials("AKID", "secret"), config)
{
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Due, string Queue, SendMessageBatchRequestEntry Entry)> held = [];

    /// <summary>The longest delay that was asked for.</summary>
    public int LongestDelay { get; private set; }

    /// <summary>Nothing can be sent while that is so.</summary>
    public bool IsDown { get; set; }

    /// <summary>Messages that are held back now.</summary>
    public int Held
    {
        get
        {
            lock (gate)
            {
                return held.Count;
            }
        }
    }

    /// <summary>Sends what is due.</summary>
    public async Task ReleaseAsync()
    {
        (DateTimeOffset, string Queue, SendMessageBatchRequestEntry Entry)[] due;
        lock (gate)
        {
            due = [.. held.Where(one => one.Due <= clock.GetUtcNow())];
            held.RemoveAll(one => one.Due <= clock.GetUtcNow());
        }

        foreach (var (_, queue, entry) in due)
        {
            await SendMessageAsync(new() { QueueUrl = queue, MessageBody = entry.MessageBody });
        }
    }

    public override Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request,
        CancellationToken cancellationToken
    )
    {
        if (IsDown)
        {
            throw new AmazonSQSException("SQS is down");
        }

        var entries = request.Entries ?? [];
        lock (gate)
        {
            foreach (var entry in entries.Where(static entry => entry.DelaySeconds > 0))
            {
                LongestDelay = Math.Max(LongestDelay, entry.DelaySeconds ?? 0);
                held.Add((clock.GetUtcNow().AddSeconds(entry.DelaySeconds ?? 0), request.QueueUrl ?? "", entry));
            }
        }

        List<SendMessageBatchRequestEntry> now = [.. entries.Where(static entry => !(entry.DelaySeconds > 0))];
        return now.Count == 0
            ? Task.FromResult(new SendMessageBatchResponse())
            : base.SendMessageBatchAsync(new() { QueueUrl = request.QueueUrl, Entries = now }, cancellationToken);
    }
}
