using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;

namespace FlowLogs.Backup;

internal sealed class S3Backup(IAmazonS3 s3, string bucket) : IBackup
{
    /// <summary>Of an object as it lies there: Lambda's records of invocations have 8 MB, Firehose's objects up to 128.</summary>
    private const long MostBytes = 160 << 20;

    public async Task PutAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await s3.PutObjectAsync(
                new()
                {
                    BucketName = bucket,
                    Key = key,
                    InputStream = stream,
                    ContentType = "application/gzip",
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async IAsyncEnumerable<string> KeysAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? next = null;
        do
        {
            var page = await s3.ListObjectsV2Async(
                    new()
                    {
                        BucketName = bucket,
                        Prefix = prefix,
                        ContinuationToken = next,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found.Key;
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (next is not null);
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await s3.GetObjectAsync(bucket, key, cancellationToken).ConfigureAwait(false);
            if (answer.ContentLength > MostBytes)
            {
                throw new InvalidDataException($"it has {answer.ContentLength} bytes, and {MostBytes} are the most");
            }

            using var content = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
            return content.ToArray();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        s3.DeleteObjectAsync(bucket, key, cancellationToken);
}
