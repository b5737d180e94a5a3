using System.Text.Json.Nodes;
using Tests.Support;

namespace Hosts.Tests.Lambda;

/// <summary>The files of events/, by their path below it.</summary>
internal static class SampleEvents
{
    private static string Folder => Path.Combine(Cdk.Root(), "events");

    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file))
            .Where(file => !file.EndsWith(".md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What an alarm's action publishes, without what SNS and Lambda put around it.</summary>
    public static JsonObject Alarm() =>
        JsonNode
            .Parse((string)JsonNode.Parse(Read("sns/metric-alarm.json"))!["Records"]![0]!["Sns"]!["Message"]!)!
            .AsObject();

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder, file));
}
