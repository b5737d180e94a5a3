using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A failure as the Runtime API takes it: at most 256 KB of type, message, stack and causes.</summary>
internal sealed class ErrorReport
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxDepth = 8;

    // JSON may spend six bytes on a character.
    private const int MaxMessageChars = 32 * 1024;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Exception? exception;

    private ErrorReport(string type, string message, Exception? exception)
    {
        Type = type;
        Message = message;
        this.exception = exception;
    }

    public string Type { get; }

    public string Message { get; }

    public static ErrorReport Of(Exception exception) => new(exception.GetType().Name, exception.Message, exception);

    /// <summary>Worded as Lambda words it.</summary>
    public static ErrorReport ResponseTooLarge(int bytes) =>
        new(
            "Function.ResponseSizeTooLarge",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Response payload size ({bytes} bytes) exceeded maximum allowed payload size ({RuntimeApiClient.MaxResponseBytes} bytes)."
            ),
            exception: null
        );

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        Write(writer, Type, Message, exception, depth: 0);
        writer.Flush();
        if (buffer.WrittenCount > MaxBytes)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            var message = Message.Length > MaxMessageChars ? Message[..MaxMessageChars] : Message;
            Write(writer, Type, message, exception: null, depth: 0);
            writer.Flush();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string type, string message, Exception? exception, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", type);
        writer.WriteString("errorMessage", message);
        if (exception?.StackTrace is { Length: > 0 } stackTrace)
        {
            writer.WriteStartArray("stackTrace");
            foreach (var line in stackTrace.Split('\n'))
            {
                writer.WriteStringValue(line.Trim());
            }

            writer.WriteEndArray();
        }

        if (depth < MaxDepth && exception is AggregateException { InnerExceptions: var causes })
        {
            writer.WriteStartArray("causes");
            foreach (var each in causes)
            {
                Write(writer, each.GetType().Name, each.Message, each, depth + 1);
            }

            writer.WriteEndArray();
        }
        else if (depth < MaxDepth && exception?.InnerException is { } cause)
        {
            writer.WritePropertyName("cause");
            Write(writer, cause.GetType().Name, cause.Message, cause, depth + 1);
        }

        writer.WriteEndObject();
    }
}
