using System.Buffers;

namespace FlowLogs.Incoming;

/// <summary>
/// Log events as CloudWatch Logs writes them: <c>{"id":"…","timestamp":…,"message":"…"}</c>, without a space and without an
/// escape. Nearly all flow logs are like that, and are read several times as fast as by a reader of any JSON.
/// </summary>
internal static class UsualEvents
{
    /// <summary>What fits into a long whatever the digits are.</summary>
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> Plain = SearchValues.Create([
        .. Enumerable.Range(0x20, 0x7f - 0x20).Where(static c => c is not ('"' or '\\')).Select(static c => (byte)c),
    ]);

    /// <summary>Hands on the events of a list up to the first that is written in another way.</summary>
    /// <param name="json">From the list's bracket on.</param>
    /// <param name="source">Whose they are.</param>
    /// <param name="sink">Is told of each.</param>
    /// <param name="count">How many were handed on.</param>
    /// <returns>Bytes up to and with the end of the list; 0 where it has others.</returns>
    public static int Read(ReadOnlySpan<byte> json, LogSource source, LogEventSink sink, out int count)
    {
        count = 0;
        var left = json[1..];
        while (
            Skip(ref left, "{\"id\":\""u8)
            && TryText(ref left, out var id)
            && Skip(ref left, "\",\"timestamp\":"u8)
            && TryNumber(ref left, out var timestamp)
            && Skip(ref left, ",\"message\":\""u8)
            && TryText(ref left, out var message)
            && Skip(ref left, "\"}"u8)
            && left is [(byte)',' or (byte)']', ..]
        )
        {
            sink(source, id, timestamp, message);
            count++;
            var isLast = left[0] == (byte)']';
            left = left[1..];
            if (isLast)
            {
                return json.Length - left.Length;
            }
        }

        return 0;
    }

    private static bool Skip(ref ReadOnlySpan<byte> left, ReadOnlySpan<byte> text)
    {
        if (!left.StartsWith(text))
        {
            return false;
        }

        left = left[text.Length..];
        return true;
    }

    private static bool TryText(ref ReadOnlySpan<byte> left, out ReadOnlySpan<byte> text)
    {
        var length = left.IndexOfAnyExcept(Plain);
        text = length < 0 ? [] : left[..length];
        left = left[text.Length..];
        return length >= 0;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> left, out long number)
    {
        number = 0;
        var digits = 0;
        while (digits < left.Length && digits <= MostDigits && (uint)(left[digits] - '0') <= 9)
        {
            number = (number * 10) + (left[digits] - '0');
            digits++;
        }

        var isNumber = digits is > 0 and <= MostDigits && (digits == 1 || left[0] != (byte)'0');
        left = left[digits..];
        return isNumber;
    }
}
