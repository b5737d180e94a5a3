using System.Globalization;
using AlertHub.Aws;
using AlertHub.Configuration;
using FlowLogs.Encoding;
using FlowLogs.Hec;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace FlowLogs;

/// <summary>What the environment says, read and checked once.</summary>
internal sealed class FlowSettings(Func<string, string?> variable)
{
    public FlowFormat Format { get; } =
        Checked(
            Names.FormatVariable,
            () => Given(variable, Names.FormatVariable) is { } text ? FlowFormat.Parse(text) : FlowFormat.Default
        );

    /// <summary>With its own templates where nothing is given.</summary>
    public HecMetadata Metadata()
    {
        var usual = new HecMetadata();
        var metadata = new HecMetadata
        {
            Host = Given(variable, Names.HostVariable) ?? usual.Host,
            Source = Given(variable, Names.SourceVariable) ?? usual.Source,
            Sourcetype = Given(variable, Names.SourcetypeVariable) ?? usual.Sourcetype,
            Index = Given(variable, Names.IndexVariable) ?? usual.Index,
        };
        _ = Checked("FLOW_LOGS_HOST, _SOURCE, _SOURCETYPE or _INDEX", metadata.Checked);
        return metadata;
    }

    public Choice Choice() =>
        new(
            Checked(Names.KeepVariable, () => FlowFilter.Parse(Given(variable, Names.KeepVariable) ?? "", Format)),
            new((int)Number(Names.SampleVariable, 1, 1, 10_000), Format)
        );

    public EventFields Fields() =>
        Given(variable, Names.FieldsVariable) is not { } text ? EventFields.Enriched
        : EventWords.Parse(text) is { } fields ? fields
        : throw new SettingException($"{Names.FieldsVariable} is \"{text}\"; write {EventWords.All}");

    /// <summary>All but the token.</summary>
    public HecSettings Hec() =>
        new()
        {
            Url = HecUrl(),
            Gzip = Flag(Names.HecGzipVariable, true),
            InFlight = (int)Number(Names.HecInFlightVariable, 4, 1, 32),
            // Acknowledgements are a channel's, and a channel is one sender's.
            Channel = Flag(Names.HecAcknowledgeVariable, false) ? Guid.NewGuid() : null,
        };

    public SecretReference HecToken()
    {
        var reference = SecretReference.Parse(Needed(Names.HecTokenVariable));
        return reference is SecretReference.Literal
            ? throw new SettingException(
                $"{Names.HecTokenVariable} is the token itself, or nothing; write where it is, for example ssm:/alerthub/secrets/splunk-hec-token"
            )
            : reference;
    }

    public TimeSpan BackupAfter() => TimeSpan.FromSeconds(Number(Names.BackupAfterVariable, 3600, 60, 86_400));

    public long RejectBurst() => Number(Names.RejectBurstVariable, 1000, 0, 1_000_000);

    public int InterfaceMetrics() => (int)Number(Names.InterfaceMetricsVariable, 0, 0, 500);

    public string? HubQueue() => Given(variable, Names.HubQueueVariable);

    public string Stage() => variable(Names.StageVariable) ?? "";

    public string Bucket() => Needed(Names.BucketVariable);

    private Uri HecUrl()
    {
        var text = Needed(Names.HecUrlVariable);
        return
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url
            // Not repeated: a URL may have a token in it.
            : throw new SettingException(
                $"{Names.HecUrlVariable} is no URL of https with host and port alone; write for example https://http-inputs-acme.splunkcloud.com"
            );
    }

    private string Needed(string name) =>
        Given(variable, name) ?? throw new SettingException($"{name} is not set; of a function the stack sets it");

    private bool Flag(string name, bool usual) =>
        Given(variable, name) switch
        {
            null => usual,
            "true" => true,
            "false" => false,
            var text => throw new SettingException($"{name} is \"{text}\"; write true or false"),
        };

    private long Number(string name, long usual, long least, long most)
    {
        var text = Given(variable, name);
        return text is null ? usual
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
                ? number
            : throw new SettingException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} is \"{text}\"; write a number from {least} to {most}"
                )
            );
    }

    private static T Checked<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new SettingException($"{name}: {e.Message}");
        }
    }

    private static string? Given(Func<string, string?> variable, string name) =>
        string.IsNullOrWhiteSpace(variable(name)) ? null : variable(name)!.Trim();
}
