using System.Globalization;
using System.Text;
using AlertHub;
using AlertHub.Alerts;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Sources;
using AlertHub.Storing;
using AlertHub.Templates;

namespace Hosts.Tests.Support;

/// <summary>
/// Hubs on one storage that tell a Slack bot, and a clock that the test moves: groups wait for no time, are looked at every
/// minute and repeated after an hour. Which alerts fire is said by their instance.
/// </summary>
internal sealed class BotScene : IAsyncDisposable
{
    private static readonly GroupId Group = new()
    {
        Receiver = "ops",
        RouteKey = "{}",
        Labels = Labels.Of(new Label("alertname", "Something")),
    };

    public static IntegrationId Slack { get; } = new("slack", 0);

    private readonly ManualClock clock = new();
    private readonly List<ChannelCatalog> catalogs = [];
    private readonly IAlertStore store;
    private Hub[] hubs;

    private BotScene(RecordingSlack server, int count, string options, Func<HubRules, IAlertStore>? open)
    {
        Server = server;
        store = (open ?? (static rules => new MemoryStore(rules)))(Settings(options).Rules);
        hubs = [.. Enumerable.Range(0, count).Select(_ => NewHub(options))];
    }

    public RecordingSlack Server { get; }

    public SlackWorkspace Workspace => Server.Workspace;

    public IReadOnlyList<Hub> Hubs => hubs;

    /// <param name="hubs">How many.</param>
    /// <param name="options">Of slack_configs, beside the token and the channel.</param>
    /// <param name="open">The storage; null for memory.</param>
    public static async Task<BotScene> StartAsync(
        int hubs = 1,
        string options = "",
        Func<HubRules, IAlertStore>? open = null
    ) => new(await RecordingSlack.StartAsync(), hubs, options, open);

    /// <summary>Another process with another configuration goes on.</summary>
    public async Task RestartAsync(string options = "")
    {
        hubs = [NewHub(options)];
        await hubs[0].UseAsync(hubs[0].Settings, default);
    }

    public Task FireAsync(string instance, string severity = "warning") => PostAsync(instance, severity, ends: false);

    /// <summary>What only happened, in the group of the others.</summary>
    public Task SayAsync(string message)
    {
        var now = clock.GetUtcNow();
        var labels = Labels.Of(new Label("alertname", "Something"), new Label(Label.Message, message));
        return hubs[0]
            .IngestAsync(
                [
                    new(
                        null,
                        [
                            new()
                            {
                                Alert = new()
                                {
                                    Labels = labels,
                                    Annotations = Labels.Of(new Label(Annotation.Summary, message)),
                                    StartsAt = now,
                                    EndsAt = now + TimeSpan.FromMinutes(5),
                                },
                                UpdatedAt = now,
                                IsTimeout = true,
                            },
                        ]
                    ),
                ],
                default
            );
    }

    /// <summary>Somebody silences it for an hour.</summary>
    public async Task<string> SilenceAsync(string instance)
    {
        var request = new SilenceRequest
        {
            Matchers = [Matcher.Create("instance", MatchOperator.Equal, instance, out _)!],
            EndsAt = clock.GetUtcNow().AddHours(1),
            CreatedBy = "mia",
            Comment = "being replaced",
        };
        var id = $"silence of {instance}";
        await hubs[0].SilenceAsync(request, id: null, id, default);
        return id;
    }

    public Task UnsilenceAsync(string id) => hubs[0].ExpireAsync(id, default);

    /// <summary>An alarm of CloudWatch, as it comes from SNS, in the group of the others.</summary>
    public Task AlarmAsync(byte[] sample)
    {
        var message = Assert.Single(Envelope.Open(sample, clock.GetUtcNow()));
        var alarm = Assert.Single(Tracking.Track(message, hubs[0].Settings.Rules));
        var labels = alarm.Labels.With(Labels.Of(new Label("alertname", "Something")));
        return hubs[0].IngestAsync([new(null, [alarm with { Alert = alarm.Alert with { Labels = labels } }])], default);
    }

    public Task ResolveAsync(string instance, string severity = "warning") => PostAsync(instance, severity, ends: true);

    /// <summary>Whatever is due is done, by all hubs at once; again and again while time passes in seconds.</summary>
    public async Task PassAsync(int seconds)
    {
        for (var second = 0; second <= seconds; second++)
        {
            await WorkAsync();
            if (second < seconds)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>Time passes, and nobody does anything.</summary>
    public void Skip(TimeSpan time) => clock.Advance(time);

    public async Task<Group?> FindAsync() => await store.FindAsync(Group, default);

    public async Task WorkAsync()
    {
        for (var isBusy = true; isBusy; )
        {
            var results = await Task.WhenAll(hubs.Select(hub => Task.Run(() => WorkAsync(hub))));
            isBusy = results.Contains(true);
        }
    }

    private async Task<bool> WorkAsync(Hub hub)
    {
        var did = false;
        foreach (var (work, due) in await hub.SweepAsync(clock.GetUtcNow(), default))
        {
            did |=
                due <= clock.GetUtcNow()
                && work switch
                {
                    Work.Flush(var id) => (await hub.FlushAsync(id, default)).Flush is not null,
                    Work.Deliver(var id, var integration) => await DeliverAsync(hub, id, integration),
                    _ => false,
                };
        }

        return did;
    }

    private Task<IngestResult> PostAsync(string instance, string severity, bool ends)
    {
        var now = clock.GetUtcNow();
        var alert = new TrackedAlert
        {
            Alert = new()
            {
                Labels = Labels.Of(
                    new Label("alertname", "Something"),
                    new Label("instance", instance),
                    new Label("severity", severity)
                ),
                StartsAt = now,
                EndsAt = ends ? now : null,
            },
            UpdatedAt = now,
        };
        return hubs[0].IngestAsync([new(null, [alert])], default);
    }

    private Hub NewHub(string options) => new(store, Settings(options), clock, static () => 1);

    private static async Task<bool> DeliverAsync(Hub hub, GroupId id, IntegrationId integration)
    {
        var delivered = await hub.DeliverAsync(id, integration, static _ => { }, default);
        _ = delivered.Follow is { } follow ? await follow(default) : null;
        return delivered.Attempt is not null;
    }

    private HubSettings Settings(string options)
    {
        var yaml = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            route: {receiver: ops, group_by: [alertname], group_wait: 0s, group_interval: 1m, repeat_interval: 1h}
            receivers:
            - name: ops
              slack_configs:
              - app_url: {{Server.PostMessage}}
                app_token: {{Workspace.Token}}
                {{(options.Contains("channel:", StringComparison.Ordinal) ? "" : "channel: '#ops'")}}
                send_resolved: true
                {{options}}
            """
        );
        var config =
            HubConfig.Load(new("alertmanager.yml", Encoding.UTF8.GetBytes(yaml)), null, out var problems)
            ?? throw new FormatException(string.Join('\n', problems));
        var catalog = new ChannelCatalog(
            new()
            {
                Secrets = new LocalSecretSource(static _ => null),
                Templates = NotificationTemplates.Default,
                Console = TextWriter.Null,
                Time = TimeProvider.System,
                Pictures = new(ask: null),
            }
        );
        catalogs.Add(catalog);
        var channel = catalog.Create(config.Receivers[0].Integrations[0]);
        return new()
        {
            Rules = HubRules.Compile(config),
            FindChannel = (_, _) => channel,
            Templates = NotificationTemplates.Default,
        };
    }

    public async ValueTask DisposeAsync()
    {
        catalogs.ForEach(static catalog => catalog.Dispose());
        await Server.DisposeAsync();
    }
}
