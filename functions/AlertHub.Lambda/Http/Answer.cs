using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AlertHub.Lambda.Http;

/// <summary>
/// A whole answer and how API Gateway takes it. The names are those of Amazon.Lambda.APIGatewayEvents' response.
/// </summary>
internal sealed record Answer(int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>6 MiB: what Lambda carries. (The Runtime API lets a hundred bytes more through.)</summary>
    public const int LargestBytes = 6 * 1024 * 1024;

    private const int PieceBytes = 4096;

    private static readonly JavaScriptEncoder Escapes = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A sentence for a person.</summary>
    public static Answer Of(int status, string sentence)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.ContentType = "text/plain; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        return new(status, headers, Encoding.UTF8.GetBytes(sentence + "\n"));
    }

    /// <summary>As JSON; null where that is more than Lambda carries.</summary>
    /// <param name="method">Of the request: the answer to HEAD has no body.</param>
    public MemoryStream? ToJson(string method)
    {
        var body = MayHaveBody(method) ? Body : default;
        // It only grows on its way into the JSON.
        if (body.Length > LargestBytes)
        {
            return null;
        }

        var isText = IsText(body.Span);
        var json = new ArrayBufferWriter<byte>(
            1024 + (isText ? body.Length * 5 / 4 : Base64.GetMaxEncodedToUtf8Length(body.Length))
        );
        WriteHead(json, !isText);
        if (body.Length > 0)
        {
            json.Write(",\"body\":\""u8);
            if (isText)
            {
                WriteText(json, body.Span);
            }
            else
            {
                WriteBase64(json, body.Span);
            }

            json.Write("\""u8);
        }

        json.Write("}"u8);
        if (json.WrittenCount > LargestBytes)
        {
            return null;
        }

        MemoryMarshal.TryGetArray(json.WrittenMemory, out var array);
        return new MemoryStream(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true);
    }

    /// <summary>What the endpoint said its length is, where that is another than it has; null where it has none or the right one.</summary>
    public long? WrongLength(string method) =>
        MayHaveBody(method) && Headers.ContentLength is { } said && said != Body.Length ? said : null;

    private bool MayHaveBody(string method) =>
        !HttpMethods.IsHead(method)
        && Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified or < 200);

    /// <summary>All but the body and the end.</summary>
    private void WriteHead(ArrayBufferWriter<byte> output, bool isBase64)
    {
        using var json = new Utf8JsonWriter(output, new() { Encoder = Escapes });
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, Status);
        json.WriteStartObject("headers"u8);
        foreach (var header in Headers)
        {
            var values = header.Value;
            if (values.Count > 0 && !header.Key.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase))
            {
                json.WriteString(header.Key, values.Count == 1 ? values[0] : string.Join(", ", values.ToArray()));
            }
        }

        json.WriteEndObject();
        WriteCookies(json, Headers.SetCookie);
        json.WriteBoolean("isBase64Encoded"u8, isBase64);
        json.Flush();
    }

    /// <summary>Each its own header, as they cannot share one: their dates have commas.</summary>
    private static void WriteCookies(Utf8JsonWriter json, StringValues cookies)
    {
        if (cookies.Count == 0)
        {
            return;
        }

        json.WriteStartArray("cookies"u8);
        foreach (var cookie in cookies)
        {
            json.WriteStringValue(cookie);
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// Whether it can go as it is. What is packed, or of a type that is no text, or claims to be text in UTF-8 and is
    /// not, would not arrive as it left.
    /// </summary>
    private bool IsText(ReadOnlySpan<byte> body) =>
        body.IsEmpty
        || (
            Headers.ContentEncoding.Count == 0
            && MediaTypeHeaderValue.TryParse(Headers.ContentType.ToString(), out var type)
            && IsText(type)
            && Utf8.IsValid(body)
        );

    private static bool IsText(MediaTypeHeaderValue type) =>
        (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && (
            type.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
            || IsText(type.SubType)
            || (type.Suffix.HasValue && IsText(type.Suffix))
        );

    private static bool IsText(StringSegment kind) =>
        kind.Equals("json", StringComparison.OrdinalIgnoreCase)
        || kind.Equals("xml", StringComparison.OrdinalIgnoreCase)
        || kind.Equals("javascript", StringComparison.OrdinalIgnoreCase);

    /// <summary>In pieces: Utf8JsonWriter would borrow six times the text's length for the escapes it might need.</summary>
    private static void WriteText(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Escapes.EncodeUtf8(text, output.GetSpan(PieceBytes), out var read, out var written);
            output.Advance(written);
            text = text[read..];
        }
    }

    private static void WriteBase64(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Base64.EncodeToUtf8(
            bytes,
            output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)),
            out _,
            out var written
        );
        output.Advance(written);
    }
}
