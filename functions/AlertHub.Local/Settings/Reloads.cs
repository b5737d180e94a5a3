using AlertHub.Api.Web;
using AlertHub.Channels;
using AlertHub.Metrics;

namespace AlertHub.Local.Settings;

/// <summary>Puts what the files say into force, one reload after the other. What cannot be used changes nothing.</summary>
internal sealed partial class Reloads(
    ConfigFiles files,
    Hub hub,
    IWorkQueue queue,
    HubMetrics metrics,
    TimeProvider time,
    ILogger<Reloads> log
) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private LoadedConfig? current;

    /// <summary>The one before: what began under it may still use its connections.</summary>
    private LoadedConfig? former;

    /// <summary>How the configuration is called.</summary>
    public string Origin => files.Origin;

    /// <summary>The settings of the start, which the hub was made with.</summary>
    public Task StartAsync(LoadedConfig loaded, CancellationToken cancellationToken) =>
        UseAsync(loaded, cancellationToken);

    /// <summary>Reads the files again.</summary>
    /// <returns>Null where they are in force; else why not, as a sentence.</returns>
    public async Task<string?> ReloadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var objections = new List<string>();
            if (await files.LoadAsync(objections) is not { } loaded)
            {
                return Fail(string.Join("; ", objections));
            }

            try
            {
                await UseAsync(loaded, cancellationToken);
            }
            catch (StorageUnavailableException e)
            {
                loaded.Dispose();
                return Fail(e.Message);
            }

            Reloaded(files.Name);
            return null;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        former?.Dispose();
        current?.Dispose();
        turn.Dispose();
    }

    private async Task UseAsync(LoadedConfig loaded, CancellationToken cancellationToken)
    {
        await hub.UseAsync(loaded.Settings, cancellationToken);
        await queue.AddAsync(await hub.SweepAsync(DateTimeOffset.MaxValue, cancellationToken), cancellationToken);
        former?.Dispose();
        (former, current) = (current, loaded);

        foreach (var loss in loaded.Losses)
        {
            Lost(loss);
        }

        // Each once: who reloads often has read them.
        foreach (var warning in loaded.Warnings.Except(former?.Warnings ?? []))
        {
            Warned(warning);
        }

        HubGauges.Set(loaded.Settings.Rules, metrics);
        metrics.ReceiversWithoutDestination.Set(loaded.ReceiversWithoutDestination);
        metrics.ConfigHash.Set(loaded.Hash);
        metrics.ConfigReloadSuccessful.Set(true);
        metrics.ConfigReloadSuccessTime.Set(time.GetUtcNow());
    }

    private string Fail(string objection)
    {
        metrics.ConfigReloadSuccessful.Set(false);
        NotReloaded(files.Name, objection);
        return objection;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Read {File} again, it is in force")]
    private partial void Reloaded(string file);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{File} was read again but cannot be used, so what it said before stays in force: {Objection}"
    )]
    private partial void NotReloaded(string file, string objection);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Loss}")]
    private partial void Lost(string loss);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void Warned(string warning);
}
