using System.Text.Json.Nodes;

namespace Hosts.Tests.Support;

/// <summary>What CloudWatch would make of lines in its embedded metric format.</summary>
internal static class EmbeddedMetrics
{
    /// <summary>All values of a metric together, over all lines that declare it.</summary>
    public static double Sum(string lines, string metric) =>
        lines
            .Split('\n')
            .Where(static line => line.StartsWith("{\"_aws\"", StringComparison.Ordinal))
            .Select(static line => JsonNode.Parse(line)!)
            .Where(line =>
                line["_aws"]!["CloudWatchMetrics"]!
                    .AsArray()
                    .SelectMany(static set => set!["Metrics"]!.AsArray())
                    .Any(declared => (string?)declared!["Name"] == metric)
            )
            .Sum(line =>
                line[metric] is JsonArray values ? values.Sum(static value => (double)value!) : (double)line[metric]!
            );
}
