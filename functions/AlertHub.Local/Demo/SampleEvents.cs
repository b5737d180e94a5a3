namespace AlertHub.Local.Demo;

/// <summary>The sample events of a clone of this repository.</summary>
internal static class SampleEvents
{
    /// <summary>The nearest folder events/ with something in it, in or above the current directory, else the program's own.</summary>
    public static string? Find() =>
        Above(Directory.GetCurrentDirectory())
            .Concat(Above(AppContext.BaseDirectory))
            .Select(static folder => Path.Combine(folder, "events"))
            .FirstOrDefault(static folder => Directory.Exists(folder) && In(folder).Any());

    /// <summary>Its files in order, but those that speak about the folder.</summary>
    public static IEnumerable<string> In(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static file =>
                Path.GetFileName(file) is { } name && name[0] != '.' && !name.EndsWith(".md", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
