namespace Amazon.CloudWatch.Model;

public sealed class DescribeAlarmsRequest
{
    public string? ActionPrefix { get; set; }

    public string? AlarmNamePrefix { get; set; }

    /// <summary>At most 100.</summary>
    public List<string>? AlarmNames { get; set; }

    /// <summary>MetricAlarm and CompositeAlarm; without it metric alarms only.</summary>
    public List<string>? AlarmTypes { get; set; }

    public string? ChildrenOfAlarmName { get; set; }

    /// <summary>At most 100; by default 50.</summary>
    public int? MaxRecords { get; set; }

    public string? NextToken { get; set; }

    public string? ParentsOfAlarmName { get; set; }

    public StateValue? StateValue { get; set; }
}
