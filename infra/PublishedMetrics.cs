using Amazon.CDK.AWS.CloudWatch;
using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Infra;

/// <summary>
/// Fails the synthesis when an alarm watches an Elastic Beanstalk metric that no environment of the stack publishes.
/// CloudWatch accepts any metric name, so nothing else would notice.
/// </summary>
internal sealed class PublishedMetrics(Construct stack) : DeputyBase, IValidation
{
    public string[] Validate()
    {
        var parts = stack.Node.FindAll();
        var documents = parts.OfType<MonitoredEnvironment>().Select(environment => environment.Health).ToList();
        return
        [
            .. parts
                .OfType<CfnAlarm>()
                .Where(alarm => alarm.Namespace == HealthDocument.Namespace)
                .Select(alarm => documents.ConvertAll(document => document.ProblemWith(alarm.MetricName ?? "")))
                .Where(problems => problems.TrueForAll(problem => problem is not null))
                .Select(problems =>
                    problems.FirstOrDefault() ?? "The stack has no environment that publishes the metric."
                ),
        ];
    }
}
