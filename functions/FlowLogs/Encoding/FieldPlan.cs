using FlowLogs.Records;

namespace FlowLogs.Encoding;

/// <summary>What a field becomes beside its own name in <c>fields</c>: its meaning in Splunk's Common Information Model.</summary>
internal enum FieldMeaning
{
    Itself,
    Source,
    Destination,
    SourcePort,
    DestinationPort,
    Protocol,
    Action,
    Direction,
    Interface,
    Account,
    Region,
    TcpFlags,
    Tag,
}

/// <summary>A field of the format with its key as JSON, prepared once.</summary>
/// <param name="Index">Of the field.</param>
/// <param name="IsNumber">Its value has no quotes.</param>
/// <param name="Meaning">Of the field.</param>
/// <param name="Key">Up to where the value begins.</param>
/// <param name="SecondKey">From the end of the value to where it is told once more; empty where it is not.</param>
internal sealed record FieldPlan(int Index, bool IsNumber, FieldMeaning Meaning, PaddedText Key, PaddedText SecondKey)
{
    /// <summary>What the encoder writes of its own; a field that AWS may name so one day must not double it.</summary>
    private static readonly string[] Taken =
    [
        "src",
        "src_ip",
        "src_port",
        "dest",
        "dest_ip",
        "dest_port",
        "transport",
        "protocol",
        "protocol_version",
        "protocol_code",
        "direction",
        "dvc",
        "duration",
        "tcp_flag",
        "vendor_account",
        "vendor_region",
        "vendor_product",
        "vpcflow_action",
        "app",
        "cwl_id",
        "sample_rate",
        "parse_error",
    ];

    private const string Prefix = "vpcflow_";

    public static FieldPlan[] Of(FlowFormat format) =>
        [
            .. format.Fields.Select(
                static (field, i) =>
                {
                    var isNumber = field.Type != FlowType.Text;
                    var key = $",\"{KeyOf(field)}\":{(isNumber ? "" : "\"")}";
                    var second = SecondOf(MeaningOf(field)) is { } name ? $"\",\"{name}\":\"" : "";
                    return new FieldPlan(i, isNumber, MeaningOf(field), new(key), new(second));
                }
            ),
        ];

    private static FieldMeaning MeaningOf(FlowField field) =>
        field.Name switch
        {
            "srcaddr" => FieldMeaning.Source,
            "dstaddr" => FieldMeaning.Destination,
            "srcport" => FieldMeaning.SourcePort,
            "dstport" => FieldMeaning.DestinationPort,
            "protocol" => FieldMeaning.Protocol,
            "action" => FieldMeaning.Action,
            "flow-direction" => FieldMeaning.Direction,
            "interface-id" => FieldMeaning.Interface,
            "account-id" => FieldMeaning.Account,
            "region" => FieldMeaning.Region,
            "tcp-flags" => FieldMeaning.TcpFlags,
            _ => field.Version == 11 && field.Name.Contains("-tag", StringComparison.Ordinal)
                ? FieldMeaning.Tag
                : FieldMeaning.Itself,
        };

    /// <summary>Those of the add-on where it has one, so that what is indexed and what it extracts have the same names.</summary>
    private static string KeyOf(FlowField field) =>
        field.Name switch
        {
            "srcaddr" => "src_ip",
            "dstaddr" => "dest_ip",
            "srcport" => "src_port",
            "dstport" => "dest_port",
            "protocol" => "protocol_code",
            "action" => "vpcflow_action",
            // Of two fields, one named like the other with our prefix, each has its own.
            _ when Taken.Contains(field.SnakeName) || field.SnakeName.StartsWith(Prefix, StringComparison.Ordinal) =>
                $"{Prefix}{field.SnakeName}",
            _ => field.SnakeName,
        };

    private static string? SecondOf(FieldMeaning meaning) =>
        meaning switch
        {
            FieldMeaning.Source => "src",
            FieldMeaning.Destination => "dest",
            FieldMeaning.Interface => "dvc",
            FieldMeaning.Account => "vendor_account",
            FieldMeaning.Region => "vendor_region",
            FieldMeaning.Action => "action",
            FieldMeaning.Direction => "direction",
            _ => null,
        };
}

/// <summary>A text with enough behind it to be copied at once.</summary>
internal sealed class PaddedText(string text)
{
    private readonly byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(text), .. new byte[32]];

    public int Length { get; } = System.Text.Encoding.UTF8.GetByteCount(text);

    public ReadOnlySpan<byte> Bytes => bytes;
}
