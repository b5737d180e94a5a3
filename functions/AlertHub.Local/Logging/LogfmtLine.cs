using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AlertHub.Local.Logging;

/// <summary>
/// <c>ts=... level=info component=Worker msg="..."</c>. Control characters are replaced, so that no stranger's text can
/// begin a line of its own or move the terminal's cursor.
/// </summary>
internal sealed class LogfmtLine() : ConsoleFormatter(FormatName)
{
    public const string FormatName = "logfmt";

    public override void Write<TState>(
        in LogEntry<TState> entry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var line = new StringBuilder();
        line.Append(
            CultureInfo.InvariantCulture,
            $"ts={DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} level={Logs.Word(entry.LogLevel)} component={Logs.Component(entry.Category)} msg="
        );
        Quote(line, entry.Formatter(entry.State, entry.Exception));
        // Our own lines carry no exception; the server's do, where it was at fault.
        if (entry.Exception is { } fault)
        {
            line.Append(" err=");
            Quote(line, $"{fault}");
        }

        textWriter.WriteLine(line);
    }

    private static void Quote(StringBuilder line, string text)
    {
        line.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => line.Append('\\').Append(c),
                _ when char.IsControl(c) => line.Append(' '),
                _ => line.Append(c),
            };
        }

        line.Append('"');
    }
}
