using System.Globalization;
using System.Text;

namespace AlertHub.Sources;

/// <summary>Links into the CloudWatch console of the right partition and region.</summary>
internal sealed class CloudWatchConsole
{
    private static readonly TimeSpan Before = TimeSpan.FromHours(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(30);

    private readonly string home;
    private readonly Arn alarm;

    private CloudWatchConsole(string host, Arn alarm)
    {
        this.alarm = alarm;
        home = $"https://{host}/cloudwatch/home?region={Uri.EscapeDataString(alarm.Region)}#";
    }

    /// <summary>The console that shows this alarm; null in a partition whose console's address is not public.</summary>
    public static CloudWatchConsole? For(Arn alarm) =>
        alarm switch
        {
            { Region: var region }
                when region.Length == 0 || !region.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') => null,
            { Partition: "aws" } => new($"{alarm.Region}.console.aws.amazon.com", alarm),
            { Partition: "aws-cn" } => new("console.amazonaws.cn", alarm),
            { Partition: "aws-us-gov" } => new("console.amazonaws-us-gov.com", alarm),
            { Partition: "aws-eusc" } => new($"{alarm.Region}.console.amazonaws-eusc.eu", alarm),
            _ => null,
        };

    public string Alarm() => $"{home}alarmsV2:alarm/{Uri.EscapeDataString(alarm.Name)}";

    /// <summary>The graph of what the alarm looks at, around the time it changed.</summary>
    public string Graph(IReadOnlyList<CloudWatchMetric> metrics, DateTimeOffset at)
    {
        var graph = new StringBuilder("~(metrics~(");
        foreach (var metric in metrics)
        {
            graph.Append("~(");
            if (metric.Expression is { } expression)
            {
                graph.Append("~(expression").Append(Text(expression));
                graph.Append(metric.Label is { } label ? "~label" + Text(label) : "");
            }
            else
            {
                graph.Append(Text(metric.Namespace ?? "")).Append(Text(metric.Name ?? ""));
                foreach (var (name, value) in metric.Dimensions)
                {
                    graph.Append(Text(name)).Append(Text(value));
                }

                graph.Append("~(stat").Append(Text(metric.Statistic ?? "Average"));
            }

            graph.Append(
                metric.Period is { } period
                    ? string.Create(CultureInfo.InvariantCulture, $"~period~{period.TotalSeconds:0}")
                    : ""
            );
            graph.Append(metric.GraphId is { } id ? "~id" + Text(id) : "");
            graph.Append(metric.Returns ? "" : "~visible~false").Append("))");
        }

        graph.Append(")~view~'timeSeries~region").Append(Text(alarm.Region));
        return $"{home}metricsV2:graph={graph}{Range(at)})";
    }

    /// <summary>Logs Insights around the time, with the log group where the metric tells which it is.</summary>
    public string Logs(CloudWatchMetric metric, DateTimeOffset at)
    {
        var query = Text("fields @timestamp, @message\n| sort @timestamp desc\n| limit 200");
        var source = LogGroup(metric) is { } group ? $"~source~(~{Text(group)[1..]})" : "";
        return $"{home}logsV2:logs-insights$3FqueryDetail$3D~({Range(at)[1..]}~timeType~'ABSOLUTE~tz~'UTC~editorString{query}{source})";
    }

    /// <summary>Where the services write by default.</summary>
    private static string? LogGroup(CloudWatchMetric metric) =>
        metric.Namespace switch
        {
            "AWS/Lambda" when metric.Dimensions["FunctionName"] is { } function => $"/aws/lambda/{function}",
            "AWS/ElasticBeanstalk" when metric.Dimensions["EnvironmentName"] is { } environment =>
                $"/aws/elasticbeanstalk/{environment}/var/log/nginx/access.log",
            "AWS/CodeBuild" when metric.Dimensions["ProjectName"] is { } project => $"/aws/codebuild/{project}",
            "AWS/RDS" when metric.Dimensions["DBInstanceIdentifier"] is { } instance =>
                $"/aws/rds/instance/{instance}/error",
            _ => null,
        };

    private static string Range(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"~start~'{Time(at - Before)}~end~'{Time(at + After)}");

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH*3amm*3ass'.000Z'", CultureInfo.InvariantCulture);

    /// <summary>A string in JSURL, the notation of the console's addresses: letters, digits, _ - . stand for themselves.</summary>
    private static string Text(string text)
    {
        var encoded = new StringBuilder("~'", text.Length + 16);
        foreach (var c in text)
        {
            _ =
                char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? encoded.Append(c)
                : c == '$' ? encoded.Append('!')
                : c < 0x100 ? encoded.Append('*').Append(((int)c).ToString("x2", null))
                : encoded.Append("**").Append(((int)c).ToString("x4", null));
        }

        return encoded.ToString();
    }
}
