namespace AlertHub.Tests.Support;

/// <summary>The files of events/, each one message.</summary>
internal static class Samples
{
    /// <summary>As <c>sns/metric-alarm.json</c>, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory
            .EnumerateFiles(Repository.File("events"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.File("events"), file).Replace('\\', '/'))
            .Where(name => name != "README.md")
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> All { get; } = [.. Names];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Repository.File("events", name));
}
