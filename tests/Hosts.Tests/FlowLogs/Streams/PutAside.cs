using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using FlowLogs.Incoming;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>From a stream through a mapping to a bucket.</summary>
public sealed class PutAside(Kinesalite kinesis, Fauxqs fauxqs) : IClassFixture<Kinesalite>, IClassFixture<Fauxqs>
{
    [Fact]
    public async Task What_is_given_up_is_in_the_bucket_with_all_that_it_had()
    {
        var bucket = $"aside-{Guid.NewGuid():N}";
        await fauxqs.CreateBucketAsync(bucket);
        using var s3 = fauxqs.NewS3Client();
        var stream = await kinesis.CreateStreamAsync(shards: 2);
        var put = await stream.PutAsync(
            Enumerable.Range(0, 20).Select(static i => ($"eni-{i}", new[] { (byte)i, (byte)0xFF }))
        );
        var function = new PlayedFunction().Answers(Enumerable.Repeat(PlayedFunction.Fails, 2));
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var settings = new MappingSettings { StreamArn = stream.Arn, MaximumRetryAttempts = 1 };
        var mapping = new EventSourceMapping(settings, function.InvokeAsync, new ManualClock(now))
        {
            OnFailure = s3.InBucket(bucket),
        };
        await mapping.DrainAsync(stream);
        var later = await stream.PutAsync("eni-1", new byte[] { 1 });
        await mapping.DrainAsync(stream);

        var bad = mapping.Batches[0].Shard;
        var key = Assert.Single((await s3.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects).Key;
        Assert.Matches($"^aws/lambda/{settings.Uuid}/{bad}/2026/01/02/2026-01-02T03\\.04\\.05-[0-9a-f-]{{36}}$", key);
        using var got = await s3.GetObjectAsync(bucket, key);
        var record = JsonNode.Parse(await new StreamReader(got.ResponseStream).ReadToEndAsync())!;
        var batch = mapping.Batches[^1];
        string[] given = [.. put.Where(p => p.Shard == bad).Select(static p => p.SequenceNumber)];
        Assert.Equal(
            $$"""
            {"shardId":"{{bad}}","startSequenceNumber":"{{given[0]}}","endSequenceNumber":"{{given[
                ^1
            ]}}","batchSize":{{given.Length}},"streamArn":"{{stream.Arn}}"}
            """,
            Without(record["KinesisBatchInfo"]!, "approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord")
        );
        Assert.Equal(
            """{"functionArn":"arn:aws:lambda:eu-central-1:123456789012:function:flow-logs","condition":"RetryAttemptsExhausted","approximateInvokeCount":2}""",
            Without(record["requestContext"]!, "requestId")
        );
        Assert.Equal(
            """{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}""",
            record["responseContext"]!.ToJsonString()
        );
        Assert.Equal(("1.0", "2026-01-02T03:04:05.678Z"), ((string?)record["version"], (string?)record["timestamp"]));
        var payload = KinesisEvent.Read(System.Text.Encoding.UTF8.GetBytes((string)record["payload"]!))!;
        Assert.Equal(given, payload.Select(static r => r.SequenceNumber));
        Assert.All(payload, static r => Assert.Equal(0xFF, r.Data.Span[1]));
        Assert.Equal([later.SequenceNumber], batch.SequenceNumbers);
        Assert.True(mapping.IsDrained);
    }

    [Fact]
    public async Task A_stream_is_read_to_its_end_each_record_once_and_byte_by_byte()
    {
        var stream = await kinesis.CreateStreamAsync(shards: 3);
        var function = new PlayedFunction();
        var mapping = new EventSourceMapping(
            new() { StreamArn = stream.Arn, BatchSize = 7 },
            function.InvokeAsync,
            TimeProvider.System
        );
        var samples = new FlowLogSamples();
        List<(string Shard, string SequenceNumber, string Data)> put = [];
        for (var round = 0; round < 3; round++)
        {
            FlowLogSample[] mix = [.. samples.Mix(120)];
            var placed = await stream.PutAsync(mix);
            put.AddRange(
                placed.Zip(mix, static (at, sample) => (at.Shard, at.SequenceNumber, Convert.ToHexString(sample.Data)))
            );
            await mapping.DrainAsync(stream);
        }

        Assert.True(put.DistinctBy(static record => record.Shard).Count() > 1);
        Assert.Equal(
            put.OrderBy(static record => record.Shard),
            mapping
                .Batches.SelectMany(static batch => batch.Records)
                .Select(static record => (record.Shard, record.SequenceNumber, Convert.ToHexString(record.Data.Span)))
                .OrderBy(static record => record.Shard)
        );
    }

    private static string Without(JsonNode node, params IEnumerable<string> members)
    {
        var copy = node.DeepClone().AsObject();
        foreach (var member in members)
        {
            Assert.True(copy.Remove(member));
        }

        return copy.ToJsonString();
    }
}
