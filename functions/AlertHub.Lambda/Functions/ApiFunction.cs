using AlertHub.Api;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Api.DeadLetters;
using AlertHub.Api.Explaining;
using AlertHub.Api.Web;
using AlertHub.Aws;
using AlertHub.Configuration.Web;
using AlertHub.Lambda.Access;
using AlertHub.Lambda.Configuration;
using AlertHub.Lambda.Http;
using AlertHub.Metrics;
using Amazon.Lambda.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Lambda.Functions;

/// <summary>
/// All that is asked over HTTP: what Alertmanager answers, webhooks, and the hub's own paths. While no configuration is in
/// force, only what puts one in force.
/// </summary>
internal sealed class ApiFunction(HubEnvironment environment, ParameterTokens tokens)
{
    private LambdaServer? withoutHub;
    private LambdaServer? withHub;

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var server = await FindAsync(context).ConfigureAwait(false);
        return await server.HandleAsync(input, context).ConfigureAwait(false);
    }

    /// <summary>One request at a time comes to an environment.</summary>
    private async Task<LambdaServer> FindAsync(ILambdaContext context)
    {
        using var deadline = new Deadline(context, environment.Time);
        try
        {
            var at = await environment.FindAsync(deadline.Token).ConfigureAwait(false);
            return withHub ??= await StartAsync(app => Map(app, at)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
        {
            // It may be this configuration that somebody comes to mend.
            return withHub ?? (withoutHub ??= await StartAsync(MapWithoutHub).ConfigureAwait(false));
        }
    }

    private async Task<LambdaServer> StartAsync(Action<WebApplication> map)
    {
        var server = new LambdaServer(environment.Time);
        var app = LambdaWebHost.Create(server, environment.Logs);
        // How many may come, API Gateway says.
        var access = new WebAccess(tokens.FindAsync, new RateLimit(), environment.Time, environment.Log<WebAccess>());
        WebPipeline.Use(app, access, "/", metrics: null);
        new ConfigEndpoints(environment.Versions, Admission(), environment.Log<ConfigEndpoints>()).Map(app);
        map(app);
        await app.StartAsync().ConfigureAwait(false);
        return server;
    }

    private void Map(WebApplication app, HubAtWork at)
    {
        var (admission, time) = (Admission(), environment.Time);
        new Intake(at.Keeper.KeepAsync, admission, time, environment.Log<Intake>()).Map(app);
        new AlertmanagerApi(
            at.Hub,
            at.Keeper,
            admission,
            new HubMetrics(new MetricRegistry()),
            time,
            environment.Log<AlertmanagerApi>()
        ).Map(app);
        new ExplainEndpoint(at.Hub).Map(app);
        new DeadLetterEndpoints(at.Hub, at.Queue, admission, environment.Log<DeadLetterEndpoints>()).Map(app);
        Health.Map(app, async ct => await at.Hub.SilencesAsync(ct).ConfigureAwait(false));
    }

    private void MapWithoutHub(WebApplication app)
    {
        Health.Map(app, NotReadyAsync);
        app.Map(
            "/{**rest}",
            (RequestDelegate)(
                async context =>
                {
                    await NotReadyAsync(context.RequestAborted);
                    // It is there by now, and this request came too early for it: nothing was done about it.
                    throw new StorageUnavailableException("the hub has just started");
                }
            )
        );

        async Task NotReadyAsync(CancellationToken ct) => await environment.FindAsync(ct).ConfigureAwait(false);
    }

    private Admission Admission() => new(loopbackOnly: false, new(BodyBudget.DefaultBytes), environment.ExternalUrl);
}
