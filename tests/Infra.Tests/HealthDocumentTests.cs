using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Infra.Tests.Support;

namespace Infra.Tests;

[Collection(nameof(Synthesis))]
public sealed class HealthDocumentTests
{
    [Fact]
    public void It_lists_the_metrics_with_the_only_period_there_is() =>
        Assert.Equal(
            """{"Version":1,"CloudWatchMetrics":{"Environment":{"ApplicationRequests4xx":60},"Instance":{}}}""",
            new HealthDocument("ApplicationRequests4xx").ToString()
        );

    [Fact]
    public void It_refuses_a_metric_that_Elastic_Beanstalk_does_not_have()
    {
        var problem = Assert.Throws<ArgumentException>(() => new HealthDocument("ApplicationRequest4xx"));

        Assert.Contains("Did you mean \"ApplicationRequests4xx\"?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_on_a_published_metric_passes() => Synthesize("ApplicationRequests4xx");

    [Fact]
    public void An_alarm_on_what_is_always_published_passes() => Synthesize("EnvironmentHealth");

    // The course text has this name, and an alarm on it stays in OK for ever.
    [Fact]
    public void An_alarm_on_a_misspelt_metric_fails_the_synthesis() =>
        Assert.Contains(
            "Elastic Beanstalk has no environment metric \"ApplicationRequest4xx\": an alarm on it would never leave OK. "
                + "Did you mean \"ApplicationRequests4xx\"?",
            Assert.ThrowsAny<Exception>(() => Synthesize("ApplicationRequest4xx")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_alarm_on_a_metric_that_the_document_does_not_publish_fails_the_synthesis() =>
        Assert.Contains(
            "The health document does not publish \"ApplicationRequests5xx\": the alarm would never leave OK. "
                + "Name it in the HealthDocument, which publishes EnvironmentHealth, ApplicationRequests4xx.",
            Assert.ThrowsAny<Exception>(() => Synthesize("ApplicationRequests5xx")).Message,
            StringComparison.Ordinal
        );

    private static void Synthesize(string metric)
    {
        var app = Some.App();
        var stack = new Stack(app, "Stack");
        stack.Node.AddValidation(new PublishedMetrics(stack));
        var environment = new MonitoredEnvironment(
            stack,
            "App",
            "Any",
            Some.PlatformArn,
            new HealthDocument("ApplicationRequests4xx")
        );
        _ = new Alarm(
            stack,
            "Alarm",
            new AlarmProps
            {
                Metric = environment.Metric(metric),
                Threshold = 1,
                EvaluationPeriods = 1,
            }
        );
        app.Synth();
    }
}
