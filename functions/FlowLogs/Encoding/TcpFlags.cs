namespace FlowLogs.Encoding;

/// <summary>The flags that were seen within the interval of a record, OR-ed. AWS records ACK only beside SYN.</summary>
internal static class TcpFlags
{
    private static readonly byte[][] Names =
    [
        [.. "fin"u8],
        [.. "syn"u8],
        [.. "rst"u8],
        [.. "psh"u8],
        [.. "ack"u8],
        [.. "urg"u8],
        [.. "ece"u8],
        [.. "cwr"u8],
    ];

    /// <summary><c>"tcp_flag":"syn,ack"</c> for 18; nothing for 0.</summary>
    public static void Write(ref JsonCursor json, long flags)
    {
        if ((flags & 0xff) == 0)
        {
            return;
        }

        json.Raw(",\"tcp_flag\":\""u8);
        var any = false;
        for (var bit = 0; bit < Names.Length; bit++)
        {
            if ((flags & (1L << bit)) == 0)
            {
                continue;
            }

            if (any)
            {
                json.Raw(","u8);
            }

            json.Raw(Names[bit]);
            any = true;
        }

        json.Raw("\""u8);
    }
}
