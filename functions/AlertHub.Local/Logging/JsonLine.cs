using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AlertHub.Local.Logging;

/// <summary>The same as an object on one line, with the parts of its sentence as members of their own.</summary>
internal sealed class JsonLine() : ConsoleFormatter(FormatName)
{
    public const string FormatName = "jsonline";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(
        in LogEntry<TState> entry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("ts", DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null));
            json.WriteString("level", Logs.Word(entry.LogLevel));
            json.WriteString("component", Logs.Component(entry.Category));
            json.WriteString("msg", entry.Formatter(entry.State, entry.Exception));
            if (entry.Exception is { } fault)
            {
                json.WriteString("err", $"{fault}");
            }

            foreach (var (name, value) in entry.State as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                if (name != "{OriginalFormat}")
                {
                    json.WriteString(
                        JsonNamingPolicy.SnakeCaseLower.ConvertName(name),
                        Convert.ToString(value, CultureInfo.InvariantCulture)
                    );
                }
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}
