using System.Buffers.Binary;
using System.Security.Cryptography;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Picturing;
using AlertHub.Templates;

namespace AlertHub.Channels;

/// <summary>A configuration that can be used, with the connections of its destinations.</summary>
public sealed class LoadedConfig : IDisposable
{
    private readonly ChannelCatalog catalog;

    private LoadedConfig(ChannelCatalog catalog) => this.catalog = catalog;

    public required HubSettings Settings { get; init; }

    /// <summary>Whom it means to tell and does not, a sentence each.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>What its author should know though it can be used, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Receivers with a destination that does not exist yet.</summary>
    public required int ReceiversWithoutDestination { get; init; }

    /// <summary>Of its files, in as many bits as a number in Prometheus's text keeps: another file, another number.</summary>
    public ulong Hash { get; private init; }

    /// <summary>What files say, if it can be used.</summary>
    /// <param name="alertmanager">alertmanager.yml.</param>
    /// <param name="hub">hub.yml; null where there is none.</param>
    /// <param name="find">The files that an entry under <c>templates</c> stands for.</param>
    /// <param name="host">What the host has to say.</param>
    /// <param name="objections">All that is wrong with them where it cannot be used, a sentence each.</param>
    public static LoadedConfig? Load(
        ConfigFile alertmanager,
        ConfigFile? hub,
        Func<string, TemplateGlob> find,
        ConfigHost host,
        out IReadOnlyList<string> objections
    )
    {
        var verdict = Verdict.Of(alertmanager, hub, find, host.SecretReview);
        objections =
        [
            .. verdict.Problems.Where(static problem => problem.IsError).Select(static problem => $"{problem}"),
        ];
        return verdict.Failed || verdict.Config is not { } config
            ? null
            : Make(
                config,
                [.. verdict.Templates.SelectMany(static glob => glob.Files)],
                [.. verdict.Problems.Select(static problem => $"{problem}")],
                HashOf(alertmanager, hub),
                host
            );
    }

    /// <summary>One that was made by hand.</summary>
    public static LoadedConfig Of(HubConfig config, ConfigHost host) => Make(config, [], [], hash: 0, host);

    public void Dispose() => catalog.Dispose();

    private static LoadedConfig Make(
        HubConfig config,
        ConfigFile[] templates,
        string[] warnings,
        ulong hash,
        ConfigHost host
    )
    {
        var compiled =
            NotificationTemplates.FromFiles(templates, out var objection)
            ?? throw new InvalidOperationException($"templates that were checked are wrong: {objection}");
        var catalog = new ChannelCatalog(
            new()
            {
                Secrets = host.Secrets,
                Templates = compiled,
                Console = host.Console,
                Time = host.Time,
                Folder = host.Folder,
                Pictures = host.Pictures,
            }
        );
        var rules = HubRules.Compile(Destinations.Existing(config), host.Version);
        var channels = new Dictionary<(string, IntegrationId), IChannel>();
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
                Templates = compiled,
                ExternalUrl = host.ExternalUrl,
            },
            Losses = [.. remarks[true]],
            Warnings = [.. warnings, .. remarks[false]],
            ReceiversWithoutDestination = Destinations.Lacking(config),
            Hash = hash,
        };
    }

    private static ulong HashOf(ConfigFile file, ConfigFile? hub)
    {
        byte[] all = [.. file.Content.Span, .. hub is null ? [] : hub.Content.Span];
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(all)) >> 16;
    }
}

/// <summary>What a host has to say to a configuration.</summary>
public sealed record ConfigHost
{
    public required ISecretSource Secrets { get; init; }

    /// <summary>Where the console channel prints.</summary>
    public required TextWriter Console { get; init; }

    public required TimeProvider Time { get; init; }

    /// <inheritdoc cref="ChannelParts.Folder"/>
    public string Folder { get; init; } = "";

    /// <inheritdoc cref="ChannelParts.Pictures"/>
    public Pictures? Pictures { get; init; }

    /// <inheritdoc cref="HubSettings.ExternalUrl"/>
    public Uri? ExternalUrl { get; init; }

    /// <inheritdoc cref="HubRules.Version"/>
    public long Version { get; init; }

    /// <summary>What is wrong with where a secret stands; null where the host takes any.</summary>
    public SecretReview? SecretReview { get; init; }
}
