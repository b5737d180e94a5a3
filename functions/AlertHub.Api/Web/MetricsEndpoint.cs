using AlertHub.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertHub.Api.Web;

/// <summary><c>GET /metrics</c>.</summary>
public static class MetricsEndpoint
{
    /// <param name="routes">Where it is mapped.</param>
    /// <param name="registry">What is shown.</param>
    /// <param name="refresh">Sets what is only known when asked for, such as how many alerts are in the store.</param>
    public static void Map(IEndpointRouteBuilder routes, MetricRegistry registry, Func<CancellationToken, Task> refresh)
    {
        var process = new ProcessMetrics(registry);
        routes
            .Map(
                "/metrics",
                Exchange.Only(
                    async context =>
                    {
                        process.Refresh();
                        await refresh(context.RequestAborted);
                        using var text = new PooledBuffer();
                        registry.Write(text);
                        await Exchange.AnswerAsync(context, MetricRegistry.ContentType, text);
                    },
                    HttpMethods.Get
                )
            )
            .WithDisplayName("/metrics");
    }
}
