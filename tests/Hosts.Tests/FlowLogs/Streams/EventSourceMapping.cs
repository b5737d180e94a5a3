using System.Security.Cryptography;
using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>
/// Lambda's event source mapping of a Kinesis stream: hands a function the records of each shard in their order and goes by what
/// it answers. It waits for nothing: neither for a batch to fill, nor between retries.
/// </summary>
/// <remarks>
/// By the Lambda developer guide, "Using Lambda with Kinesis", "Retain discarded batch records", "Configuring partial batch
/// response" (looked up 2026-11-29). What the guide leaves open, and is a guess here: records that are retried stay a batch,
/// which is not filled up with newer ones; a batch's retries count on where the checkpoint has moved, unless it is bisected;
/// with bisection a checkpoint at the first record halves the batch, as a failure of all of it does; each record is measured
/// against MaximumRecordAge before each invocation. There is no batching window, no tumbling window and no
/// filter, and shards do not wait for the one that they were split off.
/// </remarks>
/// <param name="settings">What it was created with.</param>
/// <param name="invoke">The function: an event to its answer. A crash or a timeout is an answer with an error.</param>
/// <param name="time">Of which the records get older.</param>
internal sealed class EventSourceMapping(
    MappingSettings settings,
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<LambdaResult>> invoke,
    TimeProvider time
)
{
    private readonly Dictionary<string, MappingLane[]> shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> read = new(StringComparer.Ordinal);
    private readonly List<MappedBatch> batches = [];
    private readonly Lock gate = new();

    /// <summary>The on-failure destination: puts a document under a key of the bucket.</summary>
    public Func<string, ReadOnlyMemory<byte>, CancellationToken, Task>? OnFailure { get; init; }

    /// <summary>What has been done, oldest first.</summary>
    public IReadOnlyList<MappedBatch> Batches
    {
        get
        {
            lock (gate)
            {
                return [.. batches];
            }
        }
    }

    public bool IsDrained => Lanes.All(static lane => lane.IsEmpty);

    private IEnumerable<MappingLane> Lanes => shards.Values.SelectMany(static lanes => lanes);

    /// <summary>What the mapping has read of the stream, in the order of each shard. Not while it drains.</summary>
    public void Add(params IEnumerable<StreamedRecord> records)
    {
        foreach (var record in records)
        {
            if (!shards.TryGetValue(record.Shard, out var lanes))
            {
                lanes = [.. Enumerable.Range(0, settings.ParallelizationFactor).Select(_ => new MappingLane(settings))];
                shards.Add(record.Shard, lanes);
            }

            lanes[Lane(record.PartitionKey)].Add(record);
        }
    }

    /// <summary>Adds what a stream has got since the last time.</summary>
    public async Task PollAsync(KinesisShards stream)
    {
        foreach (var shard in await stream.ShardsAsync())
        {
            var records = await stream.ReadAsync(shard, read.GetValueOrDefault(shard));
            if (records.Count > 0)
            {
                read[shard] = records[^1].SequenceNumber;
                Add(records);
            }
        }
    }

    /// <summary>One invocation for each shard, or each part of one, that has records; what is too old is discarded first.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken = default)
    {
        var done = await Task.WhenAll(Lanes.ToArray().Select(lane => StepAsync(lane, cancellationToken)));
        return done.Any(static any => any);
    }

    /// <summary>Until no record is left. What is not done when it is cancelled comes again at the next time.</summary>
    public Task DrainAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(
            Lanes
                .ToArray()
                .Select(async lane =>
                {
                    while (await StepAsync(lane, cancellationToken)) { }
                })
        );

    /// <summary>Until no record of the stream is left, those that come meanwhile included.</summary>
    public async Task DrainAsync(KinesisShards stream, CancellationToken cancellationToken = default)
    {
        await PollAsync(stream);
        while (!IsDrained)
        {
            await DrainAsync(cancellationToken);
            await PollAsync(stream);
        }
    }

    private async Task<bool> StepAsync(MappingLane lane, CancellationToken cancellationToken)
    {
        if (lane.Next() is not { } batch)
        {
            return false;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var old = batch.Records.TakeWhile(IsTooOld).Count();
        if (old > 0)
        {
            await DiscardAsync(batch.To(old), Discarding.RecordAgeExceeded, null, cancellationToken);
            lane.Replace(batch.From(old));
            return true;
        }

        var payload = StreamEvent.Write(batch.Json);
        if (payload.Length > settings.MostBytes)
        {
            await DiscardAsync(batch, Discarding.RetryAttemptsExhausted, null, cancellationToken);
            lane.Replace();
            return true;
        }

        var result = await invoke(payload, cancellationToken);
        batch = batch with { Invocations = batch.Invocations + 1 };
        var done = Done(batch, result);
        Note(
            new()
            {
                Records = batch.Records,
                Retries = batch.Retries,
                Done = done,
            }
        );
        await GoOnAsync(lane, batch, done, result, cancellationToken);
        return true;
    }

    private Task GoOnAsync(
        MappingLane lane,
        MappingLane.Batch batch,
        int done,
        LambdaResult result,
        CancellationToken cancellationToken
    )
    {
        var left = batch.From(done);
        if (left.Records.Count > 0 && settings.BisectBatchOnFunctionError && batch.Records.Count > 1)
        {
            var half = done > 0 ? left.Records.Count : (left.Records.Count + 1) / 2;
            lane.Replace(left.To(half), left.From(half));
            return Task.CompletedTask;
        }

        if (
            left.Records.Count == 0
            || settings.MaximumRetryAttempts < 0
            || left.Retries < settings.MaximumRetryAttempts
        )
        {
            lane.Replace(left with { Retries = left.Retries + 1 });
            return Task.CompletedTask;
        }

        return GiveUpAsync(lane, left, result, cancellationToken);
    }

    private async Task GiveUpAsync(
        MappingLane lane,
        MappingLane.Batch batch,
        LambdaResult result,
        CancellationToken cancellationToken
    )
    {
        await DiscardAsync(batch, Discarding.RetryAttemptsExhausted, result, cancellationToken);
        lane.Replace();
    }

    private async Task DiscardAsync(
        MappingLane.Batch batch,
        Discarding why,
        LambdaResult? last,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (OnFailure is not null)
        {
            var payload = StreamEvent.Write(batch.Json);
            await OnFailure(
                InvocationRecord.Key(settings, batch.Records[0].Shard, now),
                InvocationRecord.Write(settings, batch.Records, payload, why, batch.Invocations, last, now),
                cancellationToken
            );
        }

        Note(
            new()
            {
                Records = batch.Records,
                Retries = batch.Retries,
                Done = batch.Records.Count,
                Discarded = why,
            }
        );
    }

    private int Done(MappingLane.Batch batch, LambdaResult result) =>
        result.Error is not null ? 0
        : settings.ReportBatchItemFailures
            ? StreamEvent.Checkpoint(result.Payload, [.. batch.Records.Select(static record => record.SequenceNumber)])
        : batch.Records.Count;

    private bool IsTooOld(StreamedRecord record) =>
        settings.MaximumRecordAge is { } age && time.GetUtcNow() - record.Arrived > age;

    private int Lane(string partitionKey) =>
        settings.ParallelizationFactor == 1
            ? 0
            : SHA256.HashData(Encoding.UTF8.GetBytes(partitionKey))[0] % settings.ParallelizationFactor;

    private void Note(MappedBatch batch)
    {
        lock (gate)
        {
            batches.Add(batch);
        }
    }
}
