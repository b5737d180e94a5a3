using AlertHub;
using AlertHub.Aws.Tables;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Lambda.Configuration;
using Amazon.DynamoDBv2;

namespace Hosts.Tests.Support;

/// <summary>A table of the test's own with configurations, behind a gate.</summary>
internal sealed class ConfigScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    private readonly List<ConfigInForce> opened = [];

    private ConfigScene(DynamoGate gate) => (Gate, Client) = (gate, gate.NewClient());

    public DynamoGate Gate { get; }

    public IAmazonDynamoDB Client { get; }

    public string Table { get; } = $"records-{Guid.NewGuid():N}";

    public ManualClock Clock { get; } = new(Start);

    public RecordedLog<ConfigInForce> Log { get; } = new();

    /// <summary>Rules that were prepared for.</summary>
    public List<HubRules> Prepared { get; } = [];

    /// <summary>What the hub was told to work by.</summary>
    public List<LoadedConfig> Used { get; } = [];

    public ConfigHost Host =>
        new()
        {
            Secrets = new LocalSecretSource(static _ => null),
            Console = TextWriter.Null,
            Time = Clock,
            SecretReview = ParameterSecrets.Review("/alerthub"),
        };

    /// <summary>Retries take no time.</summary>
    public ConfigStore Store => new(new TableItems(Client, Table, TimeProvider.System, static () => 0), Clock);

    public static async Task<ConfigScene> StartAsync(Dynalite dynalite)
    {
        var scene = new ConfigScene(await DynamoGate.StartAsync(dynalite));
        await Dynalite.CreateTableAsync(scene.Client, scene.Table);
        scene.Gate.Reset();
        return scene;
    }

    /// <summary>What an environment would have.</summary>
    /// <param name="host">As <see cref="Host"/> without one.</param>
    public ConfigInForce Open(ConfigHost? host = null)
    {
        var inForce = new ConfigInForce(Store, host ?? Host, UseAsync, Clock, Log);
        opened.Add(inForce);
        return inForce;

        Task UseAsync(LoadedConfig loaded, CancellationToken cancellationToken)
        {
            Used.Add(loaded);
            return Task.CompletedTask;
        }
    }

    public ConfigVersions Versions(Func<long, CancellationToken, Task>? catchUp = null, Action? prepare = null) =>
        new(
            Store,
            Host,
            (rules, _) =>
            {
                Prepared.Add(rules);
                prepare?.Invoke();
                return Task.CompletedTask;
            },
            catchUp ?? (static (_, _) => Task.CompletedTask)
        );

    /// <summary>One whose first receiver has that name.</summary>
    public static ConfigText Text(string receiver) =>
        new() { Alertmanager = $"route: {{receiver: {receiver}}}\nreceivers: [{{name: {receiver}}}]\n" };

    /// <summary>Puts one in force, whatever it says.</summary>
    public async Task<ConfigEntry> AppendAsync(ConfigText text, string by = "ann") =>
        (await Store.AppendAsync(await Store.HistoryAsync(default), text, new(by, "why"), default))!;

    public async ValueTask DisposeAsync()
    {
        opened.ForEach(static each => each.Dispose());
        await Gate.DisposeAsync();
    }
}
