using FlowLogs.Backup;
using FlowLogs.Delivery;
using Microsoft.Extensions.Logging;

namespace FlowLogs.Functions;

/// <summary>
/// Objects of the backup to Splunk, in their order, until one cannot be delivered. What is left of an object is written before it
/// is removed, so that it may end anywhere; then events are sent twice, with the same <c>cwl_id</c>.
/// </summary>
internal sealed partial class Replaying(
    Sender sender,
    IBackup backup,
    Asides asides,
    Reports reports,
    ILogger<Replaying> log
)
{
    /// <summary>Of an object once it is inflated.</summary>
    private const int MostBytes = 256 << 20;

    /// <summary>What is delivered without anybody's saying so.</summary>
    public static IReadOnlyList<string> ByItself { get; } =
    [Names.UndeliveredPrefix, Names.GivenUpPrefix, Names.FirehosePrefix];

    /// <param name="prefixes">What the keys begin with.</param>
    /// <param name="sending">Ends the sending.</param>
    /// <param name="cancellationToken">Ends all.</param>
    public async Task<Replayed> RunAsync(
        IReadOnlyList<string> prefixes,
        CancellationToken sending,
        CancellationToken cancellationToken
    )
    {
        var (objects, events) = (0, 0L);
        // An object that is written within the run is not read in it.
        HashSet<string> written = [];
        foreach (var prefix in prefixes)
        {
            await foreach (var key in backup.KeysAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                if (sending.IsCancellationRequested)
                {
                    return new(objects, events, "time is up");
                }

                if (
                    written.Contains(key)
                    || await LinesAsync(key, cancellationToken).ConfigureAwait(false) is not { } lines
                )
                {
                    continue;
                }

                var due = lines.Select(static line => new DueRecord(line.Record, line.Only)).ToList();
                var delivered = await sender.SendAsync(due, sending).ConfigureAwait(false);
                var left = Settlement.Of(due, delivered.Outcomes, static _ => true).Asides;
                events += delivered.Accepted;
                await reports.TellReplayedAsync(delivered, cancellationToken).ConfigureAwait(false);
                var (keys, failed) = await asides.PutAsync(left, cancellationToken).ConfigureAwait(false);
                written.UnionWith(keys);
                if (failed is not null)
                {
                    return new(objects, events, $"what is left of {key} could not be written");
                }

                if (!keys.Contains(key))
                {
                    await backup.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
                }

                objects++;
                Done(key, delivered.Accepted, left.Count);
                if (left.FirstOrDefault(static aside => aside.Prefix == Names.UndeliveredPrefix) is { } undelivered)
                {
                    return new(objects, events, undelivered.Line.Reason);
                }
            }
        }

        return new(objects, events, null);
    }

    /// <summary>Null where it is gone, or is nothing that could be delivered: then it is left where it is.</summary>
    private async Task<IReadOnlyList<BackupLine>?> LinesAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await backup.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } content
                ? BackupText.Read(content, MostBytes)
                : null;
        }
        catch (InvalidDataException e)
        {
            NotRead(key, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key}: {Events} events delivered, {Left} records left")]
    private partial void Done(string key, long events, int left);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} is left as it is, since it cannot be read: {Problem}")]
    private partial void NotRead(string key, string problem);
}

/// <param name="Objects">Objects that were worked on.</param>
/// <param name="Events">Log events that HEC took.</param>
/// <param name="Stopped">Why it ended before all was delivered, or null.</param>
internal sealed record Replayed(int Objects, long Events, string? Stopped);
