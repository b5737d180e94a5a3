using AlertHub.Aws;
using AlertHub.Configuration;
using FlowLogs;
using FlowLogs.Encoding;
using FlowLogs.Records;
using Names = FlowLogs.Names;

namespace AlertHub.Tests.FlowLogs;

/// <summary>What the environment says.</summary>
public sealed class SettingsRead
{
    [Fact]
    public void Where_nothing_is_said_all_is_as_documented()
    {
        var settings = Of((Names.HecUrlVariable, "https://splunk.example.org:8088"));
        var usual = new HecMetadata();

        Assert.Equal(FlowFormat.Default.ToString(), settings.Format.ToString());
        Assert.Equal(usual, settings.Metadata());
        Assert.Equal(EventFields.Enriched, settings.Fields());
        Assert.Equal(TimeSpan.FromHours(1), settings.BackupAfter());
        Assert.Equal(1000, settings.RejectBurst());
        Assert.Equal(0, settings.InterfaceMetrics());
        Assert.Null(settings.HubQueue());
        Assert.Equal("", settings.Stage());
        var hec = settings.Hec();
        Assert.Equal((true, 4, null), (hec.Gzip, hec.InFlight, hec.Channel));
        Assert.Equal(new Uri("https://splunk.example.org:8088"), hec.Url);
    }

    [Fact]
    public void What_is_said_counts()
    {
        var settings = Of(
            (Names.HecUrlVariable, " https://splunk.example.org/ "),
            (Names.HecGzipVariable, "false"),
            (Names.HecInFlightVariable, "32"),
            (Names.HecAcknowledgeVariable, "true"),
            (Names.FormatVariable, "${version} ${action}"),
            (Names.HostVariable, "{interface_id}"),
            (Names.SourceVariable, "s"),
            (Names.SourcetypeVariable, "t"),
            (Names.IndexVariable, "flows"),
            (Names.FieldsVariable, "none"),
            (Names.BackupAfterVariable, "86400"),
            (Names.RejectBurstVariable, "0"),
            (Names.InterfaceMetricsVariable, "500"),
            (Names.HubQueueVariable, "https://sqs.eu-west-1.amazonaws.com/123456789012/ingest"),
            (Names.BucketVariable, "backup"),
            (Names.StageVariable, "prod"),
            (Names.HecTokenVariable, "ssm:/splunk/token")
        );

        Assert.Equal("${version} ${action}", settings.Format.ToString());
        Assert.Equal(
            new HecMetadata
            {
                Host = "{interface_id}",
                Source = "s",
                Sourcetype = "t",
                Index = "flows",
            },
            settings.Metadata()
        );
        Assert.Equal(EventFields.None, settings.Fields());
        Assert.Equal(TimeSpan.FromDays(1), settings.BackupAfter());
        Assert.Equal((0, 500), (settings.RejectBurst(), settings.InterfaceMetrics()));
        Assert.Equal(("backup", "prod"), (settings.Bucket(), settings.Stage()));
        Assert.EndsWith("/ingest", settings.HubQueue(), StringComparison.Ordinal);
        Assert.Equal(new SecretReference.Parameter("/splunk/token"), settings.HecToken());
        var hec = settings.Hec();
        Assert.Equal((false, 32), (hec.Gzip, hec.InFlight));
        Assert.NotNull(hec.Channel);
    }

    [Theory]
    [InlineData("https://http-inputs-acme.splunkcloud.com")]
    [InlineData("https://splunk.example.org:8088/")]
    [InlineData("http://127.0.0.1:8088")]
    [InlineData("http://localhost:8088")]
    [InlineData("http://[::1]:8088")]
    public void HEC_is_reached_by_https_or_on_this_machine(string url) =>
        Assert.Equal(new Uri(url), Of((Names.HecUrlVariable, url)).Hec().Url);

    [Theory]
    [InlineData("http://splunk.example.org:8088")]
    [InlineData("https://splunk.example.org/services/collector")]
    [InlineData("https://splunk.example.org/?token=hush")]
    [InlineData("https://splunk.example.org/#hush")]
    [InlineData("https://user:hush@splunk.example.org")]
    [InlineData("splunk.example.org")]
    [InlineData("ftp://splunk.example.org")]
    [InlineData("/services/hush")]
    [InlineData("https://")]
    public void Any_other_URL_is_refused_and_not_repeated(string url) =>
        Assert.Equal(
            "FLOW_LOGS_HEC_URL is no URL of https with host and port alone; write for example https://http-inputs-acme.splunkcloud.com",
            Assert.Throws<SettingException>(() => Of((Names.HecUrlVariable, url)).Hec()).Message
        );

    [Theory]
    [InlineData(Names.HecGzipVariable, "yes", "FLOW_LOGS_HEC_GZIP is \"yes\"; write true or false")]
    [InlineData(Names.HecAcknowledgeVariable, "True", "FLOW_LOGS_HEC_ACK is \"True\"; write true or false")]
    [InlineData(Names.FieldsVariable, "1", "FLOW_LOGS_FIELDS is \"1\"; write none, record or enriched")]
    [InlineData(Names.HecInFlightVariable, "0", "FLOW_LOGS_HEC_IN_FLIGHT is \"0\"; write a number from 1 to 32")]
    [InlineData(Names.HecInFlightVariable, "33", "FLOW_LOGS_HEC_IN_FLIGHT is \"33\"; write a number from 1 to 32")]
    [InlineData(Names.SampleVariable, "0", "FLOW_LOGS_SAMPLE is \"0\"; write a number from 1 to 10000")]
    [InlineData(Names.SampleVariable, "1.5", "FLOW_LOGS_SAMPLE is \"1.5\"; write a number from 1 to 10000")]
    [InlineData(Names.BackupAfterVariable, "59", "FLOW_LOGS_BACKUP_AFTER is \"59\"; write a number from 60 to 86400")]
    [InlineData(Names.RejectBurstVariable, "-1", "FLOW_LOGS_REJECT_BURST is \"-1\"; write a number from 0 to 1000000")]
    [InlineData(
        Names.InterfaceMetricsVariable,
        "many",
        "FLOW_LOGS_INTERFACE_METRICS is \"many\"; write a number from 0 to 500"
    )]
    [InlineData(
        Names.KeepVariable,
        "action",
        "FLOW_LOGS_KEEP: The filter cannot be used: \"action\" is no condition; write for example action=REJECT or dstport!=443|80."
    )]
    [InlineData(
        Names.IndexVariable,
        "{vpc",
        "FLOW_LOGS_HOST, _SOURCE, _SOURCETYPE or _INDEX: The metadata of the events cannot be used: index \"{vpc\": the brace at position 1 has no partner."
    )]
    [InlineData(
        Names.FormatVariable,
        "version version",
        "FLOW_LOGS_FORMAT: The flow log format cannot be used: \"version\" at position 9 stands at position 1 already."
    )]
    [InlineData(Names.HecUrlVariable, " ", "FLOW_LOGS_HEC_URL is not set; of a function the stack sets it")]
    [InlineData(Names.BucketVariable, "", "FLOW_LOGS_BUCKET is not set; of a function the stack sets it")]
    [InlineData(Names.HecTokenVariable, "", "FLOW_LOGS_HEC_TOKEN is not set; of a function the stack sets it")]
    public void What_cannot_be_used_is_said_with_its_name(string name, string value, string problem) =>
        Assert.Equal(problem, Assert.Throws<SettingException>(() => All((name, value))).Message);

    [Theory]
    [InlineData("0123abcd-hush-4567-89ab-cdef01234567")]
    [InlineData("Splunk hush")]
    public void A_token_in_the_environment_is_refused_and_never_shown(string token)
    {
        var error = Assert.Throws<SettingException>(() => Of((Names.HecTokenVariable, token)).HecToken());

        Assert.Equal(
            "FLOW_LOGS_HEC_TOKEN is the token itself, or nothing; write where it is, for example ssm:/alerthub/secrets/splunk-hec-token",
            error.Message
        );
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    private static void All(params (string Name, string Value)[] variables)
    {
        var settings = Of([
            (Names.HecUrlVariable, "https://splunk.example.org"),
            (Names.BucketVariable, "backup"),
            (Names.HecTokenVariable, "ssm:/token"),
            .. variables,
        ]);
        _ = (settings.Metadata(), settings.Choice(), settings.Fields(), settings.Hec(), settings.HecToken());
        _ = (settings.BackupAfter(), settings.RejectBurst(), settings.InterfaceMetrics(), settings.Bucket());
    }

    private static FlowSettings Of(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> all = [];
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return new(all.GetValueOrDefault);
    }
}
