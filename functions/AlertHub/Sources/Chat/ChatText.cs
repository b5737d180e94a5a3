using System.Text.RegularExpressions;
using AlertHub.Alerts;

namespace AlertHub.Sources.Chat;

/// <summary>
/// Text that was written for a chat, in Slack's markup: as plain text, with its links apart. What would mention somebody is only
/// the words for it.
/// </summary>
internal static partial class ChatText
{
    /// <summary>Links beside those with a place of their own.</summary>
    private const int MostLinks = 5;

    private const int LongestName = 40;

    /// <summary>The text without links and mentions.</summary>
    public static string Plain(string? text) => text is null ? "" : Markup().Replace(text, Words).Unescaped();

    /// <summary>A title on one line, without marks of emphasis and names of pictures; null where nothing is left.</summary>
    public static string? Title(string? text, int length)
    {
        var words = Plain(text)
            .Replace("*", "", StringComparison.Ordinal)
            .Replace("`", "", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal);
        return Readable.Line(Picture().Replace(words, ""), length) ?? Readable.Line(words, length);
    }

    /// <summary>The addresses in it as annotations, named after what each is called.</summary>
    public static IEnumerable<Label> Links(params IEnumerable<string?> texts) =>
        texts
            .OfType<string>()
            .SelectMany(static text => Markup().Matches(text))
            .Where(static match => IsAddress(match.Groups["target"].Value))
            .Select(static match => Link(match.Groups["label"].Value, match.Groups["target"].Value.Unescaped()))
            .DistinctBy(static link => link.Name)
            .Take(MostLinks);

    /// <summary>An address as an annotation.</summary>
    /// <param name="called">What it is called, by which the annotation is named; <c>link</c> where it is called nothing.</param>
    /// <param name="address">Of the web.</param>
    public static Label Link(string? called, string address) =>
        new($"{Name(called) ?? "link"}{Annotation.UrlSuffix}", address);

    /// <summary>A name for an annotation; null where the text has none of its letters.</summary>
    public static string? Name(string? text)
    {
        var name = NotOfNames().Replace((text ?? "").ToLowerInvariant(), "_").Trim('_');
        return name.Length == 0 ? null : name[..Math.Min(name.Length, LongestName)];
    }

    /// <summary><c>&lt;target|label&gt;</c>, as Slack has it: an address, <c>!here</c>, <c>@U123</c>, <c>#C123</c>.</summary>
    [GeneratedRegex(@"<(?<target>[^<>|\n]+)(?:\|(?<label>[^<>\n]*))?>", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotOfNames();

    /// <summary><c>:warning:</c>, and nothing of a time or an ARN.</summary>
    [GeneratedRegex("(?<![\\w:]):[a-z][a-z0-9_+-]*:(?![\\w:]) ?", RegexOptions.CultureInvariant)]
    private static partial Regex Picture();

    private static bool IsAddress(string target) =>
        Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";

    private static string Words(Match match)
    {
        var (target, label) = (match.Groups["target"].Value, match.Groups["label"].Value);
        return (target[0], label.Length > 0) switch
        {
            ('#', true) => $"#{label}",
            ('@', true) => $"@{label}",
            (_, true) => label,
            ('!', _) => $"@{target[1..].Split('^')[0]}",
            ('#' or '@', _) => target,
            _ when IsAddress(target) => target,
            // Less than and greater than, around something.
            _ => match.Value,
        };
    }

    extension(string text)
    {
        /// <summary>Slack's three escapes.</summary>
        private string Unescaped() =>
            text.Contains('&', StringComparison.Ordinal)
                ? text.Replace("&lt;", "<", StringComparison.Ordinal)
                    .Replace("&gt;", ">", StringComparison.Ordinal)
                    .Replace("&amp;", "&", StringComparison.Ordinal)
                : text;
    }
}
