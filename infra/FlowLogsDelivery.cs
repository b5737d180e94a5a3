using System.Globalization;
using System.Text.RegularExpressions;
using HubNames = AlertHub.Lambda.Names;
using Names = FlowLogs.Names;

namespace Infra;

/// <summary>How flow logs are delivered: what the functions are told of it. Limits and defaults are those of Names.</summary>
public sealed partial record FlowLogsDelivery
{
    /// <summary>Scheme, host and port of Splunk's HTTP Event Collector (HEC); empty where it was not chosen.</summary>
    public required string Url { get; init; }

    /// <summary>Name, with its leading slash, of the SecureString parameter that holds HEC's token.</summary>
    public required string TokenParameter { get; init; }

    /// <summary>Whether to wait until indexers acknowledge what HEC took.</summary>
    public required bool Acknowledge { get; init; }

    public required bool Gzip { get; init; }

    /// <summary>Posts at once, of each invocation.</summary>
    public required int InFlight { get; init; }

    /// <summary>Templates of what Splunk files events under; empty for the functions' own.</summary>
    public required string Index { get; init; }

    /// <inheritdoc cref="Index"/>
    public required string Source { get; init; }

    /// <inheritdoc cref="Index"/>
    public required string Sourcetype { get; init; }

    /// <inheritdoc cref="Index"/>
    public required string Host { get; init; }

    /// <summary>Which records are delivered; empty for all.</summary>
    public required string Keep { get; init; }

    /// <summary>Of accepted traffic one record in so many is delivered.</summary>
    public required int Sample { get; init; }

    public required string Fields { get; init; }

    /// <summary>Rejected flows of one source within a minute that raise an alert; 0 for never.</summary>
    public required int RejectBurst { get; init; }

    /// <summary>Interfaces with metrics of their own.</summary>
    public required int InterfaceMetrics { get; init; }

    /// <summary>Age at which the function puts a record into the backup that Splunk does not take.</summary>
    public required TimeSpan BackupAfter { get; init; }

    /// <param name="values">CDK's context; is told what is wrong.</param>
    /// <param name="parameters">Path of Parameter Store of the hub.</param>
    internal static FlowLogsDelivery Read(ContextValues values, string parameters) =>
        new()
        {
            Url = ReadUrl(values),
            TokenParameter = ReadToken(values, $"{parameters}{HubNames.SecretsFolder}/"),
            Acknowledge = values.OneOf("flowHecAck", "false", [("false", false), ("true", true)]),
            Gzip = values.OneOf("flowHecGzip", "true", [("true", true), ("false", false)]),
            InFlight = values.Number("flowHecInFlight", 4, 1, 32, "posts at once"),
            Index = ReadTemplate(values, "flowIndex"),
            Source = ReadTemplate(values, "flowSource"),
            Sourcetype = ReadTemplate(values, "flowSourcetype"),
            Host = ReadTemplate(values, "flowHost"),
            Keep = values.Matching("flowKeep", "", Condition(), "a condition of up to 500 characters on one line"),
            Sample = values.Number("flowSample", 1, 1, 10_000, "records, of which one is delivered"),
            Fields = values.OneOf(
                "flowFields",
                "enriched",
                [("none", "none"), ("record", "record"), ("enriched", "enriched")]
            ),
            RejectBurst = values.Number("flowRejectBurst", 1_000, 0, 1_000_000, "flows a minute"),
            InterfaceMetrics = values.Number("flowInterfaceMetrics", 0, 0, 500, "interfaces"),
            BackupAfter = TimeSpan.FromSeconds(values.Number("flowBackupAfter", 3_600, 60, 86_400, "seconds")),
        };

    /// <summary>What a record becomes: all that the function for Firehose need know.</summary>
    internal Dictionary<string, string> OfRecords(string format) =>
        new()
        {
            [Names.FormatVariable] = format,
            [Names.HostVariable] = Host,
            [Names.SourceVariable] = Source,
            [Names.SourcetypeVariable] = Sourcetype,
            [Names.IndexVariable] = Index,
            [Names.KeepVariable] = Keep,
            [Names.SampleVariable] = Text(Sample),
            [Names.FieldsVariable] = Fields,
        };

    /// <summary>Where events go, and when into the backup.</summary>
    internal Dictionary<string, string> OfDeliveries() =>
        new()
        {
            [Names.HecUrlVariable] = Url,
            [Names.HecTokenVariable] = $"ssm:{TokenParameter}",
            [Names.HecAcknowledgeVariable] = Text(Acknowledge),
            [Names.HecGzipVariable] = Text(Gzip),
            [Names.HecInFlightVariable] = Text(InFlight),
            [Names.BackupAfterVariable] = Text((int)BackupAfter.TotalSeconds),
            [Names.RejectBurstVariable] = Text(RejectBurst),
            [Names.InterfaceMetricsVariable] = Text(InterfaceMetrics),
        };

    // No loopback either, though it may be plain http elsewhere: in Lambda nobody listens there.
    private static string ReadUrl(ContextValues values)
    {
        var text = values.Text("flowHecUrl", "");
        if (text.Length == 0)
        {
            return "";
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttps
            && url is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
        )
        {
            return url.GetLeftPart(UriPartial.Authority);
        }

        // What was given may have the token in it, so no message repeats it.
        values.Refuse(
            "flowHecUrl",
            "write https, host and port and nothing behind them, for example https://http-inputs-acme.splunkcloud.com; plain "
                + "http would let anybody on the way read the token"
        );
        return text;
    }

    private static string ReadToken(ContextValues values, string folder)
    {
        var fallback = $"ssm:{folder}splunk-hec-token";
        var reference = values.Text("flowHecToken", fallback);
        if (
            reference.StartsWith($"ssm:{folder}", StringComparison.Ordinal)
            && NameBelow().IsMatch(reference["ssm:".Length..][folder.Length..])
        )
        {
            return reference["ssm:".Length..];
        }

        // Nor here.
        values.Refuse(
            "flowHecToken",
            $"write ssm: and the name of a parameter below {folder}, for example {fallback}; the token itself would stand "
                + "readable in the template"
        );
        return fallback["ssm:".Length..];
    }

    private static string ReadTemplate(ContextValues values, string key) =>
        values.Matching(
            key,
            "",
            Template(),
            "up to 100 characters, in braces only {log_group}, {log_stream}, {account}, {region} or {interface_id}"
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex NameBelow();

    [GeneratedRegex(@"\A(?=.{1,100}\z)(?:[^{}\p{C}]|\{(?:log_group|log_stream|account|region|interface_id)\})+\z")]
    private static partial Regex Template();

    // The function reads it; here it is only kept from what no environment variable can hold.
    [GeneratedRegex(@"\A\P{C}{1,500}\z")]
    private static partial Regex Condition();
}
