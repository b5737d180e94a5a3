namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>Records that are handed over one batch after the other: those of a shard, or of a part of its keys.</summary>
internal sealed class MappingLane(MappingSettings settings)
{
    private readonly Queue<(StreamedRecord Record, byte[] Json)> fresh = [];
    private readonly Stack<Batch> again = [];

    public bool IsEmpty => fresh.Count == 0 && again.Count == 0;

    public void Add(StreamedRecord record) => fresh.Enqueue((record, StreamEvent.Write(record, settings)));

    /// <summary>The batch that is next, and stays so until it is told what became of it.</summary>
    public Batch? Next()
    {
        if (again.Count == 0 && fresh.Count > 0)
        {
            again.Push(Gathered());
        }

        return again.TryPeek(out var batch) ? batch : null;
    }

    /// <summary>The next batch is done with, and these come in its place, in this order.</summary>
    public void Replace(params ReadOnlySpan<Batch> batches)
    {
        again.Pop();
        for (var place = batches.Length - 1; place >= 0; place--)
        {
            if (batches[place].Records.Count > 0)
            {
                again.Push(batches[place]);
            }
        }
    }

    private Batch Gathered()
    {
        List<StreamedRecord> records = [];
        List<byte[]> json = [];
        var bytes = StreamEvent.Length([]);
        while (records.Count < settings.BatchSize && fresh.TryPeek(out var next))
        {
            bytes += next.Json.Length + 1;
            if (records.Count > 0 && bytes > settings.MostBytes)
            {
                break;
            }

            fresh.Dequeue();
            records.Add(next.Record);
            json.Add(next.Json);
        }

        return new(records, json, 0, 0);
    }

    /// <param name="Records">In their order.</param>
    /// <param name="Json">Each as it stands in the event.</param>
    /// <param name="Retries">That count against the quota.</param>
    /// <param name="Invocations">In which the function got the first of them.</param>
    public sealed record Batch(
        IReadOnlyList<StreamedRecord> Records,
        IReadOnlyList<byte[]> Json,
        int Retries,
        int Invocations
    )
    {
        public Batch From(int first) => this with { Records = [.. Records.Skip(first)], Json = [.. Json.Skip(first)] };

        public Batch To(int end) => this with { Records = [.. Records.Take(end)], Json = [.. Json.Take(end)] };
    }
}
