using System.Globalization;
using System.Text.RegularExpressions;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>
/// A CloudWatch alarm that changed its state, whichever way the news came. Every member is optional on the wire but
/// the name and the state.
/// </summary>
public sealed partial record CloudWatchAlarm
{
    public required string Name { get; init; }

    /// <summary><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</summary>
    public required string State { get; init; }

    public string? PreviousState { get; init; }

    public string? Arn { get; init; }

    public string? Account { get; init; }

    /// <summary>The code, or the display name where no ARN tells the code.</summary>
    public string? Region { get; init; }

    public string? Description { get; init; }

    public string? Reason { get; init; }

    /// <summary>The same for programs, a document in JSON; null where the message does not tell.</summary>
    public string? ReasonData { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When the state before began; null where the message does not tell.</summary>
    public DateTimeOffset? PreviousSince { get; init; }

    public IReadOnlyList<CloudWatchMetric> Metrics { get; init; } = [];

    public string? ComparisonOperator { get; init; }

    public decimal? Threshold { get; init; }

    public decimal? EvaluationPeriods { get; init; }

    public decimal? DatapointsToAlarm { get; init; }

    /// <summary>What a composite alarm watches: <c>ALARM(a) AND NOT ALARM(b)</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>ARNs of the alarms that made a composite alarm change.</summary>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>
    /// Of an alarm with many time series the one that changed, as <c>TableName=orders</c>; null where it is the alarm itself.
    /// </summary>
    public string? Contributor { get; init; }

    public string? SuppressedBy { get; init; }

    public string? Runbook { get; init; }

    /// <summary><c>severity=critical, team=payments</c>; null where the alarm's tags are not sent along.</summary>
    public string? Tags { get; init; }

    public Reading ToReading(DateTimeOffset now) =>
        new()
        {
            Kind = "cloudwatch-alarm",
            Alerts = [ToAlert(now)],
            TellsEnds = true,
            SpokenAt = ChangedAt,
        };

    /// <summary>
    /// The alarm's labels come from its ARN alone, so that an edited alarm still resolves what it opened. Missing data
    /// keeps an alert open: nobody said that it is over.
    /// </summary>
    public Alert ToAlert(DateTimeOffset now)
    {
        var arn = Sources.Arn.Parse(Arn);
        var region = arn?.Region ?? Region;
        var at = ChangedAt < now ? ChangedAt.Value : now;
        var links = arn is null ? null : CloudWatchConsole.For(arn);
        var metric =
            Metrics.FirstOrDefault(static m => m.Returns && m.Expression is null)
            ?? Metrics.FirstOrDefault(static m => m.Name is not null);

        return new()
        {
            Labels = Labels
                .Of(
                    new Label(Label.AlertName, Name),
                    new("alarm_arn", Arn ?? ""),
                    new("contributor", Contributor ?? ""),
                    new("account", arn?.Account ?? Account ?? ""),
                    new("region", region ?? ""),
                    new("source", "cloudwatch")
                )
                .WithoutEmpty(),
            Annotations = Labels
                .Of(
                    new Label(
                        Annotation.Summary,
                        $"{Name} is {State}{(Contributor is null ? "" : $" for {Contributor}")}"
                    ),
                    new(Annotation.State, State),
                    new(Annotation.PreviousState, PreviousState ?? ""),
                    new(Annotation.Description, Description ?? ""),
                    new(Annotation.Reason, AlarmArn().Replace(Reason ?? "", "")),
                    new(Annotation.Threshold, Condition() ?? ""),
                    new(
                        Annotation.Dimensions,
                        metric is null
                            ? ""
                            : string.Join(", ", metric.Dimensions.Select(static d => $"{d.Name}={d.Value}"))
                    ),
                    new("namespace", metric?.Namespace ?? ""),
                    new(
                        "triggered_by",
                        string.Join(", ", Children.Select(static c => Sources.Arn.Parse(c)?.Name ?? c))
                    ),
                    new(Annotation.SuppressedBy, SuppressedBy ?? ""),
                    new("tags", Tags ?? ""),
                    new(Annotation.RunbookUrl, Runbook ?? FirstLink(Description) ?? ""),
                    new(Annotation.AlarmUrl, links?.Alarm() ?? ""),
                    new(Annotation.MetricUrl, Metrics.Count == 0 ? "" : links?.Graph(Metrics, at) ?? ""),
                    new(Annotation.LogsUrl, metric is null ? "" : links?.Logs(metric, at) ?? ""),
                    new(
                        Annotation.ResourceUrl,
                        links is null || metric is null ? "" : CloudWatchResource.Page(arn, metric)?.AbsoluteUri ?? ""
                    ),
                    new(
                        Annotation.Chart,
                        Rule is null ? CloudWatchChart.Of(this, arn?.Region, arn?.Account ?? Account).Text() : ""
                    )
                )
                .WithoutEmpty(),
            StartsAt = State == "OK" && PreviousState == "ALARM" && PreviousSince < at ? PreviousSince.Value : at,
            EndsAt = State == "OK" ? at : null,
        };
    }

    /// <summary>What is held against the threshold or band; null where the message names no metric.</summary>
    internal CloudWatchMetric? Watched =>
        Metrics.FirstOrDefault(static m => m.Returns && !IsBand(m)) ?? (Metrics.Count > 0 ? Metrics[0] : null);

    private string? Condition()
    {
        if (Rule is not null || Metrics.Count == 0)
        {
            return Rule;
        }

        var watched = Watched ?? Metrics[0];
        var band = Metrics.FirstOrDefault(IsBand)?.Expression ?? "the expected band";
        var condition = ComparisonOperator switch
        {
            "GreaterThanThreshold" => $"> {Limit}",
            "GreaterThanOrEqualToThreshold" => $"≥ {Limit}",
            "LessThanThreshold" => $"< {Limit}",
            "LessThanOrEqualToThreshold" => $"≤ {Limit}",
            "LessThanLowerOrGreaterThanUpperThreshold" => $"outside {band}",
            "LessThanLowerThreshold" => $"below {band}",
            "GreaterThanUpperThreshold" => $"above {band}",
            { } unknown => $"{unknown} {Limit}".TrimEnd(),
            null when Threshold is not null => $"against {Limit}",
            null => null,
        };
        var period = watched.Period ?? Metrics.Select(static m => m.Period).FirstOrDefault(static p => p is not null);
        var datapoints = EvaluationPeriods is { } of
            ? DatapointsToAlarm is { } some && some != of
                ? $"for {some} of {Count(of, "datapoint")}"
                : $"for {Count(of, "datapoint")}"
            : null;
        return string.Join(
            ' ',
            new[]
            {
                watched.ToString(),
                condition,
                datapoints,
                period is { } each ? $"{(datapoints is null ? "over" : "of")} {Length(each)}" : null,
            }.Where(static p => !string.IsNullOrEmpty(p))
        );
    }

    private string Limit => Threshold?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";

    private static bool IsBand(CloudWatchMetric metric) =>
        metric.Expression?.Contains("ANOMALY_DETECTION_BAND", StringComparison.OrdinalIgnoreCase) == true;

    private static string Length(TimeSpan period) =>
        period.TotalSeconds % 3600 == 0 ? Count((decimal)period.TotalHours, "hour")
        : period.TotalSeconds % 60 == 0 ? Count((decimal)period.TotalMinutes, "minute")
        : Count((decimal)period.TotalSeconds, "second");

    private static string Count(decimal number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {what}{(number == 1 ? "" : "s")}");

    /// <summary>Before the name of an alarm: the reason of a composite alarm begins with the ARN of the alarm that made it change.</summary>
    [GeneratedRegex(@"\barn:[\w-]+:cloudwatch:[\w-]*:\d*:alarm:", RegexOptions.CultureInvariant)]
    private static partial Regex AlarmArn();

    /// <summary>Teams keep the runbook's address in the alarm's description.</summary>
    private static string? FirstLink(string? text) =>
        text
            ?.Split([' ', '\t', '\r', '\n', '<', '>', '"', '|', '(', ')', ','])
            .FirstOrDefault(static w =>
                w.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                || w.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            )
            ?.TrimEnd('.', ';', ':', '!', '?');
}
