using System.Diagnostics;
using AlertHub.Metrics;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api.Web;

/// <summary>How long requests took and how large their answers were, by the names and in the buckets of Alertmanager.</summary>
internal sealed class HttpMetrics(MetricRegistry registry)
{
    private readonly MetricFamily<Histogram> durations = registry.Histograms(
        "alertmanager_http_request_duration_seconds",
        "How long requests took.",
        [0.05, 0.1, 0.25, 0.5, 0.75, 1, 2, 5, 20, 60],
        "handler",
        "method"
    );

    private readonly MetricFamily<Histogram> sizes = registry.Histograms(
        "alertmanager_http_response_size_bytes",
        "How large answers were.",
        [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000],
        "handler",
        "method"
    );

    private readonly MetricFamily<Gauge> inFlight = registry.Gauges(
        "alertmanager_http_requests_in_flight",
        "Requests under way.",
        "method"
    );

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = Stopwatch.GetTimestamp();
        var current = HttpMethods.IsGet(context.Request.Method) ? inFlight["get"] : null;
        current?.Add(1);
        try
        {
            await next(context);
        }
        finally
        {
            current?.Add(-1);
            // An endpoint that stands for many paths says which one it was; the path itself would be for strangers to choose.
            if ((context.Items[HandlerKey] as string ?? context.GetEndpoint()?.DisplayName) is { } handler)
            {
                var method = Method(context.Request.Method);
                durations[handler, method].Observe(Stopwatch.GetElapsedTime(start));
                sizes[handler, method].Observe(context.Response.ContentLength ?? 0);
            }
        }
    }

    /// <summary>Under which an endpoint leaves its name in <see cref="HttpContext.Items"/>.</summary>
    public static object HandlerKey { get; } = new();

    /// <summary>Strangers may invent methods, and each would be a series.</summary>
    private static string Method(string method) =>
        method switch
        {
            "GET" => "get",
            "POST" => "post",
            "DELETE" => "delete",
            "PUT" => "put",
            "HEAD" => "head",
            "OPTIONS" => "options",
            _ => "unknown",
        };
}
