using System.Text.Json;

namespace Infra;

/// <summary>
/// The document that tells Elastic Beanstalk's enhanced health which metrics to publish. Without it an environment
/// publishes EnvironmentHealth only, and an alarm on anything else waits for ever without a word.
/// </summary>
internal sealed class HealthDocument
{
    public const string Namespace = "AWS/ElasticBeanstalk";

    // Elastic Beanstalk developer guide, "Publishing Amazon CloudWatch custom metrics for an environment": 60 seconds is the
    // only period.
    private const int PeriodSeconds = 60;

    private const string Always = "EnvironmentHealth";

    /// <summary>Every metric of an environment that Elastic Beanstalk can publish (the same page, checked 2026-11).</summary>
    public static readonly IReadOnlyList<string> Catalogue =
    [
        Always,
        "InstancesSevere",
        "InstancesDegraded",
        "InstancesWarning",
        "InstancesInfo",
        "InstancesOk",
        "InstancesPending",
        "InstancesUnknown",
        "InstancesNoData",
        "ApplicationRequestsTotal",
        "ApplicationRequests2xx",
        "ApplicationRequests3xx",
        "ApplicationRequests4xx",
        "ApplicationRequests5xx",
        "ApplicationLatencyP10",
        "ApplicationLatencyP50",
        "ApplicationLatencyP75",
        "ApplicationLatencyP85",
        "ApplicationLatencyP90",
        "ApplicationLatencyP95",
        "ApplicationLatencyP99",
        "ApplicationLatencyP99.9",
    ];

    private readonly IReadOnlyList<string> metrics;

    public HealthDocument(params IReadOnlyList<string> metrics)
    {
        if (metrics.FirstOrDefault(metric => !Catalogue.Contains(metric)) is { } unknown)
        {
            throw new ArgumentException(Unknown(unknown), nameof(metrics));
        }

        this.metrics = metrics;
    }

    /// <summary>What is wrong with an alarm on this metric; null if the document publishes it.</summary>
    public string? ProblemWith(string metric) =>
        !Catalogue.Contains(metric) ? Unknown(metric)
        : metric != Always && !metrics.Contains(metric)
            ? $"The health document does not publish \"{metric}\": the alarm would never leave OK. "
                + $"Name it in the HealthDocument, which publishes {string.Join(", ", metrics.Prepend(Always))}."
        : null;

    public override string ToString() =>
        JsonSerializer.Serialize(
            new
            {
                Version = 1,
                CloudWatchMetrics = new
                {
                    Environment = metrics.ToDictionary(metric => metric, _ => PeriodSeconds),
                    Instance = new { },
                },
            }
        );

    private static string Unknown(string metric)
    {
        var near = Catalogue.FirstOrDefault(known => Letters(known) == Letters(metric));
        return $"Elastic Beanstalk has no environment metric \"{metric}\": an alarm on it would never leave OK. "
            + (near is null ? $"It has {string.Join(", ", Catalogue)}." : $"Did you mean \"{near}\"?");
    }

    // The course text, and half the web, write "ApplicationRequest4xx".
    private static string Letters(string metric) =>
        metric.Replace("Requests", "Request", StringComparison.OrdinalIgnoreCase).ToUpperInvariant();
}
