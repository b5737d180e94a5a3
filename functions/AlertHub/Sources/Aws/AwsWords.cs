using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertHub.Sources.Aws;

/// <summary>Words of the services as people would write them.</summary>
internal static partial class AwsWords
{
    /// <summary><c>ROLLBACK_IN_PROGRESS</c> is rollback in progress, <c>CacheNodesRebooted</c> cache nodes rebooted.</summary>
    public static string Plain(string word) =>
        Border().Replace(word, " ").Replace('_', ' ').Replace('-', ' ').ToLowerInvariant();

    /// <summary>With a capital letter at the beginning.</summary>
    public static string Sentence(string words) =>
        words.Length == 0 ? words : $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    /// <summary>The first three, and how many more.</summary>
    public static string Some(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(3)) + (names.Count > 3 ? $" and {names.Count - 3} more" : "");

    /// <summary>One thing, or so many.</summary>
    public static string Count(int count, string what) =>
        count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count} {what}s");

    /// <summary>Behind a colon, where there is any: <c>: no capacity</c>.</summary>
    public static string Behind(string? why) => why is null ? "" : $": {why}";

    /// <summary>The last part of an ARN or a path; empty where there is none.</summary>
    public static string Last(string? arn) => arn?.Split('/', ':')[^1] ?? "";

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Border();
}
