using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>The hub on one page: what it does, what waits, what fails.</summary>
internal sealed class HubDashboard : Dashboard
{
    private const int Columns = 3;

    public HubDashboard(
        Construct scope,
        string id,
        HubMetrics metrics,
        DataStack data,
        HubStack hub,
        IEnumerable<IAlarm> alarms
    )
        : base(scope, id, new DashboardProps { DefaultInterval = Duration.Hours(12) })
    {
        var minute = Duration.Minutes(1);
        IQueue[] work = [hub.Queues.Ingest, hub.Queues.Flush, hub.Queues.Deliver];
        IQueue[] leftOver =
        [
            .. new[] { hub.Queues.Ingest, hub.Queues.Flush, hub.Queues.Deliver }.Select(queue => queue.DeadLetters),
            hub.Queues.Quarantine,
            hub.Queues.Undeliverable,
        ];
        ITable[] tables = [data.State, data.Records];

        AddWidgets(
            new AlarmStatusWidget(
                new AlarmStatusWidgetProps
                {
                    Title = "Alarms",
                    Alarms = [.. alarms],
                    Width = 24,
                    Height = 4,
                }
            )
        );
        AddWidgets(
            Graph(
                "Alerts and notifications",
                from name in (string[])
                    [Names.AcceptedMetric, Names.NotifiedMetric, Names.DeadMetric, Names.QuarantinedMetric]
                select metrics.Own(name, "Sum", minute)
            ),
            Graph(
                "Delay (ms)",
                [metrics.Own(Names.DelayMetric, "p50", minute), metrics.Own(Names.DelayMetric, "p99", minute)]
            ),
            Graph(
                "Standing",
                from name in (string[])
                    [Names.ActiveAlertsMetric, Names.DeadLettersMetric, Names.OldestUndeliveredMetric]
                select metrics.Own(name, "Maximum", minute)
            )
        );
        AddWidgets(
            Graph(
                "Age of the oldest message (s)",
                work.Select(queue => Labelled(queue, "ApproximateAgeOfOldestMessage"))
            ),
            Graph("Messages waiting", work.Select(queue => Labelled(queue, "ApproximateNumberOfMessagesVisible"))),
            Graph("Left over", leftOver.Select(queue => Labelled(queue, "ApproximateNumberOfMessagesVisible")))
        );
        AddWidgets(
            Graph("Errors", hub.Functions.Select(function => HubMetrics.Of(function, "Errors", "Sum"))),
            Graph("Throttles", hub.Functions.Select(function => HubMetrics.Of(function, "Throttles", "Sum"))),
            Graph("Duration, p99 (ms)", hub.Functions.Select(function => HubMetrics.Of(function, "Duration", "p99")))
        );
        AddWidgets(
            Graph("API requests", [hub.Api.Requests(), hub.Api.ServerErrors()]),
            Graph("API latency, p99 (ms)", [hub.Api.Latency()]),
            Graph(
                "Units written and read",
                tables.SelectMany(table =>
                    from name in (string[])["ConsumedWriteCapacityUnits", "ConsumedReadCapacityUnits"]
                    select table.Metric(
                        name,
                        new MetricOptions
                        {
                            Statistic = "Sum",
                            Period = minute,
                            Label = $"{table.Node.Id} {name}",
                        }
                    )
                )
            )
        );
    }

    private static Metric Labelled(IQueue queue, string name) =>
        queue.Metric(
            name,
            new MetricOptions
            {
                Statistic = "Maximum",
                Period = Duration.Minutes(1),
                Label = queue.Node.Id,
            }
        );

    private static GraphWidget Graph(string title, IEnumerable<IMetric> metrics) =>
        new(
            new GraphWidgetProps
            {
                Title = title,
                Left = [.. metrics],
                Width = 24 / Columns,
            }
        );
}
