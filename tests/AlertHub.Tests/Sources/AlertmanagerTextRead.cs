using System.Text;
using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>Alerts in the text that Alertmanager and Grafana publish to SNS.</summary>
public sealed class AlertmanagerTextRead
{
    [Fact]
    public void A_value_goes_on_over_lines()
    {
        var alert = Read("sns/grafana-alerts.json").Alerts[0];

        Assert.Equal(
            "The disk is filling.\nIt will be full within the day.",
            alert.Annotations[Annotation.Description]
        );
        Assert.Equal("A=91.4, C=1", alert.Annotations["value"]);
    }

    [Fact]
    public void What_is_resolved_beside_what_fires_is_over()
    {
        var alerts = Read("sns/prometheus-alerts.json").Alerts;

        Assert.Equal(
            [AlertStatus.Firing, AlertStatus.Firing, AlertStatus.Resolved],
            alerts.Select(static alert => alert.Status(Some.Now))
        );
    }

    /// <summary>SNS takes 256 KB; whoever cuts a message cuts it anywhere.</summary>
    [Theory]
    [InlineData("sns/prometheus-alerts.json")]
    [InlineData("sns/grafana-alerts.json")]
    public void A_text_that_is_cut_anywhere_is_an_alert(string sample)
    {
        var whole = Assert.Single(Envelope.Open(Samples.Bytes(sample), Some.Now));
        for (var length = 0; length < whole.Body.Length; length++)
        {
            Assert.NotEmpty(Source.Read(whole with { Body = whole.Body[..length] }).Alerts);
        }
    }

    [Fact]
    public void A_very_long_value_is_read_in_little_time()
    {
        var text =
            $"Alerts Firing:\nLabels:\n - alertname = long\nAnnotations:\n - a = b\n{string.Concat(Enumerable.Repeat("x\n", 500_000))}";
        var inbound = Assert.Single(Envelope.Open(Encoding.UTF8.GetBytes(text), Some.Now));

        var alert = Assert.Single(Source.Read(inbound).Alerts);

        Assert.Equal(1_000_001, alert.Annotations["a"]?.Length);
    }

    private static Reading Read(string sample) =>
        Source.Read(Assert.Single(Envelope.Open(Samples.Bytes(sample), Some.Now)));
}
