using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace FlowLogs.Encoding;

/// <summary>Writes JSON into a span that is known to be long enough: <see cref="MostGrowth"/> bytes for each byte of text.</summary>
internal ref struct JsonCursor(Span<byte> room)
{
    /// <summary>A control character becomes <c>\u0001</c>.</summary>
    public const int MostGrowth = 6;

    private static readonly SearchValues<byte> Plain = SearchValues.Create([
        .. Enumerable.Range(0x20, 0x7f - 0x20).Where(static c => c is not ('"' or '\\')).Select(static c => (byte)c),
    ]);

    private readonly Span<byte> room = room;

    public int At { get; private set; }

    /// <summary>Whether text stands in JSON as it is: printable ASCII without quotes and backslashes, as flow logs are.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Plain);

    /// <summary>Inlined, so that a text that is known when this is compiled is written by a few stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room[At..]);
        At += bytes.Length;
    }

    /// <summary>A part of a text. Short ones are copied with what is behind them, which is written over next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Part(scoped ReadOnlySpan<byte> text, int start, int length)
    {
        var from = text[start..];
        var to = room[At..];
        var least = Math.Min(from.Length, to.Length);
        if (length <= Vector128<byte>.Count && least >= Vector128<byte>.Count)
        {
            Vector128.Create(from).CopyTo(to);
        }
        else if (length <= Vector256<byte>.Count && least >= Vector256<byte>.Count)
        {
            Vector256.Create(from).CopyTo(to);
        }
        else
        {
            from[..length].CopyTo(to);
        }

        At += length;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, room[At..], out var written);
        At += written;
    }

    /// <summary>Epoch seconds with three decimals, from milliseconds.</summary>
    public void Seconds(long milliseconds)
    {
        // CloudWatch counts from 1970 on; anything before is a mistake that Splunk would refuse.
        var (seconds, rest) = Math.DivRem(Math.Max(milliseconds, 0), 1000);
        Number(seconds);
        Raw([(byte)'.', (byte)('0' + (rest / 100)), (byte)('0' + (rest / 10 % 10)), (byte)('0' + (rest % 10))]);
    }

    /// <summary>What stands between the quotes. Invalid UTF-8 becomes U+FFFD.</summary>
    /// <param name="text">UTF-8, valid or not.</param>
    /// <param name="escaped">The text has its escapes already; only invalid UTF-8 and what no JSON may contain is replaced.</param>
    public void Text(scoped ReadOnlySpan<byte> text, bool escaped = false)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                Raw(text);
                return;
            }

            Raw(text[..plain]);
            text = text[plain..];
            if (text[0] >= 0x80)
            {
                Rune.DecodeFromUtf8(text, out var rune, out var used);
                At += rune.EncodeToUtf8(room[At..]);
                text = text[used..];
            }
            else
            {
                One(text[0], escaped);
                text = text[1..];
            }
        }
    }

    private void One(byte c, bool escaped)
    {
        if (c is (byte)'"' or (byte)'\\')
        {
            if (!escaped)
            {
                Raw("\\"u8);
            }

            Raw([c]);
        }
        else if (c is (byte)'\n')
        {
            Raw("\\n"u8);
        }
        else if (c is (byte)'\t')
        {
            Raw("\\t"u8);
        }
        else if (c < 0x20)
        {
            Raw("\\u00"u8);
            Raw([Hex(c >> 4), Hex(c & 15)]);
        }
        else
        {
            Raw([c]);
        }
    }

    private static byte Hex(int digit) => "0123456789abcdef"u8[digit];
}
