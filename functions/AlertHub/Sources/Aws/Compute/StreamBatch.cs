using System.Globalization;
using System.Text.Json;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>
/// Records of a stream or a topic that Lambda or a pipe gave up. Told is only where they are: they stay in the stream until its
/// retention is over ("Capturing discarded batches", Lambda's guide).
/// </summary>
internal sealed record StreamBatch
{
    /// <summary>As a sentence goes on: <c>500 records of the stream orders</c>.</summary>
    public required string Words { get; init; }

    /// <summary>The shard and the first and last record in it, to read them again by; empty where a message does not say.</summary>
    public required string Place { get; init; }

    /// <summary>Null where the message tells of no such batch.</summary>
    public static StreamBatch? Of(JsonElement record) =>
        record.Member("KinesisBatchInfo") is { } kinesis ? Of(kinesis, "stream", kinesis.Text("streamArn"))
        : record.Member("DDBStreamBatchInfo") is { } table ? Of(table, "table", table.Text("streamArn"))
        : record.Member("KafkaBatchInfo") is { } kafka ? Of(kafka, "cluster", kafka.Text("eventSourceArn"))
        : null;

    private static StreamBatch Of(JsonElement batch, string kind, string? arn)
    {
        // stream/orders, table/orders/stream/2026-01-05T13:37:16.991, cluster/orders/0fa1...
        var name = Arn.Parse(arn)?.Resource.Split('/') is [_, var found, ..] ? found : batch.Text("bootstrapServers");
        return new()
        {
            Words =
                $"{(batch.Text("batchSize") is { } size ? AwsWords.Count(size, "record") : "records")} of {(name is null ? $"a {kind}" : $"the {kind} {name}")}",
            Place = string.Join(
                '\n',
                new[]
                {
                    batch.Text("shardId") is { } shard ? $"Shard {shard}" : null,
                    Between("Sequence numbers", batch.Text("startSequenceNumber"), batch.Text("endSequenceNumber")),
                    Between(
                        "Arrived",
                        Second(batch.Time("approximateArrivalOfFirstRecord")),
                        Second(batch.Time("approximateArrivalOfLastRecord"))
                    ),
                    batch.Member("recordInfo", "offset")?.AsText() is { } offset ? $"Offset {offset}" : null,
                }.OfType<string>()
            ),
        };
    }

    private static string? Between(string what, string? first, string? last) =>
        first is null ? null
        : last is null || last == first ? $"{what} {first}"
        : $"{what} {first} to {last}";

    private static string? Second(DateTimeOffset? at) =>
        at?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
