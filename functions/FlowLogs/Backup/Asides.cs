using AlertHub.Aws;
using FlowLogs.Delivery;
using Microsoft.Extensions.Logging;

namespace FlowLogs.Backup;

/// <summary>Puts into the backup what a settlement says.</summary>
internal sealed partial class Asides(IBackup backup, ILogger<Asides> log)
{
    /// <summary>Of data in one object, as far as single records allow: what a replay holds at once.</summary>
    private const int MostBytes = 6 << 20;

    /// <summary>Each prefix in objects of its own. What cannot be put keeps no other back.</summary>
    /// <returns>Keys that were put, and index of the first record of which something could not be; null where all could.</returns>
    public async Task<(IReadOnlyList<string> Keys, int? Failed)> PutAsync(
        IEnumerable<Aside> asides,
        CancellationToken cancellationToken
    )
    {
        List<string> keys = [];
        int? failed = null;
        foreach (var prefix in asides.GroupBy(static aside => aside.Prefix))
        {
            foreach (var some in Objects(prefix))
            {
                var lines = some.ConvertAll(static aside => aside.Line);
                var key = BackupText.Key(prefix.Key, lines);
                try
                {
                    await backup.PutAsync(key, BackupText.Write(lines), cancellationToken).ConfigureAwait(false);
                    keys.Add(key);
                    Kept(lines.Count, key, lines[0].Reason);
                }
                catch (Exception e)
                    when (cancellationToken.IsCancellationRequested || AwsTrouble.Is(e, cancellationToken))
                {
                    failed = Math.Min(failed ?? int.MaxValue, some[0].Index);
                    NotKept(
                        lines.Count,
                        key,
                        (e as Amazon.Runtime.AmazonServiceException)?.ErrorCode ?? e.GetType().Name
                    );
                }
            }
        }

        return (keys, failed);
    }

    private static IEnumerable<List<Aside>> Objects(IEnumerable<Aside> asides)
    {
        List<Aside> some = [];
        var bytes = 0L;
        foreach (var aside in asides)
        {
            if (some.Count > 0 && bytes + aside.Line.Record.Data.Length > MostBytes)
            {
                yield return some;
                (some, bytes) = ([], 0);
            }

            some.Add(aside);
            bytes += aside.Line.Record.Data.Length;
        }

        if (some.Count > 0)
        {
            yield return some;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Records} records are in the backup, in {Key}: {Reason}")]
    private partial void Kept(int records, string key, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Records} records could not be put into the backup as {Key} and stay where they are: {Error}"
    )]
    private partial void NotKept(int records, string key, string error);
}
