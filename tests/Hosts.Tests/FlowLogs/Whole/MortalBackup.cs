using System.Runtime.CompilerServices;
using Amazon.S3;
using FlowLogs.Backup;

namespace Hosts.Tests.FlowLogs.Whole;

/// <summary>A bucket in memory, whose user may die before and after each change, and which fails now and then.</summary>
/// <param name="mortality">Of the user.</param>
/// <param name="fails">Whether the next change fails; it may have been made all the same.</param>
internal sealed class MortalBackup(Mortality mortality, Func<bool> fails) : IBackup
{
    private readonly SortedDictionary<string, byte[]> objects = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> Objects => objects;

    /// <summary>Changes that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Puts what somebody else does, who does not fail.</summary>
    public void Put(string key, byte[] content) => objects[key] = content;

    public Task PutAsync(string key, byte[] content, CancellationToken cancellationToken) =>
        ChangeAsync(() => objects[key] = content);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => ChangeAsync(() => objects.Remove(key));

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(objects.GetValueOrDefault(key));

    public async IAsyncEnumerable<string> KeysAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        foreach (var key in objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
        {
            yield return key;
        }
    }

    private Task ChangeAsync(Action change)
    {
        mortality.Pass();
        var hasFailed = fails();
        Failures += hasFailed ? 1 : 0;
        // An answer that is lost is a failure, too.
        if (!hasFailed || Failures % 2 == 0)
        {
            change();
        }

        mortality.Pass();
        return hasFailed ? throw new AmazonS3Exception("slow down") { ErrorCode = "SlowDown" } : Task.CompletedTask;
    }
}
