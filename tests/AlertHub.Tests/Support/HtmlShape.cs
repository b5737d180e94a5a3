using System.Buffers;
using System.Net;

namespace AlertHub.Tests.Support;

/// <summary>
/// The tags of a page with the names of their attributes, read as a browser reads them (HTML 5, 13.2.5), and the
/// attributes' values.
/// </summary>
internal static class HtmlShape
{
    private const string White = " \t\n\f\r";
    private static readonly SearchValues<char> EndOfUnquoted = SearchValues.Create(" \t\n\f\r>");

    public static string Of(string html) => string.Join(' ', Tags(html).Select(tag => tag.ToString()));

    public sealed record Tag(string Name, IReadOnlyList<(string Name, string Value)> Attributes)
    {
        public override string ToString() => $"{Name}[{string.Join(',', Attributes.Select(a => a.Name))}]";
    }

    public static IEnumerable<Tag> Tags(string html)
    {
        for (var at = html.IndexOf('<'); at >= 0 && at < html.Length; at = Next(html, at))
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                at = End(html, html.IndexOf("-->", Math.Min(at + 4, html.Length), StringComparison.Ordinal), 3);
                yield return new("comment", []);
                continue;
            }

            var start = at + 1;
            var closing = start < html.Length && html[start] == '/';
            start += closing ? 1 : 0;
            if (start >= html.Length || !char.IsAsciiLetter(html[start]))
            {
                at++;
                continue;
            }

            var end = start;
            while (end < html.Length && !White.Contains(html[end]) && html[end] is not ('/' or '>'))
            {
                end++;
            }

            var name = html[start..end].ToLowerInvariant();
            var attributes = Attributes(html, ref end);
            yield return new((closing ? "/" : "") + name, attributes);
            at = end;
            if (!closing && name is "script" or "style" or "title" or "textarea")
            {
                at = End(html, html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase), 0);
            }
        }
    }

    private static int Next(string html, int at) =>
        at < html.Length && html[at] == '<' ? at
        : at >= html.Length ? -1
        : html.IndexOf('<', at);

    private static int End(string html, int found, int length) => found < 0 ? html.Length : found + length;

    private static List<(string, string)> Attributes(string html, ref int at)
    {
        var attributes = new List<(string, string)>();
        while (at < html.Length && html[at] != '>')
        {
            if (White.Contains(html[at]) || html[at] == '/')
            {
                at++;
                continue;
            }

            var start = at++;
            while (at < html.Length && !White.Contains(html[at]) && html[at] is not ('/' or '>' or '='))
            {
                at++;
            }

            attributes.Add((html[start..at].ToLowerInvariant(), Value(html, ref at)));
        }

        at = Math.Min(at + 1, html.Length);
        return attributes;
    }

    private static string Value(string html, ref int at)
    {
        Skip(html, ref at);
        if (at >= html.Length || html[at] != '=')
        {
            return "";
        }

        at++;
        Skip(html, ref at);
        if (at >= html.Length)
        {
            return "";
        }

        var quote = html[at];
        int end;
        if (quote is '"' or '\'')
        {
            at++;
            end = End(html, html.IndexOf(quote, at), 0);
        }
        else
        {
            end = End(html, html.AsSpan(at).IndexOfAny(EndOfUnquoted) is >= 0 and var length ? at + length : -1, 0);
        }

        var value = WebUtility.HtmlDecode(html[at..end]);
        at = Math.Min(quote is '"' or '\'' ? end + 1 : end, html.Length);
        return value;
    }

    private static void Skip(string html, ref int at)
    {
        while (at < html.Length && White.Contains(html[at]))
        {
            at++;
        }
    }
}
