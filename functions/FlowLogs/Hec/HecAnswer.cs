using System.Text.Json;

namespace FlowLogs.Hec;

/// <summary>What HEC, or whatever stands before it, answered to a post.</summary>
/// <remarks>
/// The codes are those of "Troubleshoot HTTP Event Collector" in Splunk's documentation, read on 2026-11-28. The texts are
/// ours: a proxy's page may repeat the request's headers, and with them the token.
/// </remarks>
internal abstract record HecAnswer
{
    private HecAnswer() { }

    /// <param name="Ack">By which indexing can be asked for.</param>
    /// <param name="SlowDown">A queue is filling up. What was sent is taken and must not be sent again.</param>
    internal sealed record Accepted(long? Ack, bool SlowDown) : HecAnswer;

    /// <param name="At">The event that HEC stopped at, those before it being accepted; null where it does not say.</param>
    /// <param name="Then">What to do with that event.</param>
    /// <param name="Reason">For a person.</param>
    internal sealed record Stopped(int? At, Remedy Then, string Reason) : HecAnswer;

    /// <param name="At">Events before it were accepted; null where HEC does not say.</param>
    /// <param name="Reason">For a person.</param>
    /// <param name="After">As long as HEC asks us to wait.</param>
    internal sealed record TryAgain(int? At, string Reason, TimeSpan? After = null) : HecAnswer;

    internal sealed record TooLarge : HecAnswer;

    /// <param name="Kind">What it lies with.</param>
    /// <param name="At">Events before it were accepted; null where HEC does not say.</param>
    /// <param name="Reason">For a person.</param>
    internal sealed record Refused(Refusal Kind, int? At, string Reason) : HecAnswer;

    /// <summary>The token does not have acknowledgement.</summary>
    internal sealed record AckDisabled : HecAnswer;

    /// <param name="Done">Ids of what is indexed. HEC says so once, and then forgets the id.</param>
    internal sealed record Acks(IReadOnlyList<long> Done) : HecAnswer;

    /// <summary>Of a post of events.</summary>
    public static HecAnswer Read(int status, ReadOnlyMemory<byte> body, TimeSpan? after = null)
    {
        var (code, at, ack) = Parse(body);
        var isOk = status is >= 200 and <= 299;
        return code switch
        {
            _ when status == 413 => new TooLarge(),
            0 when isOk => new Accepted(ack, SlowDown: false),
            24 or 25 when isOk => new Accepted(ack, SlowDown: true),
            1 => new Refused(Refusal.Token, at, "the token is disabled (HEC code 1)"),
            2 => new Refused(Refusal.Token, at, "no token arrived (HEC code 2)"),
            3 => new Refused(Refusal.Token, at, "the Authorization header is not valid (HEC code 3)"),
            4 => new Refused(Refusal.Token, at, "the token is not valid (HEC code 4)"),
            // Never sent empty, so that something on the way lost the body.
            5 => new TryAgain(null, "HEC found no data (HEC code 5)", after),
            6 => new Stopped(at, Remedy.Drop, "the data format is not valid (HEC code 6)"),
            7 => new Refused(Refusal.Index, at, "the index is not there, or not the token's (HEC code 7)"),
            8 => new TryAgain(at, "an internal error of HEC (HEC code 8)", after),
            9 => new TryAgain(at, "HEC is busy (HEC code 9)", after),
            10 => new Refused(Refusal.Channel, at, "the token asks for a channel (HEC code 10)"),
            11 => new Refused(Refusal.Channel, at, "the channel is not a valid GUID (HEC code 11)"),
            12 => new Stopped(at, Remedy.Drop, "the event has no \"event\" (HEC code 12)"),
            13 => new Stopped(at, Remedy.Drop, "the event's \"event\" is blank (HEC code 13)"),
            14 => new AckDisabled(),
            15 => new Stopped(at, Remedy.Strip, "the indexed fields are not valid (HEC code 15)"),
            16 => new Refused(Refusal.Setting, at, "the token stands in the query, which is not allowed (HEC code 16)"),
            17 => new Refused(Refusal.Setting, at, "the URL is that of HEC's health (HEC code 17)"),
            18 => new TryAgain(at, "HEC's queues are full (HEC code 18)", after),
            19 => new TryAgain(at, "HEC's acknowledgements are down (HEC code 19)", after),
            20 => new TryAgain(at, "HEC's queues are full and its acknowledgements down (HEC code 20)", after),
            21 => new Refused(Refusal.Token, at, "the token is not valid (HEC code 21)"),
            22 => new Refused(Refusal.Token, at, "the token is disabled (HEC code 22)"),
            23 => new TryAgain(at, "HEC is shutting down (HEC code 23)", after),
            26 => new TryAgain(at, "HEC's queue is at its capacity (HEC code 26)", after),
            // A code newer than this table. 24 and 25 were such once: advice, with what was sent taken.
            { } when isOk => new Accepted(ack, SlowDown: true),
            _ => ByStatus(status, code, at, after),
        };
    }

    /// <summary>Of a question for acknowledgements.</summary>
    public static HecAnswer ReadAcks(int status, ReadOnlyMemory<byte> body, TimeSpan? after = null)
    {
        if (status is < 200 or > 299)
        {
            return Read(status, body, after);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            if (
                json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("acks", out var acks)
                && acks.ValueKind == JsonValueKind.Object
            )
            {
                return new Acks([
                    .. from ack in acks.EnumerateObject()
                    where ack.Value.ValueKind == JsonValueKind.True && long.TryParse(ack.Name, out _)
                    select long.Parse(ack.Name, System.Globalization.CultureInfo.InvariantCulture),
                ]);
            }
        }
        catch (JsonException)
        {
            return Strange(status);
        }

        return Read(status, body, after) is Accepted ? Strange(status) : Read(status, body, after);
    }

    private static HecAnswer ByStatus(int status, int? code, int? at, TimeSpan? after)
    {
        var said = code is { } number ? $"HTTP {status}, HEC code {number}" : $"HTTP {status}";
        return status switch
        {
            >= 200 and <= 299 => Strange(status),
            408 or 429 or >= 500 => new TryAgain(at, said, after),
            401 => new Refused(Refusal.Token, at, $"the token is not valid ({said})"),
            >= 300 and <= 399 => new Refused(Refusal.Setting, at, $"a redirect ({said}); check HEC's URL"),
            _ => new Refused(Refusal.Setting, at, $"{said}; check HEC's URL and what stands before it"),
        };
    }

    /// <summary>A load balancer's page, or an answer that was cut: whether the events are taken is not known.</summary>
    private static TryAgain Strange(int status) => new(null, $"HTTP {status}, but not an answer of HEC's");

    private static (int? Code, int? At, long? Ack) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? (Small(Number(root, "code")), Small(Number(root, "invalid-event-number")), Number(root, "ackId"))
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A code or a place; what is larger is neither.</summary>
    private static int? Small(long? number) => number is >= 0 and <= int.MaxValue ? (int)number : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;
}
