using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Hosts.Tests.FlowLogs.Streams;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>Where the tests' S3 is as the real one, and where not, by AWS's client: what its comment says.</summary>
[Collection(SharedFauxqs.Name)]
public sealed class FauxqsObjects(Fauxqs fauxqs) : IAsyncLifetime, IDisposable
{
    private readonly string bucket = $"flow-logs-{Guid.NewGuid():N}";
    private readonly AmazonS3Client s3 = fauxqs.NewS3Client();

    public Task InitializeAsync() => fauxqs.CreateBucketAsync(bucket);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => s3.Dispose();

    [Theory]
    [InlineData(RequestChecksumCalculation.WHEN_SUPPORTED, true)]
    [InlineData(RequestChecksumCalculation.WHEN_SUPPORTED, false)]
    [InlineData(RequestChecksumCalculation.WHEN_REQUIRED, true)]
    [InlineData(RequestChecksumCalculation.WHEN_REQUIRED, false)]
    public async Task Bytes_come_back_as_they_were_however_they_are_sent(
        RequestChecksumCalculation checksum,
        bool chunked
    )
    {
        using var client = fauxqs.NewS3Client(config => config.RequestChecksumCalculation = checksum);
        foreach (var size in (int[])[0, 1, 255, 64 * 1024, 300_000, 10 * 1024 * 1024])
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            await client.PutObjectAsync(
                new()
                {
                    BucketName = bucket,
                    Key = $"undelivered/{size}",
                    InputStream = new MemoryStream(bytes),
                    UseChunkEncoding = chunked,
                    ContentType = "application/gzip",
                }
            );

            Assert.Equal(bytes, await s3.BytesAsync(bucket, $"undelivered/{size}"));
        }
    }

    [Theory]
    [InlineData("undelivered/2026/11/29/12/2026-11-29T12.00.00Z-eni 1+2=3&4?5#6%7.json.gz")]
    [InlineData("größe/🔥/a//b")]
    [InlineData(
        "aws/lambda/0f7c7f2e-7a53-4a3a-8a52-1d4cb6f6a001/shardId-000000000000/2026/11/29/2026-11-29T12.00.00-0f7c7f2e-7a53-4a3a-8a52-1d4cb6f6a002"
    )]
    public async Task A_key_is_any_text(string key)
    {
        await PutAsync(key, "first");
        await PutAsync(key, "second");

        using var got = await s3.GetObjectAsync(bucket, key);
        Assert.Equal("second", await new StreamReader(got.ResponseStream).ReadToEndAsync());
        Assert.Equal("b", got.Metadata["x-amz-meta-a"]);
        Assert.Equal("text/plain", got.Headers.ContentType);
        Assert.Equal([key], await s3.KeysAsync(bucket));

        await s3.DeleteObjectAsync(bucket, key);
        await s3.DeleteObjectAsync(bucket, key);
        Assert.Empty(await s3.KeysAsync(bucket));
        var gone = await Assert.ThrowsAsync<NoSuchKeyException>(() => s3.GetObjectAsync(bucket, key));
        Assert.Equal("NoSuchKey", gone.ErrorCode);
    }

    [Fact]
    public async Task Pages_have_each_key_of_the_prefix_once_and_in_order()
    {
        string[] keys = ["a", "B", "a-1", "a/1", "a/10", "a/2", "aB", "ab", "a_", "z", "0", "ä"];
        foreach (var key in keys)
        {
            await PutAsync(key, key);
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await s3.KeysAsync(bucket, "", pageSize: 1));
        Assert.Equal(keys.Order(StringComparer.Ordinal), await s3.KeysAsync(bucket, "", pageSize: 5));
        Assert.Equal(["a/1", "a/10", "a/2"], await s3.KeysAsync(bucket, "a/", pageSize: 2));
        Assert.Empty(await s3.KeysAsync(bucket, "c"));
        var page = await s3.ListObjectsV2Async(
            new()
            {
                BucketName = bucket,
                Prefix = "a/",
                StartAfter = "a/1",
                MaxKeys = 1,
            }
        );
        Assert.Equal(
            (true, 1, "a/10", 4),
            (page.IsTruncated, page.KeyCount, page.S3Objects[0].Key, page.S3Objects[0].Size)
        );
        var empty = await s3.ListObjectsV2Async(new() { BucketName = bucket, Prefix = "c" });
        Assert.True(empty.IsTruncated is false && empty.S3Objects is null or []);
    }

    [Fact]
    public async Task Writes_are_never_conditional_and_the_encoding_is_forgotten()
    {
        for (var i = 0; i < 2; i++)
        {
            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = "once",
                ContentBody = "x",
                IfNoneMatch = "*",
            };
            request.Headers.ContentEncoding = "gzip";
            await s3.PutObjectAsync(request);
        }

        using var got = await s3.GetObjectAsync(bucket, "once");
        Assert.Null(got.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_said_to_be()
    {
        var put = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            s3.PutObjectAsync(
                new()
                {
                    BucketName = "nowhere",
                    Key = "a",
                    ContentBody = "a",
                }
            )
        );
        Assert.Equal("NoSuchBucket", put.ErrorCode);
        await Assert.ThrowsAsync<NoSuchBucketException>(() => s3.ListObjectsV2Async(new() { BucketName = "nowhere" }));
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        using var client = fauxqs.NewS3Client(static config => config.MaxErrorRetry = 0);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            client.PutObjectAsync(
                new()
                {
                    BucketName = bucket,
                    Key = "large",
                    InputStream = new MemoryStream(new byte[12 * 1024 * 1024]),
                }
            )
        );
        Assert.True(
            refused is IOException or AmazonServiceException { StatusCode: HttpStatusCode.RequestEntityTooLarge }
        );
        Assert.Empty(await s3.KeysAsync(bucket));
    }

    private Task<PutObjectResponse> PutAsync(string key, string text)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ContentBody = text,
            ContentType = "text/plain",
        };
        request.Metadata["a"] = "b";
        return s3.PutObjectAsync(request);
    }
}
