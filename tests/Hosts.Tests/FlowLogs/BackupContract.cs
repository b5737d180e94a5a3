using FlowLogs.Backup;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs;

/// <summary>What holds of a bucket and of a copy of one in a folder.</summary>
public sealed class BackupContract(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Objects_are_kept_replaced_listed_in_their_order_and_removed(bool inFolder)
    {
        using var folder = new TemporaryFolder();
        var bucket = $"backup-{Guid.NewGuid():N}";
        await fauxqs.CreateBucketAsync(bucket);
        using var s3 = fauxqs.NewS3Client();
        IBackup backup = inFolder ? new FolderBackup(folder.Path) : new S3Backup(s3, bucket);
        byte[] content = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)];

        foreach (var key in (string[])["undelivered/2026/11/29/10/b", "undelivered/2026/11/29/10/a", "refused/x"])
        {
            await backup.PutAsync(key, [1], default);
        }

        await backup.PutAsync("undelivered/2026/11/29/10/b", content, default);
        Assert.Equal(
            ["undelivered/2026/11/29/10/a", "undelivered/2026/11/29/10/b"],
            await KeysAsync(backup, "undelivered/")
        );
        Assert.Equal(["refused/x"], await KeysAsync(backup, "refused/"));
        Assert.Equal(content, await backup.GetAsync("undelivered/2026/11/29/10/b", default));
        Assert.Null(await backup.GetAsync("undelivered/2026/11/29/10/c", default));
        Assert.Null(await backup.GetAsync("nowhere/c", default));

        await backup.DeleteAsync("undelivered/2026/11/29/10/b", default);
        await backup.DeleteAsync("undelivered/2026/11/29/10/b", default);
        await backup.DeleteAsync("nowhere/c", default);
        Assert.Equal(["undelivered/2026/11/29/10/a"], await KeysAsync(backup, "undelivered/"));
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(IBackup backup, string prefix)
    {
        List<string> keys = [];
        await foreach (var key in backup.KeysAsync(prefix, default))
        {
            keys.Add(key);
        }

        return keys;
    }
}
