using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Local.Commands;

namespace AlertHub.Local.Settings;

/// <summary>The files that say what the hub works by, read at the start and at each reload.</summary>
internal sealed class ConfigFiles(LocalOptions options, TimeProvider time)
{
    private readonly ISecretSource secrets = SecretSources.Create(Environment.GetEnvironmentVariable, time);

    /// <summary>How the configuration is called: its file, or that it is the built-in one.</summary>
    public string Name => IsBuiltIn ? "the built-in configuration" : options.ConfigFile;

    /// <summary>The same for whoever wonders why their file is not read.</summary>
    public string Origin =>
        IsBuiltIn ? $"{Name}, as there is no \"{Path.GetFullPath(options.ConfigFile)}\"" : options.ConfigFile;

    /// <summary>Nobody asked for a file, and there is none where one would be looked for.</summary>
    private bool IsBuiltIn => !options.IsConfigFileGiven && !File.Exists(options.ConfigFile);

    /// <summary>What they say; null and all that is wrong with them, a sentence each.</summary>
    public async Task<LoadedConfig?> LoadAsync(List<string> objections)
    {
        return IsBuiltIn ? await BuiltInAsync(objections) : FromFiles(objections);
    }

    private async Task<LoadedConfig?> BuiltInAsync(List<string> objections)
    {
        var slack = SlackVariables.Read(Environment.GetEnvironmentVariable, out var problem);
        problem ??= slack is null ? null : await BuiltInConfig.ProblemAsync(slack, secrets, CancellationToken.None);
        if (problem is not null)
        {
            objections.Add(problem);
            return null;
        }

        if (options.HubFile is not null)
        {
            objections.Add("--hub.file needs an alertmanager.yml that it refers to; name that with --config.file");
            return null;
        }

        return LoadedConfig.Of(BuiltInConfig.Make(slack), Host);
    }

    private LoadedConfig? FromFiles(List<string> objections)
    {
        ConfigFile? hub = null;
        if (
            Read(options.ConfigFile, objections) is not { } file
            || (options.HubFile is { } path && (hub = Read(path, objections)) is null)
        )
        {
            return null;
        }

        var loaded = LoadedConfig.Load(file, hub, glob => TemplateFiles.Find(Folder, glob), Host, out var wrong);
        objections.AddRange(wrong);
        return loaded;
    }

    private string Folder => IsBuiltIn ? "" : Path.GetDirectoryName(options.ConfigFile) ?? "";

    private ConfigHost Host =>
        new()
        {
            Secrets = secrets,
            Console = Console.Out,
            Time = time,
            Folder = Folder,
            ExternalUrl = options.LinkUrl,
            Pictures = new(ask: null),
        };

    private static ConfigFile? Read(string path, List<string> objections)
    {
        var file = ConfigSource.Read(path, out var objection);
        if (file is null)
        {
            objections.Add($"\"{path}\": {objection}");
        }

        return file;
    }
}
