using Microsoft.Extensions.Logging.Console;

namespace AlertHub.Local.Logging;

/// <summary>One record, one line, on standard error: standard output is for notifications (the console channel).</summary>
internal static class Logs
{
    /// <param name="level">The least that is written.</param>
    /// <param name="format">As <c>--log.format</c> has it.</param>
    public static ILoggerFactory Create(LogLevel level, LogFormat format) =>
        LoggerFactory.Create(builder =>
        {
            builder
                .SetMinimumLevel(level)
                .AddConsole(console =>
                {
                    console.FormatterName = format == LogFormat.Json ? JsonLine.FormatName : LogfmtLine.FormatName;
                    console.LogToStandardErrorThreshold = LogLevel.Trace;
                })
                // Decisions only. The framework would log request lines, failures to start that we say in our own
                // words, and System.Net.Http addresses that are secrets.
                .AddFilter("Microsoft", LogLevel.Warning)
                .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
                .AddFilter("System", LogLevel.None);
            // AddConsoleFormatter would bind options by reflection, which a native build has not.
            builder.Services.AddSingleton<ConsoleFormatter, LogfmtLine>().AddSingleton<ConsoleFormatter, JsonLine>();
        });

    /// <summary>Alertmanager's words for levels.</summary>
    public static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Critical or LogLevel.Error => "error",
            LogLevel.Warning => "warn",
            LogLevel.Information => "info",
            _ => "debug",
        };

    /// <summary>The class that speaks, without its namespace.</summary>
    public static string Component(string category) => category[(category.LastIndexOf('.') + 1)..];
}

internal enum LogFormat
{
    Logfmt,
    Json,
}
