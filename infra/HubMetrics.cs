using AlertHub.Aws.Logging;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Lambda;

namespace Infra;

/// <summary>What CloudWatch knows of a hub.</summary>
internal sealed class HubMetrics(string stage)
{
    /// <summary>How long the periods are in which faults are counted.</summary>
    public static Duration Faults => Duration.Minutes(5);

    /// <summary>One of the hub's own, which its functions write.</summary>
    public IMetric Own(string name, string statistic, Duration period) =>
        new Metric(
            new MetricProps
            {
                Namespace = MetricNames.Namespace,
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { [MetricNames.StageDimension] = stage },
                Statistic = statistic,
                Period = period,
            }
        );

    public static IMetric Of(IFunction function, string name, string statistic) =>
        function.Metric(name, new MetricOptions { Statistic = statistic, Period = Faults });

    /// <summary>Requests that DynamoDB put off.</summary>
    public static IMetric Throttles(ITable table) =>
        Sum([Of(table, "ReadThrottleEvents"), Of(table, "WriteThrottleEvents")]);

    /// <summary>Requests that DynamoDB failed at. It counts them by operation only.</summary>
    public static IMetric SystemErrors(ITable table, params string[] operations) =>
        Sum([
            .. operations.Select(operation =>
                Of(table, "SystemErrors", new Dictionary<string, string> { ["Operation"] = operation })
            ),
        ]);

    private static Metric Of(ITable table, string name, Dictionary<string, string>? dimensions = null) =>
        table.Metric(
            name,
            new MetricOptions
            {
                DimensionsMap = dimensions is null
                    ? null
                    : new Dictionary<string, string>(dimensions) { ["TableName"] = table.TableName },
                Statistic = "Sum",
                Period = Faults,
            }
        );

    /// <summary>
    /// Filled up with zeros: DynamoDB reports only what is not zero, and a sum of which one part is missing is missing. (CDK's own
    /// sums over operations are.)
    /// </summary>
    private static MathExpression Sum(IReadOnlyList<IMetric> parts)
    {
        var metrics = parts.Index().ToDictionary(part => $"part{part.Index}", part => part.Item);
        return new MathExpression(
            new MathExpressionProps
            {
                Expression = $"SUM([{string.Join(", ", metrics.Keys.Select(name => $"FILL({name}, 0)"))}])",
                UsingMetrics = metrics,
                Period = Faults,
            }
        );
    }
}
