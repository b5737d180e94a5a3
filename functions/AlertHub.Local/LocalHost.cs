using AlertHub.Local.Logging;
using AlertHub.Local.Settings;
using AlertHub.Local.Storage;
using AlertHub.Local.Web;

namespace AlertHub.Local;

/// <summary>The process from start to end, in order.</summary>
internal static class LocalHost
{
    public static async Task<int> RunAsync(LocalOptions options)
    {
        var time = TimeProvider.System;
        var files = new ConfigFiles(options, time);
        var objections = new List<string>();
        if (await files.LoadAsync(objections) is not { } loaded)
        {
            return Fail(objections);
        }

        using var logs = Logs.Create(options.LogLevel, options.LogFormat);
        WebConfigFile? web = null;
        if (options.WebConfigFile is { } path)
        {
            web = WebConfigFile.Load(path, time, logs.CreateLogger<WebConfigFile>(), out var wrong);
            if (web is null)
            {
                return Fail(wrong);
            }
        }

        try
        {
            await using var store = await SqliteStore.OpenAsync(
                options.StoragePath,
                loaded.Settings.Rules,
                time,
                logs.CreateLogger<SqliteStore>(),
                CancellationToken.None
            );
            await using var process = new HubHost(options, files, store, loaded, web, logs, time);
            return await process.RunAsync(loaded);
        }
        catch (StorageUnavailableException e)
        {
            return Fail(e.Message);
        }
        finally
        {
            web?.Dispose();
        }
    }

    internal static int Fail(params IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Console.Error.WriteLine($"alerthub: {sentence}");
        }

        return 1;
    }
}
