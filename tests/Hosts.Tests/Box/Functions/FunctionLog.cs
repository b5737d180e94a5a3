using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Functions;

/// <summary>What all environments of a function wrote to standard output, which Lambda would put into its log group.</summary>
internal sealed class FunctionLog
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    public void Add(string line)
    {
        lock (gate)
        {
            lines.Add(line);
        }
    }

    /// <summary>The values of a metric in the embedded metric format, as CloudWatch would take them out of the log.</summary>
    public IEnumerable<double> Metric(string name)
    {
        foreach (var line in Lines.Where(static line => line.Contains("\"_aws\"", StringComparison.Ordinal)))
        {
            if (Parse(line) is not { } root || !Declares(root, name))
            {
                continue;
            }

            foreach (var value in root[name] is JsonArray several ? several : [root[name]?.DeepClone()])
            {
                yield return value is null
                    ? throw new InvalidOperationException($"The line declares '{name}' and has no value: {line}")
                    : (double)value;
            }
        }
    }

    private static bool Declares(JsonObject root, string name) =>
        (root["_aws"]?["CloudWatchMetrics"] as JsonArray ?? [])
            .SelectMany(static directive => directive!["Metrics"] as JsonArray ?? [])
            .Any(metric => (string?)metric!["Name"] == name);

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
