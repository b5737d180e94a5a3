using FlowLogs.Records;

namespace FlowLogs.Encoding;

/// <summary>What a record says between its lines: <c>app</c>, the service by its port, and <c>direction</c>, by its addresses.</summary>
internal sealed class Enrichment(FlowFormat format)
{
    private readonly int source = format.IndexOf("srcaddr");
    private readonly int destination = format.IndexOf("dstaddr");
    private readonly int sourcePort = format.IndexOf("srcport");
    private readonly int destinationPort = format.IndexOf("dstport");
    private readonly int protocol = format.IndexOf("protocol");
    private readonly int direction = format.IndexOf("flow-direction");

    public void Write(ref JsonCursor json, FlowRecord record, ReadOnlySpan<byte> line)
    {
        if (protocol >= 0 && destinationPort >= 0)
        {
            // An answer goes back from the service's port.
            var name = ServiceNames.Of(record.Number(protocol), record.Number(destinationPort));
            name =
                name.IsEmpty && sourcePort >= 0
                    ? ServiceNames.Of(record.Number(protocol), record.Number(sourcePort))
                    : name;
            if (!name.IsEmpty)
            {
                json.Raw(",\"app\":\""u8);
                json.Raw(name);
                json.Raw("\""u8);
            }
        }

        if ((direction >= 0 && !record.IsAbsent(line, direction)) || source < 0 || destination < 0)
        {
            return;
        }

        json.Raw(
            (Reach(record, line, source), Reach(record, line, destination)) switch
            {
                (Reachable.Inside, Reachable.Outside) => ",\"direction\":\"outbound\""u8,
                (Reachable.Outside, Reachable.Inside) => ",\"direction\":\"inbound\""u8,
                // From network to network, which of the two the interface is in is not said.
                _ => [],
            }
        );
    }

    private static Reachable Reach(FlowRecord record, ReadOnlySpan<byte> line, int field)
    {
        var text = record.Text(line, field);
        return record.IsAbsent(line, field) ? Reachable.Unknown
            : IsPrivate(text) ? Reachable.Inside
            : Reachable.Outside;
    }

    /// <summary>RFC 1918, RFC 6598, RFC 4193 and link-local, in the form that AWS writes: lower case, no leading zeros.</summary>
    private static bool IsPrivate(ReadOnlySpan<byte> address) =>
        address.StartsWith("10."u8)
        || address.StartsWith("192.168."u8)
        || address.StartsWith("169.254."u8)
        || (address.StartsWith("172."u8) && Second(address[4..]) is >= 16 and <= 31)
        || (address.StartsWith("100."u8) && Second(address[4..]) is >= 64 and <= 127)
        || (address is [(byte)'f', (byte)'c' or (byte)'d', _, _, (byte)':', ..])
        || address.StartsWith("fe80:"u8);

    private static int Second(ReadOnlySpan<byte> rest) =>
        System.Buffers.Text.Utf8Parser.TryParse(rest, out int number, out _) ? number : -1;

    private enum Reachable
    {
        Unknown,
        Inside,
        Outside,
    }
}
