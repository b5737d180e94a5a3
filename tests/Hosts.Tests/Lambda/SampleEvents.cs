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

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder, file));
}
