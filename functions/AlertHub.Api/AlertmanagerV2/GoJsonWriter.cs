using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AlertHub.Alerts;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// JSON as Go's encoding/json writes it, as UTF-8. Utf8JsonWriter escapes other characters, and in capitals; clients that
/// compare texts would see a difference.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="escapesHtml">Whether <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are written as escapes.</param>
internal readonly struct GoJsonWriter(IBufferWriter<byte> output, bool escapesHtml)
{
    private const string Controls =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private const string Always = Controls + "\"\\\u2028\u2029";
    private static readonly SearchValues<char> Special = SearchValues.Create(Always);
    private static readonly SearchValues<char> SpecialInHtml = SearchValues.Create(Always + "<>&");

    public void Raw(ReadOnlySpan<byte> json) => output.Write(json);

    public void Number(int number)
    {
        var span = output.GetSpan(16);
        Utf8Formatter.TryFormat(number, span, out var written);
        output.Advance(written);
    }

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>A half of a surrogate pair becomes U+FFFD.</summary>
    public void String(ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        var special = escapesHtml ? SpecialInHtml : Special;
        while (text.IndexOfAny(special) is var at and >= 0)
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            Escape(text[at]);
            text = text[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        Raw("\""u8);
    }

    /// <summary>In UTC, to the millisecond, as go-openapi writes times.</summary>
    public void Time(DateTimeOffset time)
    {
        var span = output.GetSpan(32);
        time.UtcDateTime.TryFormat(
            span,
            out var written,
            "'\"'yyyy-MM-dd'T'HH:mm:ss.fff'Z\"'",
            CultureInfo.InvariantCulture
        );
        output.Advance(written);
    }

    public void Labels(Labels labels)
    {
        var separator = "{"u8;
        foreach (var (name, value) in labels)
        {
            Raw(separator);
            String(name);
            Raw(":"u8);
            String(value);
            separator = ","u8;
        }

        Raw(labels.Count == 0 ? "{}"u8 : "}"u8);
    }

    public void Strings(IEnumerable<string> texts)
    {
        Raw("["u8);
        var separator = ReadOnlySpan<byte>.Empty;
        foreach (var text in texts)
        {
            Raw(separator);
            String(text);
            separator = ","u8;
        }

        Raw("]"u8);
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u"u8);
                Encoding.UTF8.GetBytes(((int)c).ToString("x4", CultureInfo.InvariantCulture), output);
                break;
        }
    }
}
