using System.Globalization;
using System.Text;
using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Local.Commands;

/// <summary>A verdict for a terminal: success or failure first, then what was found, errors before warnings.</summary>
internal static class CheckReport
{
    /// <param name="name">How alertmanager.yml is called.</param>
    /// <param name="verdict">What was found out about it.</param>
    /// <param name="failed">Whether that is a failure; with --strict a warning is.</param>
    public static string Of(string name, Verdict verdict, bool failed)
    {
        var text = new StringBuilder(Heading(name, failed));
        if (!verdict.Failed && verdict.Config is { } config)
        {
            Describe(config, verdict.Templates, text);
        }

        foreach (
            var kind in InOrder(name, verdict.Problems)
                .ToLookup(static problem => problem.IsError)
                .OrderBy(static kind => !kind.Key)
        )
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Count(kind.Count(), kind.Key ? "error" : "warning")}:\n");
            text.Append(Problems(kind));
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Of a file that cannot be read.</summary>
    public static string Unreadable(string name, string? objection) =>
        $"{Heading(name, failed: true)}\n{Count(1, "error")}:\n{name}: error: {objection}\n\n";

    public static string Problems(IEnumerable<Problem> problems) =>
        string.Concat(problems.Select(static problem => $"{problem}\n"));

    private static string Heading(string name, bool failed) =>
        $"Checking '{name}'  {(failed ? "FAILED" : "SUCCESS")}\n";

    /// <summary>File by file and down each; what was found about files that it names is found later than the rest.</summary>
    private static IEnumerable<Problem> InOrder(string name, IReadOnlyList<Problem> problems)
    {
        var files = problems.Select(static problem => problem.File).Prepend(name).Distinct().ToList();
        return problems
            .OrderBy(problem => files.IndexOf(problem.File))
            .ThenBy(static problem => (problem.At.Line, problem.At.Column));
    }

    private static void Describe(HubConfig config, IReadOnlyList<TemplateGlob> templates, StringBuilder text)
    {
        var alertmanager = config.Alertmanager;
        var routes = RoutingTree.Compile(alertmanager.Route).Routes.Count();
        var kinds =
            from receiver in config.Receivers
            from integration in receiver.Integrations
            group integration by integration.Kind into kind
            select $"{kind.Count()} {kind.Key}";
        var intervals = alertmanager.TimeIntervals.Count + alertmanager.MuteTimeIntervals.Count;

        Line(Count(routes, "route"));
        Line(Count(config.Receivers.Count, "receiver"), string.Join(", ", kinds));
        Line(Count(alertmanager.InhibitRules.Count, "inhibit rule"));
        Line(Count(intervals, "time interval"));
        Line(Count(templates.Sum(static glob => glob.Files.Count), "template file"));

        void Line(string what, string more = "") =>
            text.Append("  ").Append(what).Append(more.Length > 0 ? $": {more}" : "").Append('\n');
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
