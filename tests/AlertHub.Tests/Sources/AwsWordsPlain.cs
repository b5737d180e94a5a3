using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Sources.Aws;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>Words of AWS's services as the person reads them who is called at night.</summary>
public sealed class AwsWordsPlain
{
    [Theory]
    [InlineData("ROLLBACK_IN_PROGRESS", "rollback in progress")]
    [InlineData("CacheNodesRebooted", "cache nodes rebooted")]
    [InlineData("DBInstance", "DB instance")]
    [InlineData("db-instance", "DB instance")]
    [InlineData("INSUFFICIENT_KMS_PERMISSIONS", "insufficient KMS permissions")]
    [InlineData("UnusedIAMRole", "unused IAM role")]
    [InlineData("UNMANAGED_EC2_INSTANCE", "unmanaged EC2 instance")]
    [InlineData("SecurityGroup", "security group")]
    [InlineData("IPv6", "ipv6")]
    [InlineData("VPCs", "vpcs")]
    public void A_word_of_a_service_is_written_as_people_write_it(string word, string plain) =>
        Assert.Equal(plain, AwsWords.Plain(word));

    [Theory]
    [InlineData("aws/acm-certificate-action-required.json", Annotation.Reason, null)]
    [InlineData("aws/guardduty-scan-denied.json", Annotation.Reason, "Insufficient KMS permissions")]
    [InlineData("aws/guardduty-protection-warning.json", Annotation.Reason, "Insufficient test object permissions")]
    [InlineData(
        "aws/health-event-open.json",
        Annotation.Summary,
        "We are investigating increased API error rates for RDS in the EU-CENTRAL-1 Region."
    )]
    [InlineData("aws/health-event-open.json", Annotation.Description, null)]
    [InlineData("aws/health-event-closed.json", Annotation.Summary, "RDS: operational issue (orders) is over")]
    [InlineData("aws/ecr-image-deleted.json", Annotation.Summary, "checkout:8f2c1d9 was deleted")]
    [InlineData("aws/arc-zonalshift-manual.json", Annotation.Summary, "Traffic is moved away from euc1-az2 for shop")]
    [InlineData("aws/arc-zonalshift-manual.json", Label.AlertName, "Zonal shift: manual shift started")]
    [InlineData("aws/freetier-usage.json", Label.AlertName, "AWS free tier usage high")]
    [InlineData(
        "aws/kms-key-deletion-cancelled.json",
        Annotation.Summary,
        "developer/maria cancelled the deletion of KMS key 1234abcd-12ab-34cd-56ef-1234567890ab"
    )]
    [InlineData(
        "aws/lambda-invocation-direct.json",
        Annotation.Summary,
        "tickets gave up on an event that had become too old"
    )]
    [InlineData(
        "aws/lambda-invocation-failure.json",
        Annotation.Summary,
        "thumbnails gave up on an event after 3 attempts: OutOfMemoryException"
    )]
    [InlineData("aws/cloudtrail-call-of-a-service.json", "remote_address", null)]
    [InlineData("aws/cloudtrail-call-of-a-service.json", "user_agent", null)]
    [InlineData("aws/mediaconvert-job-error.json", "queue", null)]
    [InlineData("config/group-deleted.json", Annotation.Summary, "Security group shop was deleted")]
    [InlineData("cloudtrail/authorize-ingress.json", Annotation.Description, "tcp 22: 0.0.0.0/0")]
    [InlineData(
        "cloudtrail/authorize-ingress-of-every-family.json",
        Annotation.Description,
        "tcp 443: 198.51.100.77/24, 2001:db8::/32, pl-0123456789abcdef0 and 1 more"
    )]
    public void A_message_says_what_a_person_can_read(string sample, string name, string? text)
    {
        var alert = Source.Read(Assert.Single(Envelope.Open(Samples.Bytes(sample), Some.Now))).Alerts[0];

        Assert.Equal(text, alert.Labels[name] ?? alert.Annotations[name]);
    }

    [Theory]
    [InlineData(
        "aws/glue-quality-failed.json",
        "https://eu-central-1.console.aws.amazon.com/glue/home?region=eu-central-1#/v2/data-catalog/tables/view/orders?database=sales"
    )]
    [InlineData(
        "aws/networkmanager-status-connect-peer-down.json",
        "https://eu-central-1.console.aws.amazon.com/networkmanager/home?region=eu-central-1#/networks"
    )]
    public void A_message_leads_to_where_something_can_be_done(string sample, string page) =>
        Assert.Equal(
            page,
            Source
                .Read(Assert.Single(Envelope.Open(Samples.Bytes(sample), Some.Now)))
                .Alerts[0]
                .GeneratorUrl?.OriginalString
        );
}
