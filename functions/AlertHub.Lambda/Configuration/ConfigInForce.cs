using AlertHub.Channels;
using Microsoft.Extensions.Logging;

namespace AlertHub.Lambda.Configuration;

/// <summary>
/// The configuration by which this environment works. It looks now and then whether that is still the one in force. One
/// that this program cannot use, because a newer one has put it in force, is passed over for the newest that it can: what
/// it decides is better than nothing, and it says so.
/// </summary>
/// <param name="store">Where configurations are kept.</param>
/// <param name="host">What the host has to say; its version is set here.</param>
/// <param name="use">
/// Has the hub work by it from now on, the first one, too. Not to ask here for the configuration in turn.
/// </param>
/// <param name="time">Says when it is to be looked at again.</param>
/// <param name="log">What is in force, and why not something newer.</param>
internal sealed partial class ConfigInForce(
    ConfigStore store,
    ConfigHost host,
    Func<LoadedConfig, CancellationToken, Task> use,
    TimeProvider time,
    ILogger<ConfigInForce> log
) : IDisposable
{
    /// <summary>So long an environment may work by what is not in force any more.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>So often at most it is said that the storage does not tell.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1);
    private volatile InForce? current;

    /// <summary>The one before: what began under it may still use its connections.</summary>
    private LoadedConfig? former;

    private DateTimeOffset warnedAt = DateTimeOffset.MinValue;

    /// <summary>What is in force, or was a few seconds ago.</summary>
    /// <exception cref="StorageUnavailableException">
    /// Nothing is in force yet, or nothing that this program can use, or nobody knows.
    /// </exception>
    public ValueTask<LoadedConfig> GetAsync(CancellationToken cancellationToken) =>
        current is { } now && IsFresh(now) ? new(now.Loaded) : new(CheckAsync(IsFresh, cancellationToken));

    /// <summary>The same, looked at now unless it is known to be of this version or a later one.</summary>
    /// <param name="version">Under which others have stored something already, or that was just put in force.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">As <see cref="GetAsync"/>.</exception>
    public Task<LoadedConfig> CatchUpAsync(long version, CancellationToken cancellationToken) =>
        CheckAsync(now => now.Newest.Version >= version, cancellationToken);

    public void Dispose()
    {
        former?.Dispose();
        current?.Loaded.Dispose();
        turn.Dispose();
    }

    private bool IsFresh(InForce now) => time.GetUtcNow() - now.CheckedAt < Interval;

    /// <summary>One at a time: whoever waited takes what the one before it has found.</summary>
    private async Task<LoadedConfig> CheckAsync(Func<InForce, bool> isEnough, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (current is { } known && isEnough(known))
            {
                return known.Loaded;
            }

            var now = time.GetUtcNow();
            try
            {
                await TakeNewestAsync(now, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (current is { } last && e is StorageUnavailableException or FormatException)
            {
                current = last with { CheckedAt = now };
                if (now - warnedAt >= Quiet)
                {
                    warnedAt = now;
                    NotChecked(last.Newest.Version, e.Message);
                }
            }
            catch (FormatException e)
            {
                throw new StorageUnavailableException(e.Message, e);
            }

            return current!.Loaded;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task TakeNewestAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var history = await store.HistoryAsync(cancellationToken).ConfigureAwait(false);
        if (history.Current is not { } newest)
        {
            throw new StorageUnavailableException(
                "no configuration is in force yet: deploy the stack with an alertmanager.yml, or put one in force with PUT /hub/config"
            );
        }

        if (current is { } last && last.Newest == newest)
        {
            current = last with { CheckedAt = now };
            return;
        }

        var loaded = await LoadAsync(history, newest, cancellationToken).ConfigureAwait(false);
        try
        {
            await use(loaded, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }

        InForceNow(newest.Version, newest.By, newest.At);
        Tell(loaded);
        former?.Dispose();
        former = current?.Loaded;
        current = new(newest, loaded, now);
    }

    /// <summary>The newest that can be used, as if it were the newest: what is stored under that is stored under the rules that hold.</summary>
    private async Task<LoadedConfig> LoadAsync(
        ConfigHistory history,
        ConfigEntry newest,
        CancellationToken cancellationToken
    )
    {
        string? objection = null;
        foreach (var entry in history.Entries.Reverse())
        {
            var (loaded, problem) = await LoadAsync(entry, newest.Version, cancellationToken).ConfigureAwait(false);
            if (loaded is not null)
            {
                if (objection is not null)
                {
                    PassedOver(newest.Version, entry.Version, objection);
                }

                return loaded;
            }

            objection ??= problem;
        }

        throw new StorageUnavailableException(
            $"version {newest.Version} of the configuration is in force and cannot be used, nor can any before it: {objection}"
        );
    }

    private async Task<(LoadedConfig? Loaded, string Problem)> LoadAsync(
        ConfigEntry entry,
        long version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await store.ReadAsync(entry, cancellationToken).ConfigureAwait(false) is not { } text)
            {
                return (null, "what it says is not stored any more");
            }

            var loaded = text.Load(host with { Version = version }, out var objections);
            return (loaded, string.Join("; ", objections));
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
    }

    private void Tell(LoadedConfig loaded)
    {
        foreach (var loss in loaded.Losses)
        {
            Lost(loss);
        }

        // Each once: they stay true from one version to the next.
        foreach (var warning in loaded.Warnings.Except(current?.Loaded.Warnings ?? []))
        {
            Warned(warning);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Version {Version} of the configuration is in force, by {By} at {At:O}"
    )]
    private partial void InForceNow(long version, string by, DateTimeOffset at);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Version {Version} of the configuration is in force, but this program cannot use it and works by version {Older}: {Objection}"
    )]
    private partial void PassedOver(long version, long older, string objection);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Whether version {Version} of the configuration is still in force is not known, so it is held to be: {Reason}"
    )]
    private partial void NotChecked(long version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Loss}")]
    private partial void Lost(string loss);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void Warned(string warning);

    /// <param name="Newest">What is in force.</param>
    /// <param name="Loaded">What is worked by for it.</param>
    /// <param name="CheckedAt">When that was asked.</param>
    private sealed record InForce(ConfigEntry Newest, LoadedConfig Loaded, DateTimeOffset CheckedAt);
}
