using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Sources.Aws;
using AlertHub.Tests.Support;
using Infra;

namespace AlertHub.Tests.Sources;

/// <summary>Kinds of message that AWS sends, and their samples in events/aws.</summary>
public sealed partial class AwsKindsSampled
{
    private const string Folder = "aws/";

    public static TheoryData<string> AwsSamples { get; } =
    [.. Samples.Names.Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))];

    [Fact]
    public void Every_kind_has_a_sample() =>
        Assert.All(AwsKinds.All, static kind => Assert.Contains(Samples.Names, sample => IsOf(sample, kind.Name)));

    [Fact]
    public void No_kind_is_named_twice() =>
        Assert.Equal(AwsKinds.All.Count, AwsKinds.All.DistinctBy(static kind => kind.Name).Count());

    /// <summary>Else it would be told to be over when its time is.</summary>
    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void What_nothing_ends_is_a_message(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            var reading = Source.Read(message);
            Assert.True(reading.TellsEnds || reading.Alerts.Any(static alert => alert.IsMessage), sample);
            Assert.True(!reading.TellsEnds || reading.Alerts.All(static alert => !alert.IsMessage), sample);
        }
    }

    /// <summary>What EventBridge brings without anybody asking (infra/HubEvents.cs) is not shown as a stranger's JSON.</summary>
    [Fact]
    public void All_that_EventBridge_brings_is_of_a_kind() =>
        Assert.Empty(
            HubEvents
                .All.SelectMany(static events => events.DetailTypes)
                .Except(AwsKinds.All.SelectMany(static kind => kind.DetailTypes))
        );

    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_sample_is_of_the_kind_in_its_name(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            Assert.True(IsOf(sample, Source.Read(message).Kind), $"{sample} was read as {Source.Read(message).Kind}");
        }
    }

    /// <summary>Whatever of a member is missing, null or of another type: it is an alert, and nothing is thrown.</summary>
    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_sample_with_anything_missing_or_of_another_type_is_an_alert(string sample)
    {
        var whole = Samples.Bytes(sample);
        Inbound[] changed =
        [
            .. Mutations.Of(whole).SelectMany(static bytes => Envelope.Open(bytes, Some.Now)),
            .. Envelope
                .Open(whole, Some.Now)
                .Where(static message => message.Topic is not null)
                .SelectMany(static message =>
                    Mutations.Of(message.Body.ToArray()).Select(bytes => message with { Body = bytes })
                ),
        ];

        Assert.All(changed, static message => Assert.NotEmpty(Source.Read(message).Alerts));
    }

    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_sample_with_numbers_as_large_as_they_get_is_an_alert(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            var body = Encoding.UTF8.GetString(message.Body.Span);
            foreach (
                var number in (string[])["79228162514264337593543950335", "-79228162514264337593543950335", "1e400"]
            )
            {
                var changed = Numbers().Replace(body, number);

                Assert.NotEmpty(Source.Read(message with { Body = Encoding.UTF8.GetBytes(changed) }).Alerts);
            }
        }
    }

    /// <summary>At either end, wherever that is.</summary>
    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_text_that_was_cut_is_an_alert(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            if (ForeignJson.Parse(message.Body) is not null)
            {
                continue;
            }

            for (var length = 0; length < message.Body.Length; length++)
            {
                Assert.NotEmpty(Source.Read(message with { Body = message.Body[..length] }).Alerts);
                Assert.NotEmpty(Source.Read(message with { Body = message.Body[length..] }).Alerts);
            }
        }
    }

    [Theory]
    [InlineData("aws/acm-certificate-approaching.json", "aws/acm-certificate-available.json")]
    [InlineData("aws/acm-certificate-action-required.json", "aws/acm-certificate-available.json")]
    [InlineData("aws/acm-certificate-expired.json", "aws/acm-certificate-available.json")]
    [InlineData("aws/kms-key-deletion-scheduled.json", "aws/kms-key-deleted.json")]
    [InlineData("aws/codepipeline-step-approval-needed.json", "aws/codepipeline-step-approval-rejected.json")]
    [InlineData("aws/ecr-image-scan-findings.json", "aws/ecr-image-deleted.json")]
    [InlineData("aws/rds-event-recovery.json", "aws/rds-event-restarted.json")]
    [InlineData("aws/trustedadvisor-check-warning.json", "aws/trustedadvisor-check-error.json")]
    [InlineData("aws/trustedadvisor-check-error.json", "aws/trustedadvisor-check-warning.json")]
    public void What_tells_of_several_ends_what_one_of_them_began(string beginning, string ending)
    {
        var begun = AlertsOf(beginning)[0];

        var ended = Assert.Single(
            AlertsOf(ending),
            alert => alert.Labels.FingerprintText == begun.Labels.FingerprintText
        );

        Assert.Equal(AlertStatus.Firing, begun.Status(Some.Now));
        Assert.Equal(AlertStatus.Resolved, ended.Status(Some.Now));
    }

    [Theory]
    [InlineData("aws/ecr-image-scan-findings.json", "aws/ecr-image-scan-clean-other.json")]
    [InlineData("aws/rds-event-recovery.json", "aws/rds-event-maintained.json")]
    public void What_is_about_something_else_ends_nothing(string beginning, string other)
    {
        var begun = AlertsOf(beginning)[0];

        Assert.DoesNotContain(AlertsOf(other), alert => alert.Labels.FingerprintText == begun.Labels.FingerprintText);
    }

    [Theory]
    [InlineData("aws/rds-event-shutdown.json", "warning")]
    [InlineData("aws/rds-event-maintenance.json", "info")]
    [InlineData("aws/rds-event-recovery.json", "critical")]
    [InlineData("aws/trustedadvisor-check-error.json", "critical")]
    [InlineData("aws/trustedadvisor-check-warning.json", "warning")]
    [InlineData("aws/trustedadvisor-check-service-limit.json", "warning")]
    [InlineData("aws/cloudtrail-call-root.json", "critical")]
    public void How_bad_it_is_goes_by_what_it_means(string sample, string severity) =>
        Assert.Equal(severity, AlertsOf(sample)[0].Labels["severity"]);

    /// <summary>Who keeps no alerts tells the message alone.</summary>
    [Fact]
    public void What_is_rejected_does_not_look_like_success()
    {
        var told = Assert.Single(Some.NotificationsOf(Samples.Bytes("aws/codepipeline-step-approval-rejected.json")));

        Assert.Equal(AlertStatus.Firing, told.Status);
        Assert.Equal("CodePipeline approval rejected", Assert.Single(told.Alerts).Name);
    }

    /// <summary>Kinds that know a message by its members alone must not take another sender's.</summary>
    [Theory]
    [InlineData("""{"messageType":"NEW_INSIGHT","insightId":"7","text":"Sales are up"}""")]
    [InlineData("""{"anomalyId":"7","impact":"high","service":"billing"}""")]
    [InlineData("""{"messageType":"DATA_MESSAGE","configRuleName":"x","resourceId":"y"}""")]
    [InlineData("AWS Budget Notification: see the wiki")]
    [InlineData("Labels:\n - alertname = not from Alertmanager")]
    [InlineData("Alerts Firing:\nnone")]
    public void What_looks_like_a_message_of_AWS_but_is_none_is_shown_as_it_came(string message)
    {
        var inbound = Assert.Single(Envelope.Open(Encoding.UTF8.GetBytes(message), Some.Now));

        Assert.Equal("unrecognised", Source.Read(inbound).Kind);
    }

    private static IReadOnlyList<Alert> AlertsOf(string sample) =>
        Source.Read(Assert.Single(Envelope.Open(Samples.Bytes(sample), Some.Now))) is var reading
            ? [.. reading.Alerts, .. reading.Endings]
            : [];

    private static bool IsOf(string sample, string kind) =>
        sample.StartsWith($"{Folder}{kind}.", StringComparison.Ordinal)
        || sample.StartsWith($"{Folder}{kind}-", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=[:,\[]\s*)-?\d+(?:\.\d+)?(?=\s*[,}\]])", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
