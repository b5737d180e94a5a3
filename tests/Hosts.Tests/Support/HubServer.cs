using System.Text;
using AlertHub;
using AlertHub.Api;
using AlertHub.Api.Explaining;
using AlertHub.Api.Web;
using AlertHub.Configuration;
using AlertHub.Lambda.Http;
using AlertHub.Local;
using AlertHub.Local.Web;
using AlertHub.Metrics;
using AlertHub.Storing;
using AlertHub.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using ApiV2 = AlertHub.Api.AlertmanagerV2.AlertmanagerApi;

namespace Hosts.Tests.Support;

/// <summary>The HTTP API on a real server over a hub that keeps everything in memory and tells nobody.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WebAccess? access;

    private HubServer(WebApplication app, WebAccess? access, Hub hub, HttpApiGateway? gateway)
    {
        this.app = app;
        this.access = access;
        Hub = hub;
        Address = new(gateway is null ? WebHost.Link(app) + "/" : "https://localhost/");
        Http = gateway is null ? new() : new(gateway);
        Http.BaseAddress = Address;
        Http.Timeout = TimeSpan.FromSeconds(60);
    }

    public Hub Hub { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>What was asked for to be done later.</summary>
    public required NotedWork Work { get; init; }

    public required RecordedLog<ApiV2> Log { get; init; }

    public required MetricRegistry Registry { get; init; }

    /// <param name="config">alertmanager.yml.</param>
    /// <param name="web">--web.config.file.</param>
    /// <param name="prefix">--web.route-prefix.</param>
    /// <param name="store">In memory without one.</param>
    /// <param name="externalUrl">--web.external-url.</param>
    /// <param name="reload">What /-/reload does.</param>
    /// <param name="bodies">How much comes in at once.</param>
    /// <param name="invocation">Where it is asked by events and not on a port.</param>
    /// <param name="limits">How many requests at once, and how long each.</param>
    public static async Task<HubServer> StartAsync(
        string config,
        WebConfigFile? web = null,
        string prefix = "/",
        Func<HubRules, IAlertStore>? store = null,
        Uri? externalUrl = null,
        Func<string?>? reload = null,
        BodyBudget? bodies = null,
        InvocationContext? invocation = null,
        RequestLimits? limits = null
    )
    {
        var time = TimeProvider.System;
        var loaded = HubConfig.Load(new("alertmanager.yml", Encoding.UTF8.GetBytes(config)), null, out var problems);
        var rules = HubRules.Compile(loaded ?? throw new InvalidOperationException(string.Join('\n', problems)));
        var hub = new Hub(
            store?.Invoke(rules) ?? new MemoryStore(rules),
            new()
            {
                Rules = rules,
                FindChannel = static (_, _) => null,
                Templates = NotificationTemplates.Default,
            },
            time,
            static () => 0
        );
        var registry = new MetricRegistry();
        var metrics = new HubMetrics(registry);
        HubGauges.Set(rules, metrics);
        var work = new NotedWork();
        var keeper = new Keeper(hub, work, NullLogger<Keeper>.Instance);
        var log = new RecordedLog<ApiV2>();
        var admission = new Admission(loopbackOnly: true, bodies ?? new(BodyBudget.DefaultBytes), externalUrl);

        var lambda = new LambdaServer(time);
        var app = invocation is null
            ? WebHost.Create([new(System.Net.IPAddress.Loopback, 0)], web)
            : LambdaWebHost.Create(lambda);
        var access = web is null
            ? null
            : new WebAccess((_, _) => new(web.Rules), web.AtStart.RateLimit, time, NullLogger<WebAccess>.Instance);
        if (limits is not null)
        {
            app.Use(limits.InvokeAsync);
        }

        WebPipeline.Use(app, access, prefix, registry);
        new ApiV2(hub, keeper, admission, metrics, time, log).Map(app);
        new Intake(keeper.KeepAsync, admission, time, NullLogger<Intake>.Instance).Map(app);
        new ExplainEndpoint(hub).Map(app);
        MetricsEndpoint.Map(app, registry, ct => HubGauges.RefreshAsync(hub, metrics, time.GetUtcNow(), ct));
        Health.Map(app, async ct => await hub.ReadAsync(ct));
        Reload.Map(app, admission, _ => Task.FromResult(reload?.Invoke()));
        await app.StartAsync();
        return new(app, access, hub, invocation is null ? null : new(lambda, invocation))
        {
            Work = work,
            Log = log,
            Registry = registry,
        };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        access?.Dispose();
    }
}
