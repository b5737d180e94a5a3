using System.IO.Compression;
using AlertHub.Aws.Tables;
using AlertHub.Lambda.Storage;
using Amazon.DynamoDBv2.Model;

namespace AlertHub.Lambda.Configuration;

using Item = Dictionary<string, AttributeValue>;

/// <summary>
/// The configurations that were in force, numbered: the last one is. Each is an item that is written once; one more item,
/// the history, tells them all, and whoever writes that, on the condition that nobody else did meanwhile, has put one in
/// force. Every environment reads the history each few seconds, so it is kept small.
/// </summary>
internal sealed class ConfigStore(TableItems records, TimeProvider time)
{
    /// <summary>Those before are deleted.</summary>
    public const int MostKept = 50;

    /// <summary>An item may have 400 KB; this is a megabyte or more of YAML.</summary>
    public const int LongestPackedBytes = 300 * 1024;

    private const string Key = "config";
    private const string Index = "history";
    private const string Entries = "entries";
    private const string Seed = "seed";
    private const string Body = "body";

    /// <exception cref="FormatException">It is damaged.</exception>
    public async Task<ConfigHistory> HistoryAsync(CancellationToken cancellationToken)
    {
        var items = await records.GetAsync([(Key, Index)], cancellationToken).ConfigureAwait(false);
        return items is [var item] ? Read(item) : new();
    }

    /// <summary>What a configuration says; null where it is not kept any more.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public async Task<ConfigText?> ReadAsync(ConfigEntry entry, CancellationToken cancellationToken)
    {
        var items = await records.GetAsync([(Key, entry.Sort)], cancellationToken).ConfigureAwait(false);
        return items is not [var item]
            ? null
            : Unpacked($"version {entry.Version} of the configuration", item, Body, ConfigText.Unpack);
    }

    /// <summary>Puts a configuration in force.</summary>
    /// <param name="history">As it was when that was decided.</param>
    /// <param name="text">What it says; short enough (<see cref="LongestPackedBytes"/>).</param>
    /// <param name="origin">Whose it is and why.</param>
    /// <param name="cancellationToken">Ends the wait; it may be in force all the same.</param>
    /// <returns>As it is noted; null where somebody else has put one in force meanwhile.</returns>
    public async Task<ConfigEntry?> AppendAsync(
        ConfigHistory history,
        ConfigText text,
        ConfigOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var entry = new ConfigEntry
        {
            Version = (history.Current?.Version ?? 0) + 1,
            At = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()),
            By = origin.By,
            Note = origin.Note,
            Id = Guid.NewGuid().ToString("N")[..8],
        };
        var item = new Item
        {
            [DocumentItems.Key] = new() { S = Key },
            [DocumentItems.Sort] = new() { S = entry.Sort },
            [Body] = new() { B = new MemoryStream(text.Pack(), writable: false) },
        };
        await records.PutAsync([item], cancellationToken).ConfigureAwait(false);

        ConfigEntry[] all = [.. history.Entries, entry];
        var index = IndexOf([.. all.TakeLast(MostKept)], origin.Seed ?? history.Seed);
        if (
            !await records.PutAsync(index, history.Revision, cancellationToken).ConfigureAwait(false)
            // Where an answer got lost, the second try finds what the first has stored.
            && (await HistoryAsync(cancellationToken).ConfigureAwait(false)).Find(entry.Version)?.Id != entry.Id
        )
        {
            await ForgetAsync([entry], cancellationToken).ConfigureAwait(false);
            return null;
        }

        await ForgetAsync(all.SkipLast(MostKept), cancellationToken).ConfigureAwait(false);
        return entry;
    }

    private static Item IndexOf(ConfigEntry[] entries, string? seed)
    {
        var packed = Packed.Of(entries, ConfigJson.Default.ConfigEntryArray, CompressionLevel.SmallestSize);
        var index = new Item
        {
            [DocumentItems.Key] = new() { S = Key },
            [DocumentItems.Sort] = new() { S = Index },
            [DocumentItems.Revision] = new() { S = Guid.NewGuid().ToString("N") },
            [Entries] = new() { B = new MemoryStream(packed, writable: false) },
        };
        if (seed is not null)
        {
            index[Seed] = new() { S = seed };
        }

        return index;
    }

    private ConfigHistory Read(Item item) =>
        new()
        {
            Revision = item.GetValueOrDefault(DocumentItems.Revision)?.S ?? throw Damaged("it has no revision"),
            Seed = item.GetValueOrDefault(Seed)?.S,
            Entries = Unpacked(
                "the history of configurations",
                item,
                Entries,
                static packed => Packed.Read(packed, ConfigJson.Default.ConfigEntryArray)
            ),
        };

    private FormatException Damaged(string reason) =>
        new($"table \"{records.Name}\": the history of configurations is damaged ({reason}); restore the table");

    private T Unpacked<T>(string what, Item item, string attribute, Func<Stream, T> read)
    {
        try
        {
            return read(item.GetValueOrDefault(attribute)?.B ?? throw new FormatException($"it has no {attribute}"));
        }
        catch (FormatException e)
        {
            throw new FormatException(
                $"table \"{records.Name}\": {what} is damaged or was written by a newer AlertHub ({e.Message}); restore the table",
                e
            );
        }
    }

    /// <summary>What is not deleted takes room and nothing else: nobody refers to it.</summary>
    private async Task ForgetAsync(IEnumerable<ConfigEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await records
                .DeleteAsync(entries.Select(static old => (Key, old.Sort)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // Whether a configuration is in force does not depend on it.
        }
    }
}
