namespace Amazon.CloudWatch.Model;

/// <summary>Of alarms on metric math and anomaly bands the single-metric members are null.</summary>
public sealed class MetricAlarm
{
    public bool? ActionsEnabled { get; set; }

    public List<string>? AlarmActions { get; set; }

    public string? AlarmArn { get; set; }

    public DateTime? AlarmConfigurationUpdatedTimestamp { get; set; }

    public string? AlarmDescription { get; set; }

    public string? AlarmName { get; set; }

    public ComparisonOperator? ComparisonOperator { get; set; }

    public int? DatapointsToAlarm { get; set; }

    public List<Dimension>? Dimensions { get; set; }

    public int? EvaluationPeriods { get; set; }

    /// <summary>A percentile, such as p99.</summary>
    public string? ExtendedStatistic { get; set; }

    public List<string>? InsufficientDataActions { get; set; }

    public string? MetricName { get; set; }

    public string? Namespace { get; set; }

    public List<string>? OKActions { get; set; }

    /// <summary>Seconds.</summary>
    public int? Period { get; set; }

    public string? StateReason { get; set; }

    /// <summary>JSON.</summary>
    public string? StateReasonData { get; set; }

    /// <summary>When the state last changed to another.</summary>
    public DateTime? StateTransitionedTimestamp { get; set; }

    /// <summary>When the state, its reason or the alarm was last written.</summary>
    public DateTime? StateUpdatedTimestamp { get; set; }

    public StateValue? StateValue { get; set; }

    public Statistic? Statistic { get; set; }

    public double? Threshold { get; set; }

    /// <summary>The anomaly band that stands in place of a threshold.</summary>
    public string? ThresholdMetricId { get; set; }

    public string? TreatMissingData { get; set; }

    public StandardUnit? Unit { get; set; }
}
