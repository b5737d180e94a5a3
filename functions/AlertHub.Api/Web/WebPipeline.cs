using AlertHub.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api.Web;

/// <summary>What every request passes on its way to an endpoint, from the outside in.</summary>
public static class WebPipeline
{
    /// <summary>To be called once, before endpoints are mapped.</summary>
    /// <param name="app">The server.</param>
    /// <param name="access">Who may come in; null for anybody.</param>
    /// <param name="prefix">As <see cref="WebPaths.RoutePrefix"/> gives it.</param>
    /// <param name="metrics">Where requests are counted; null for nowhere.</param>
    public static void Use(IApplicationBuilder app, WebAccess? access, string prefix, MetricRegistry? metrics)
    {
        if (access is not null)
        {
            app.Use(access.InvokeAsync);
        }

        app.Use(new RoutePrefix(prefix).InvokeAsync);
        // By name: where nobody asks for it, WebApplication puts it first, before the prefix is taken off.
        app.UseRouting();
        if (metrics is not null)
        {
            app.Use(new HttpMetrics(metrics).InvokeAsync);
        }

        app.Use(
            static (HttpContext context, RequestDelegate next) =>
                context.GetEndpoint() is null ? Exchange.NotFoundAsync(context) : GuardedAsync(context, next)
        );
    }

    /// <summary>For endpoints that only read, of a storage that may be out of reach.</summary>
    private static async Task GuardedAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (StorageUnavailableException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                $"Ask again later: {e.Message}"
            );
        }
    }
}
