using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Sources;

/// <summary>An event source mapping of a queue, as its template describes it.</summary>
internal sealed record QueueSourceSettings
{
    public required string QueueUrl { get; init; }

    public required string QueueArn { get; init; }

    public int BatchSize { get; init; } = 10;

    public TimeSpan Window { get; init; }

    public int? MaximumConcurrency { get; init; }

    /// <summary>Whether the function says which messages it did not handle.</summary>
    public bool ReportsFailures { get; init; }

    /// <exception cref="TemplateException">It has something that this box does not play.</exception>
    public static QueueSourceSettings Read(JsonObject properties, string queueUrl, string where)
    {
        Properties.Check(
            properties,
            where,
            "BatchSize",
            "Enabled",
            "EventSourceArn",
            "FunctionName",
            "FunctionResponseTypes",
            "MaximumBatchingWindowInSeconds",
            "ScalingConfig",
            "Tags"
        );
        var size = (int?)properties[nameof(BatchSize)] ?? 10;
        var window = TimeSpan.FromSeconds((int?)properties["MaximumBatchingWindowInSeconds"] ?? 0);
        var concurrency = (int?)properties["ScalingConfig"]?[nameof(MaximumConcurrency)];
        return size is < 1 or > 10_000 || (size > 10 && window == TimeSpan.Zero) || concurrency is < 2 or > 1000
            ? throw new TemplateException(
                $"{where}: Lambda refuses a batch of {size} within {window} at a concurrency of {concurrency}."
            )
            : new()
            {
                QueueUrl = queueUrl,
                QueueArn = (string)properties["EventSourceArn"]!,
                BatchSize = size,
                Window = window,
                MaximumConcurrency = concurrency,
                ReportsFailures = (properties["FunctionResponseTypes"] as JsonArray ?? []).Any(static type =>
                    (string?)type == "ReportBatchItemFailures"
                ),
            };
    }
}
