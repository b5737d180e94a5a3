using Amazon.S3;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>What tests ask of a bucket.</summary>
internal static class Buckets
{
    extension(IAmazonS3 s3)
    {
        /// <summary>An on-failure destination.</summary>
        public Func<string, ReadOnlyMemory<byte>, CancellationToken, Task> InBucket(string bucket) =>
            (key, document, cancellationToken) =>
                s3.PutObjectAsync(
                    new()
                    {
                        BucketName = bucket,
                        Key = key,
                        InputStream = new MemoryStream(document.ToArray()),
                        ContentType = "application/json",
                    },
                    cancellationToken
                );

        /// <summary>All keys below a prefix, in their order.</summary>
        public async Task<IReadOnlyList<string>> KeysAsync(string bucket, string prefix = "", int pageSize = 1000)
        {
            List<string> keys = [];
            string? token = null;
            do
            {
                var page = await s3.ListObjectsV2Async(
                    new()
                    {
                        BucketName = bucket,
                        Prefix = prefix,
                        MaxKeys = pageSize,
                        ContinuationToken = token,
                    }
                );
                keys.AddRange(page.S3Objects?.Select(static found => found.Key) ?? []);
                token = page.IsTruncated is true ? page.NextContinuationToken : null;
            } while (token is not null);

            return keys;
        }

        public async Task<byte[]> BytesAsync(string bucket, string key)
        {
            using var got = await s3.GetObjectAsync(bucket, key);
            using var bytes = new MemoryStream();
            await got.ResponseStream.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }
}
