namespace Amazon.CloudWatch.Model;

public sealed class CompositeAlarm
{
    public bool? ActionsEnabled { get; set; }

    public List<string>? AlarmActions { get; set; }

    public string? AlarmArn { get; set; }

    public DateTime? AlarmConfigurationUpdatedTimestamp { get; set; }

    public string? AlarmDescription { get; set; }

    public string? AlarmName { get; set; }

    /// <summary>Such as <c>ALARM("cpu") AND NOT ALARM("deploying")</c>.</summary>
    public string? AlarmRule { get; set; }

    public List<string>? InsufficientDataActions { get; set; }

    public List<string>? OKActions { get; set; }

    public string? StateReason { get; set; }

    /// <summary>JSON.</summary>
    public string? StateReasonData { get; set; }

    /// <summary>When the state last changed to another.</summary>
    public DateTime? StateTransitionedTimestamp { get; set; }

    /// <summary>When the state, its reason or the alarm was last written.</summary>
    public DateTime? StateUpdatedTimestamp { get; set; }

    public StateValue? StateValue { get; set; }
}
