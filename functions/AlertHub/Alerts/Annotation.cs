namespace AlertHub.Alerts;

/// <summary>
/// Annotation names that every source writes and every channel reads. An annotation whose name ends in
/// <see cref="UrlSuffix"/> and whose value is an http(s) address is a link, wherever it came from; one whose name ends in
/// <see cref="CommandSuffix"/> is lines to run, which are shown whole or not at all.
/// </summary>
public static class Annotation
{
    /// <summary>One line: what is wrong.</summary>
    public const string Summary = "summary";

    /// <summary>What its owner wrote about it.</summary>
    public const string Description = "description";

    /// <summary>Why the producer says so, in its own words.</summary>
    public const string Reason = "reason";

    /// <summary>The producer's word for the state: <c>ALARM</c>, <c>OK</c>, <c>INSUFFICIENT_DATA</c>.</summary>
    public const string State = "producer_state";

    /// <summary>The producer's word for the state before.</summary>
    public const string PreviousState = "previous_producer_state";

    /// <summary>The condition as a line: <c>Sum of Errors > 5 for 1 of 1 datapoints of 1 minute</c>.</summary>
    public const string Threshold = "threshold";

    /// <summary>What keeps the producer from acting on it: a suppressor alarm's name, or the kind of suppression.</summary>
    public const string SuppressedBy = "suppressed_by";

    /// <summary>What is measured: <c>InstanceId=i-1, Volume=vol-2</c>.</summary>
    public const string Dimensions = "dimensions";

    /// <summary>What came, as text, where nobody understood it.</summary>
    public const string Raw = "raw";

    /// <summary>For the hub alone, which draws it: what was measured, and where CloudWatch has more of it. JSON, 2 KB at most.</summary>
    public const string Chart = "__chart";

    public const string UrlSuffix = "_url";

    public const string CommandSuffix = "_command";

    public const string RunbookUrl = "runbook_url";

    public const string DashboardUrl = "dashboard_url";

    public const string AlarmUrl = "alarm_url";

    public const string MetricUrl = "metric_url";

    public const string LogsUrl = "logs_url";

    /// <summary>The page of what it is about: a queue, a tunnel.</summary>
    public const string ResourceUrl = "resource_url";

    /// <summary>What others are told: all but <see cref="Chart"/>.</summary>
    public static Labels Told(Labels annotations) =>
        annotations[Chart] is null ? annotations : Labels.Of(annotations.Where(static a => a.Name != Chart));
}
