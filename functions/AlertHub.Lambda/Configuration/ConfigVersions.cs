using AlertHub.Channels;

namespace AlertHub.Lambda.Configuration;

/// <summary>Puts configurations in force that can be used: checked, then prepared for, then noted as the newest.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="host">What the host has to say to them; its version is set here.</param>
/// <param name="prepare">Does to what is stored what has to be done before such rules hold: <c>DynamoAlertStore.PrepareAsync</c>.</param>
/// <param name="catchUp">Has this environment work by a version: <see cref="ConfigInForce.CatchUpAsync"/>.</param>
internal sealed class ConfigVersions(
    ConfigStore store,
    ConfigHost host,
    Func<HubRules, CancellationToken, Task> prepare,
    Func<long, CancellationToken, Task> catchUp
)
{
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="StorageUnavailableException">Nobody knows.</exception>
    public Task<ConfigHistory> HistoryAsync(CancellationToken cancellationToken) =>
        store.HistoryAsync(cancellationToken);

    /// <summary>What a version says; null where it is not kept any more.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="StorageUnavailableException">Nobody knows.</exception>
    public Task<ConfigText?> ReadAsync(ConfigEntry entry, CancellationToken cancellationToken) =>
        store.ReadAsync(entry, cancellationToken);

    /// <summary>What would be said of it.</summary>
    public ConfigCheck Check(ConfigText text)
    {
        using var loaded = text.Load(host, out var objections);
        return new(objections, Warnings(loaded));
    }

    /// <summary>Puts a configuration in force.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="origin">Whose it is and why.</param>
    /// <param name="expected">The version that must be in force until then; null for any.</param>
    /// <param name="cancellationToken">Ends the wait; it may be in force all the same.</param>
    /// <exception cref="FormatException">The history is damaged.</exception>
    /// <exception cref="StorageUnavailableException">It is not in force, or nobody knows.</exception>
    public async Task<ConfigOutcome> PutAsync(
        ConfigText text,
        ConfigOrigin origin,
        long? expected,
        CancellationToken cancellationToken
    )
    {
        var history = await store.HistoryAsync(cancellationToken).ConfigureAwait(false);
        return expected is { } version && history.Current?.Version != version
            ? new ConfigOutcome.Outdated(history.Current)
            : await PutAsync(history, text, origin, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts what an older version says in force again, as a new version.</summary>
    /// <exception cref="FormatException">The history or that version is damaged.</exception>
    /// <exception cref="StorageUnavailableException">It is not in force, or nobody knows.</exception>
    public async Task<ConfigOutcome> RollbackAsync(
        long version,
        ConfigOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var history = await store.HistoryAsync(cancellationToken).ConfigureAwait(false);
        return
            history.Find(version) is { } entry
            && await store.ReadAsync(entry, cancellationToken).ConfigureAwait(false) is { } text
            ? await PutAsync(history, text, origin, cancellationToken).ConfigureAwait(false)
            : new ConfigOutcome.Unknown();
    }

    private async Task<ConfigOutcome> PutAsync(
        ConfigHistory history,
        ConfigText text,
        ConfigOrigin origin,
        CancellationToken cancellationToken
    )
    {
        if (text.Pack().Length is > ConfigStore.LongestPackedBytes and var bytes)
        {
            return new ConfigOutcome.TooLarge(bytes);
        }

        var next = (history.Current?.Version ?? 0) + 1;
        using var loaded = text.Load(host with { Version = next }, out var objections);
        if (loaded is null)
        {
            return new ConfigOutcome.Refused(objections);
        }

        await prepare(loaded.Settings.Rules, cancellationToken).ConfigureAwait(false);
        if (await store.AppendAsync(history, text, origin, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return new ConfigOutcome.Conflict();
        }

        try
        {
            await catchUp(entry.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // It is in force: this environment learns of it as all others do.
        }

        return new ConfigOutcome.Accepted(entry, Warnings(loaded));
    }

    private static IReadOnlyList<string> Warnings(LoadedConfig? loaded) =>
        loaded is null ? [] : [.. loaded.Losses, .. loaded.Warnings];
}
