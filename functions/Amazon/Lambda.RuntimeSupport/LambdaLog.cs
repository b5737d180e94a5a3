using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes records to standard output, which Lambda ships to the log group: one line each, as text or, when
/// <c>AWS_LAMBDA_LOG_FORMAT</c> is JSON, as an object with the keys of the official bootstrap.
/// </summary>
internal sealed class LambdaLog : ILambdaLogger
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly LambdaProcess process;
    private readonly Lock writing = new();
    private readonly bool json;
    private readonly LogLevel minimum;
    private Stream? output;
    private string requestId = "";
    private string? traceId;

    public LambdaLog(LambdaProcess process)
    {
        this.process = process;
        json = string.Equals(process.Variable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase);
        // The first is what users of the official package set by hand, the second what Lambda sets from the
        // function's logging configuration.
        minimum =
            Level(process.Variable("AWS_LAMBDA_HANDLER_LOG_LEVEL"))
            ?? Level(process.Variable("AWS_LAMBDA_LOG_LEVEL"))
            ?? LogLevel.Information;
    }

    /// <summary>Records from here on belong to this invocation.</summary>
    public void Begin(Invocation invocation)
    {
        requestId = invocation.RequestId;
        traceId = invocation.TraceId;
    }

    public void Log(string message) => Write(null, null, message, []);

    public void LogLine(string message) => Write(null, null, message, []);

    public void Log(string level, string message) => Write(Level(level), null, message, []);

    public void Log(LogLevel level, string message) => Write(level, null, message, []);

    public void Log(string level, string message, params object?[] args) => Write(Level(level), null, message, args);

    public void Log(LogLevel level, string message, params object?[] args) => Write(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object?[] args) =>
        Write(Level(level), exception, message, args);

    public void Log(LogLevel level, Exception exception, string message, params object?[] args) =>
        Write(level, exception, message, args);

    private void Write(LogLevel? level, Exception? exception, string message, object?[] args)
    {
        if (level < minimum)
        {
            return;
        }

        var line = json ? Json(level, exception, message, args) : Text(level, exception, message, args);
        lock (writing)
        {
            output ??= process.StandardOutput();
            output.Write(line);
            output.Flush();
        }
    }

    private byte[] Text(LogLevel? level, Exception? exception, string message, object?[] args)
    {
        var line = new StringBuilder(128).Append(Now()).Append('\t').Append(requestId).Append('\t');
        if (level is { } known)
        {
            line.Append(Label(known)).Append('\t');
        }

        line.Append(LogTemplate.Render(message, args));
        if (exception is not null)
        {
            line.Append('\n').Append(exception);
        }

        // CloudWatch Logs makes a record of every line, but shows a carriage return as a line break.
        return Encoding.UTF8.GetBytes(line.Replace("\r\n", "\r").Replace('\n', '\r').Append('\n').ToString());
    }

    private byte[] Json(LogLevel? level, Exception? exception, string message, object?[] args)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Now());
            writer.WriteString("level", Name(level ?? LogLevel.Information));
            if (requestId.Length > 0)
            {
                writer.WriteString("requestId", requestId);
            }

            if (!string.IsNullOrEmpty(traceId))
            {
                writer.WriteString("traceId", traceId);
            }

            writer.WriteString("message", LogTemplate.Render(message, args));
            LogTemplate.WriteArguments(writer, message, args);
            if (exception is not null)
            {
                writer.WriteString("errorType", exception.GetType().FullName);
                writer.WriteString("errorMessage", exception.Message);
                writer.WriteStartArray("stackTrace");
                foreach (var line in exception.ToString().Split('\n'))
                {
                    writer.WriteStringValue(line.Trim());
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        "\n"u8.CopyTo(buffer.GetSpan(1));
        buffer.Advance(1);
        return buffer.WrittenSpan.ToArray();
    }

    private string Now() => process.Time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    // Lambda's names and ours: TRACE, DEBUG, INFO, WARN, ERROR, FATAL.
    private static LogLevel? Level(string? name) =>
        name?.ToUpperInvariant() switch
        {
            "TRACE" => LogLevel.Trace,
            "DEBUG" => LogLevel.Debug,
            "INFO" or "INFORMATION" => LogLevel.Information,
            "WARN" or "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "FATAL" or "CRITICAL" => LogLevel.Critical,
            _ => null,
        };

    private static string Label(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };

    private static string Name(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => nameof(LogLevel.Trace),
            LogLevel.Debug => nameof(LogLevel.Debug),
            LogLevel.Information => nameof(LogLevel.Information),
            LogLevel.Warning => nameof(LogLevel.Warning),
            LogLevel.Error => nameof(LogLevel.Error),
            _ => nameof(LogLevel.Critical),
        };
}
