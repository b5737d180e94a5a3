using System.Text.RegularExpressions;

namespace Hosts.Tests.Support;

/// <summary>What <c>amtool check-config</c> says of many files: it takes them at once, but ends at one that it crashes on.</summary>
internal static partial class ConfigVerdicts
{
    private const int FilesOfACall = 60;

    /// <summary>
    /// For each file null where it is accepted, otherwise what is wrong with it: the first that amtool finds, or
    /// <c>crashes</c>.
    /// </summary>
    public static async Task<string?[]> OfAsync(IReadOnlyList<byte[]> files)
    {
        using var folder = new TemporaryFolder();
        string[] paths = [.. files.Select((_, i) => folder.File($"{i}.yml"))];
        await Task.WhenAll(paths.Select((path, i) => File.WriteAllBytesAsync(path, files[i])));
        var verdicts = await Task.WhenAll(paths.Chunk(FilesOfACall).Select(OfAsync));
        return [.. verdicts.SelectMany(v => v)];
    }

    private static async Task<List<string?>> OfAsync(string[] paths)
    {
        var verdicts = new List<string?>();
        while (verdicts.Count < paths.Length)
        {
            var answer = await Amtool.AskAsync(["check-config", .. paths.Skip(verdicts.Count)]);
            verdicts.AddRange(Line().Matches(answer.Output).Select(Verdict));
            if (verdicts.Count < paths.Length)
            {
                verdicts.Add("crashes");
            }
        }

        return verdicts;
    }

    private static string? Verdict(Match line) =>
        line.Groups["objection"] is { Success: true, Value: var said } ? said : null;

    [GeneratedRegex(
        @"^Checking '[^']+'  (SUCCESS|FAILED: (?<objection>(.|\n)*?))(?=\n\n|\nFound|\nChecking|$)",
        RegexOptions.Multiline
    )]
    private static partial Regex Line();
}
