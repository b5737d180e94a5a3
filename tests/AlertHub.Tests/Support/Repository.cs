using System.Runtime.CompilerServices;

namespace AlertHub.Tests.Support;

/// <summary>Where the files of this working copy lie: the tests read them in place and write what they received there.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string File(params ReadOnlySpan<string> path) => Path.Combine([Root, .. path]);

    public static string TestFile(params ReadOnlySpan<string> path) =>
        Path.Combine([Root, "tests", "AlertHub.Tests", .. path]);

    /// <summary>
    /// Lines of a table in Cases/, without blank ones and comments; columns are parted by <c>|</c>, or by <c>¦</c> where
    /// what they hold needs that sign itself.
    /// </summary>
    public static IEnumerable<string[]> Cases(string table, char separator = '|') =>
        from line in System.IO.File.ReadLines(TestFile("Cases", table))
        where line.Length > 0 && line[0] != '#'
        select line.Split(separator, StringSplitOptions.TrimEntries);

    private static string Find([CallerFilePath] string here = "")
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(here) ?? ""])
        {
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (System.IO.File.Exists(Path.Combine(folder, "Serverless.sln")))
                {
                    return folder;
                }
            }
        }

        throw new DirectoryNotFoundException($"no folder above \"{AppContext.BaseDirectory}\" holds Serverless.sln");
    }
}
