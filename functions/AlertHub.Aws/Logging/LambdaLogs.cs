using System.Text.RegularExpressions;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using Level = Amazon.Lambda.Core.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertHub.Aws.Logging;

/// <summary>Loggers that write to the function's log stream, one record for each line, with its values as keys.</summary>
/// <param name="environment">Says the level (<c>AWS_LAMBDA_LOG_LEVEL</c>), so that nothing is put together for nobody.</param>
internal sealed partial class LambdaLogs(Func<string, string?> environment) : ILoggerFactory
{
    private readonly LogLevel least = Enum.TryParse<LogLevel>(
        environment("AWS_LAMBDA_LOG_LEVEL"),
        ignoreCase: true,
        out var level
    )
        ? level
        : LogLevel.Information;

    /// <summary>Of the platform's own lines, which are two or three for each request, only what is wrong.</summary>
    public ILogger CreateLogger(string categoryName) =>
        new Log(IsOwn(categoryName) || least > LogLevel.Warning ? least : LogLevel.Warning);

    /// <summary>There is one place that logs go to.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() { }

    private static bool IsOwn(string category) =>
        !category.StartsWith("Microsoft.", StringComparison.Ordinal)
        && !category.StartsWith("System.", StringComparison.Ordinal);

    private sealed partial class Log(LogLevel least) : ILogger
    {
        /// <summary>By which the state of a message tells its template.</summary>
        private const string Template = "{OriginalFormat}";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var (template, values) = Parts(state) ?? ("{message}", [formatter(state, exception)]);

            if (exception is null)
            {
                LambdaLogger.Log(LevelOf(logLevel), template, values);
            }
            else
            {
                LambdaLogger.Log(LevelOf(logLevel), exception, template, values);
            }
        }

        /// <summary>The template with a value for each of its names in their order; null where the state has not all of them.</summary>
        private static (string Template, object?[] Values)? Parts<TState>(TState state)
        {
            if (
                state is not IReadOnlyList<KeyValuePair<string, object?>> parts
                || parts.LastOrDefault(static part => part.Key == Template).Value is not string template
            )
            {
                return null;
            }

            var values = new List<object?>();
            foreach (var name in Hole().Matches(template).Select(static hole => hole.Groups[1].Value))
            {
                if (parts.All(part => part.Key != name))
                {
                    return null;
                }

                values.Add(parts.First(part => part.Key == name).Value);
            }

            return (template, [.. values]);
        }

        private static Level LevelOf(LogLevel level) =>
            level switch
            {
                LogLevel.Trace => Level.Trace,
                LogLevel.Debug => Level.Debug,
                LogLevel.Information => Level.Information,
                LogLevel.Warning => Level.Warning,
                LogLevel.Error => Level.Error,
                _ => Level.Critical,
            };

        [GeneratedRegex(@"(?<!\{)\{(\w+)[^{}]*\}")]
        private static partial Regex Hole();
    }
}
