using FlowLogs.Records;

namespace FlowLogs.Encoding;

/// <summary>
/// The members of <c>fields</c>: Splunk's CIM for network traffic, and every other field of the format under its own name. What is
/// absent in the record is absent here.
/// </summary>
internal sealed class RecordFields(FlowFormat format, EventFields scope)
{
    /// <summary>For the names and separators around one value, its number, and what is derived from it.</summary>
    private const int MostAroundBytes = 128;

    private readonly FieldPlan[] plans = FieldPlan.Of(format);
    private readonly int start = format.IndexOf("start");
    private readonly int end = format.IndexOf("end");
    private readonly int source = format.IndexOf("srcaddr");
    private readonly Enrichment? enrichment = scope == EventFields.Enriched ? new(format) : null;

    public bool HasTags { get; } = FieldPlan.Of(format).Any(static plan => plan.Meaning == FieldMeaning.Tag);

    /// <summary>Most bytes of an event beside its texts.</summary>
    public int MostBytes { get; } = 512 + FieldPlan.Of(format).Sum(static plan => plan.Key.Length + MostAroundBytes);

    public void Write(
        ref JsonCursor json,
        FlowRecord record,
        ReadOnlySpan<byte> line,
        bool plain,
        ReadOnlySpan<byte> account,
        ReadOnlySpan<byte> region
    )
    {
        if (scope == EventFields.None)
        {
            return;
        }

        foreach (var plan in plans)
        {
            var (at, length) = record.Place(plan.Index);
            if (length == 1 && line[at] == (byte)'-')
            {
                continue;
            }

            json.Part(plan.Key.Bytes, 0, plan.Key.Length);
            if (plan.IsNumber)
            {
                WriteNumber(ref json, plan.Meaning, line, at, length, record.Number(plan.Index));
                continue;
            }

            if (plan.Meaning == FieldMeaning.Tag && record.Text(line, plan.Index).Contains((byte)'%'))
            {
                json.Text(System.Text.Encoding.UTF8.GetBytes(record.Decoded(line, plan.Index)));
            }
            else
            {
                Value(ref json, line, at, length, plain);
            }

            if (plan.SecondKey.Length > 0)
            {
                json.Part(plan.SecondKey.Bytes, 0, plan.SecondKey.Length);
                if (Word(plan.Meaning, line.Slice(at, length)) is { IsEmpty: false } word)
                {
                    json.Raw(word);
                }
                else
                {
                    Value(ref json, line, at, length, plain);
                }
            }

            json.Raw("\""u8);
            account = plan.Meaning == FieldMeaning.Account ? [] : account;
            region = plan.Meaning == FieldMeaning.Region ? [] : region;
        }

        WriteOrigin(ref json, account, region);
        if (source >= 0 && !record.IsAbsent(line, source))
        {
            json.Raw(
                record.Text(line, source).Contains((byte)':')
                    ? ",\"protocol_version\":\"ipv6\""u8
                    : ",\"protocol_version\":\"ipv4\""u8
            );
        }

        if (start >= 0 && end >= 0 && record.Number(start) >= 0 && record.Number(end) >= record.Number(start))
        {
            json.Raw(",\"duration\":"u8);
            json.Number(record.Number(end) - record.Number(start));
        }

        enrichment?.Write(ref json, record, line);
    }

    /// <summary>What is known of the stream where the record does not say it: already JSON, empty for nothing.</summary>
    public static void WriteOrigin(ref JsonCursor json, ReadOnlySpan<byte> account, ReadOnlySpan<byte> region)
    {
        if (!account.IsEmpty)
        {
            json.Raw(",\"vendor_account\":\""u8);
            json.Raw(account);
            json.Raw("\""u8);
        }

        if (!region.IsEmpty)
        {
            json.Raw(",\"vendor_region\":\""u8);
            json.Raw(region);
            json.Raw("\""u8);
        }
    }

    private static void WriteNumber(
        ref JsonCursor json,
        FieldMeaning meaning,
        ReadOnlySpan<byte> line,
        int at,
        int length,
        long number
    )
    {
        if (length > 1 && line[at] == (byte)'0')
        {
            // JSON allows no leading zeros.
            json.Number(number);
        }
        else
        {
            json.Part(line, at, length);
        }

        if (meaning == FieldMeaning.Protocol)
        {
            WriteTransport(ref json, number);
        }
        else if (meaning == FieldMeaning.TcpFlags)
        {
            TcpFlags.Write(ref json, number);
        }
    }

    /// <summary>The word of CIM for that of AWS; empty where it has no other.</summary>
    private static ReadOnlySpan<byte> Word(FieldMeaning meaning, ReadOnlySpan<byte> text) =>
        meaning switch
        {
            FieldMeaning.Action when text.SequenceEqual("ACCEPT"u8) => "allowed"u8,
            FieldMeaning.Action when text.SequenceEqual("REJECT"u8) => "blocked"u8,
            FieldMeaning.Direction when text.SequenceEqual("ingress"u8) => "inbound"u8,
            FieldMeaning.Direction when text.SequenceEqual("egress"u8) => "outbound"u8,
            _ => [],
        };

    /// <summary>IANA's protocol numbers; what is not among them has its number only, in protocol_code.</summary>
    private static void WriteTransport(ref JsonCursor json, long number)
    {
        json.Raw(",\"protocol\":\"ip\""u8);
        json.Raw(
            number switch
            {
                6 => ",\"transport\":\"tcp\""u8,
                17 => ",\"transport\":\"udp\""u8,
                1 or 58 => ",\"transport\":\"icmp\""u8,
                2 => ",\"transport\":\"igmp\""u8,
                47 => ",\"transport\":\"gre\""u8,
                50 => ",\"transport\":\"esp\""u8,
                132 => ",\"transport\":\"sctp\""u8,
                _ => [],
            }
        );
    }

    private static void Value(ref JsonCursor json, ReadOnlySpan<byte> line, int at, int length, bool plain)
    {
        if (plain)
        {
            json.Part(line, at, length);
        }
        else
        {
            json.Text(line.Slice(at, length));
        }
    }
}
