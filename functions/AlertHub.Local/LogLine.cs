using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AlertHub.Local;

/// <summary>
/// One record, one line: time, level, class, sentence. Control characters are replaced, so that no stranger's text can
/// begin a line of its own or move the terminal's cursor.
/// </summary>
internal sealed class LogLine(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "alerthub";

    public override void Write<TState>(
        in LogEntry<TState> entry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var level = entry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "error",
            LogLevel.Warning => "warn ",
            LogLevel.Information => "info ",
            _ => "debug",
        };
        var source = entry.Category[(entry.Category.LastIndexOf('.') + 1)..];
        var text = entry.Formatter(entry.State, entry.Exception);
        // Our own lines carry no exception; the server's do, where it was at fault.
        var fault = entry.Exception is { } e ? $" {e}" : "";
        textWriter.WriteLine(
            string.Concat(
                $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level} {source}: {text}{fault}".Select(static c =>
                    char.IsControl(c) ? ' ' : c
                )
            )
        );
    }
}
