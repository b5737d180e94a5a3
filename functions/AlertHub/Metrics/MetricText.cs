using System.Buffers;
using System.Text;
using AlertHub.Templates.Printing;

namespace AlertHub.Metrics;

/// <summary>
/// Prometheus's text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats, with numbers as Go
/// writes them.
/// </summary>
internal readonly struct MetricText(IBufferWriter<byte> output)
{
    public void Head(string name, string help, string type) =>
        Put($"# HELP {name} {EscapeHelp(help)}\n# TYPE {name} {type}\n");

    public void Sample(string name, string labels, double value) =>
        Put(
            labels.Length == 0
                ? $"{name} {FloatText.Format(value, 'g', -1)}\n"
                : $"{name}{{{labels}}} {FloatText.Format(value, 'g', -1)}\n"
        );

    public static string Labels(IReadOnlyList<string> names, ReadOnlySpan<string> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(names[i]).Append("=\"").Append(EscapeValue(values[i])).Append('"');
        }

        return text.ToString();
    }

    private void Put(string line) => Encoding.UTF8.GetBytes(line, output);

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeValue(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
