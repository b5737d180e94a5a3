using System.Buffers.Binary;
using System.Security.Cryptography;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Configuration;
using AlertHub.Local.Commands;
using AlertHub.Templates;

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
    public async Task<Loaded?> LoadAsync(List<string> objections)
    {
        return IsBuiltIn ? await BuiltInAsync(objections) : FromFiles(objections);
    }

    private async Task<Loaded?> BuiltInAsync(List<string> objections)
    {
        var webhook = Environment.GetEnvironmentVariable(BuiltInConfig.SlackWebhookVariable);
        if (await BuiltInConfig.ProblemAsync(webhook, secrets, CancellationToken.None) is { } problem)
        {
            objections.Add(problem);
            return null;
        }

        return options.HubFile is not null
            ? Refuse(objections, "--hub.file needs an alertmanager.yml that it refers to; name that with --config.file")
            : Make(BuiltInConfig.Make(webhook), [], [], hash: 0);
    }

    private Loaded? FromFiles(List<string> objections)
    {
        ConfigFile? hub = null;
        if (
            Read(options.ConfigFile, objections) is not { } file
            || (options.HubFile is { } path && (hub = Read(path, objections)) is null)
        )
        {
            return null;
        }

        var verdict = Verdict.Of(file, hub, glob => TemplateFiles.Find(Folder, glob));
        objections.AddRange(verdict.Problems.Where(static problem => problem.IsError).Select(static p => $"{p}"));
        return verdict.Failed || verdict.Config is not { } config
            ? null
            : Make(
                config,
                [.. verdict.Templates.SelectMany(static glob => glob.Files)],
                [.. verdict.Problems.Select(static problem => $"{problem}")],
                Hash(file, hub)
            );
    }

    private Loaded Make(HubConfig config, ConfigFile[] templates, string[] warnings, ulong hash)
    {
        var catalog = new ChannelCatalog(
            new()
            {
                Secrets = secrets,
                Templates =
                    NotificationTemplates.FromFiles(templates, out var objection)
                    ?? throw new InvalidOperationException($"templates that were checked are wrong: {objection}"),
                Console = Console.Out,
                Time = time,
                Folder = Folder,
            }
        );
        var rules = HubRules.Compile(Destinations.Existing(config));
        var channels = new Dictionary<(string, Grouping.IntegrationId), IChannel>();
        foreach (var receiver in rules.Routing.Receivers)
        {
            foreach (var (id, integration) in receiver.Integrations)
            {
                if (catalog.Create(integration) is { } channel)
                {
                    channels[(receiver.Name, id)] = channel;
                }
            }
        }

        var remarks = Destinations.Remarks(config).ToLookup(static r => r.IsLoss, static r => r.Sentence);
        return new(catalog)
        {
            Settings = new()
            {
                Rules = rules,
                FindChannel = (receiver, id) => channels.GetValueOrDefault((receiver, id)),
                ExternalUrl = options.LinkUrl,
            },
            Losses = [.. remarks[true]],
            Warnings = [.. warnings, .. remarks[false]],
            ReceiversWithoutDestination = Destinations.Lacking(config),
            Hash = hash,
        };
    }

    private string Folder => IsBuiltIn ? "" : Path.GetDirectoryName(options.ConfigFile) ?? "";

    private static ConfigFile? Read(string path, List<string> objections)
    {
        var file = ConfigSource.Read(path, out var objection);
        if (file is null)
        {
            objections.Add($"\"{path}\": {objection}");
        }

        return file;
    }

    private static Loaded? Refuse(List<string> objections, string sentence)
    {
        objections.Add(sentence);
        return null;
    }

    /// <summary>As many bits as a number in Prometheus's text keeps: another file, another number.</summary>
    private static ulong Hash(ConfigFile file, ConfigFile? hub)
    {
        byte[] all = [.. file.Content.Span, .. hub is null ? [] : hub.Content.Span];
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(all)) >> 16;
    }
}
