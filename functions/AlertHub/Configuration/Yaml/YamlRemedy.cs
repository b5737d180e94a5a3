using System.Text.RegularExpressions;

namespace AlertHub.Configuration.Yaml;

/// <summary>
/// What to do about a text that is not YAML. The parser says where it stumbled and in which of its rules; the mistake is
/// often above, and of a few kinds only, which are looked for here. Nothing of the text is quoted: it may be a secret.
/// </summary>
internal sealed partial class YamlRemedy
{
    private readonly string[] lines;
    private readonly Mark at;
    private readonly string complaint;
    private readonly YamlOpenings openings;

    private YamlRemedy(string text, Mark at, string complaint)
    {
        lines = text.Split('\n');
        (this.at, this.complaint) = (at, complaint);
        openings = new(lines, at.Line);
    }

    /// <param name="text">The whole text.</param>
    /// <param name="at">Where the parser stumbled.</param>
    /// <param name="complaint">What it says of it.</param>
    /// <returns>Where to mend it, and how.</returns>
    public static (Mark At, string Objection) For(string text, Mark at, string complaint)
    {
        var remedy = new YamlRemedy(text, at, complaint);
        return remedy.Conflict()
            ?? remedy.Tab()
            ?? remedy.Quote()
            ?? remedy.Beginning()
            ?? remedy.Nearby(remedy.WideSpace)
            ?? remedy.Nearby(remedy.Template)
            ?? remedy.Nearby(Remainder)
            ?? remedy.Bracket()
            ?? remedy.Nearby(remedy.Separator)
            ?? remedy.Colon()
            ?? remedy.Indentation()
            ?? (at, $"this is not YAML: {char.ToLowerInvariant(complaint[0])}{complaint[1..].TrimEnd('.')}");
    }

    private (Mark, string)? Conflict() =>
        Array.FindIndex(lines, static l => ConflictMarker().IsMatch(l)) is var index and >= 0
            ? (
                new(index + 1, 1),
                "an unresolved merge conflict begins here; keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>"
            )
            : null;

    private (Mark, string)? Tab()
    {
        for (var line = Math.Min(at.Line, lines.Length); line > 0; line--)
        {
            var text = lines[line - 1];
            var tab = text.IndexOf('\t');
            if (tab >= 0 && text.AsSpan(0, tab).Trim(' ').IsEmpty && !string.IsNullOrWhiteSpace(text))
            {
                return (new(line, tab + 1), "a tab stands here, but YAML is indented with spaces only; replace it");
            }

            if (!complaint.Contains(" tab", StringComparison.Ordinal))
            {
                return null;
            }
        }

        return null;
    }

    private (Mark, string)? Quote() =>
        openings.Quote is { } quote
            ? (
                quote.At,
                $"the quote {quote.Character} that opens here is closed "
                    + (openings.QuoteEnds is { } end ? $"only in line {end}" : "nowhere")
                    + "; close it where its text ends"
            )
            : null;

    /// <summary>Characters that mean nothing to YAML and that it keeps for itself.</summary>
    private (Mark, string)? Beginning() =>
        complaint.Contains("cannot start any token", StringComparison.Ordinal)
        && Line(at.Line) is var text
        && text.AsSpan(0, Math.Min(at.Column, text.Length)).LastIndexOfAny('@', '`', '%') is var index and >= 0
            ? (
                new(at.Line, index + 1),
                $"nothing can begin with {text[index]} without quotes; put the whole value in single quotes"
            )
            : null;

    /// <summary>Wide, thin and no-break spaces look like spaces and are none.</summary>
    private (Mark, string)? WideSpace(string text, int line) =>
        WideSpaces().Match(text) is { Success: true, Groups: [_, var space] }
            ? (
                new(line, space.Index + 1),
                $"the space here is no plain one (U+{(int)space.Value[0]:X4}, perhaps pasted); replace it with a plain space"
            )
            : null;

    private (Mark, string)? Template(string text, int line) =>
        UnquotedTemplate().Match(text) is { Success: true, Groups: [_, var template] }
            ? (
                new(line, template.Index + 1),
                "a value that begins with {{ must stand in quotes: single ones, if it has double ones inside"
            )
            : null;

    /// <summary>Something behind a closed quote or bracket, with which a value ends.</summary>
    private static (Mark, string)? Remainder(string text, int line) =>
        ClosedValue().Match(text) is { Success: true, Groups: [_, var rest] }
            ? (
                new(line, rest.Index + 1),
                "to YAML the value ends before this; put the whole of it in single quotes, or remove the rest"
            )
            : null;

    private (Mark, string)? Bracket() =>
        openings.Bracket is { } bracket
            ? (
                bracket.At.Line < at.Line ? at : bracket.At,
                $"between the {bracket.Character} in line {bracket.At.Line} and this, a comma or the closing "
                    + $"{(bracket.Character == '[' ? ']' : '}')} is missing"
            )
            : null;

    /// <summary>A dash or a colon without its space, a key without its colon.</summary>
    private (Mark, string)? Separator(string text, int line)
    {
        var content = YamlOpenings.Content(text);
        var place = new Mark(line, content + 1);
        return DashWithoutSpace().IsMatch(text) ? (place, "a space is missing after the \"-\"")
            : ColonWithoutSpace().IsMatch(text) ? (place, "a space is missing after the \":\"")
            : KeyWithoutColon().IsMatch(text)
            && (line != at.Line || !complaint.Contains("mapping", StringComparison.OrdinalIgnoreCase))
                ? (place, "this line has no \":\"; is one missing behind its first word?")
            : null;
    }

    private (Mark, string)? Colon() =>
        ColonInValue().Match(Line(at.Line)) is { Success: true, Groups: [_, var colon] }
            ? (
                new Mark(at.Line, colon.Index + 1),
                "a \": \" in the middle of a value must stand in quotes; put the whole value in them"
            )
        : complaint.Contains("flow", StringComparison.Ordinal)
            ? (at, "in brackets, a comma is missing here, or quotes around a value that holds one of : , [ ] { }")
        : null;

    private (Mark, string)? Indentation()
    {
        var text = Line(at.Line);
        var column = text.Length - text.TrimStart(' ').Length + 1;
        var isItem = text.AsSpan(column - 1).TrimEnd().StartsWith("-");
        var open = Columns(at.Line).ToArray();
        if (string.IsNullOrWhiteSpace(text) || open.Any(c => c.Column == column && (c.IsItem == isItem || isItem)))
        {
            return null;
        }

        var (wanted, _, neighbour) = open.Where(c => c.IsItem == isItem)
            .DefaultIfEmpty()
            .MinBy(c => Math.Abs(c.Column - column));
        return wanted == 0
            ? null
            : (
                new(at.Line, column),
                $"this line begins in column {column}, but what it stands beside (line {neighbour}) in column {wanted}; "
                    + "indent both alike"
            );
    }

    /// <summary>The columns in which mappings and lists go on that are open above a line, the innermost first.</summary>
    private IEnumerable<(int Column, bool IsItem, int Line)> Columns(int below)
    {
        var innermost = int.MaxValue;
        for (var line = Above(below); line > 0 && innermost > 1; line = Above(line))
        {
            var text = lines[line - 1];
            for (var i = YamlOpenings.Content(text); i >= 0; i--)
            {
                var isItem = i < YamlOpenings.Content(text) && text[i] == '-';
                if (i + 1 < innermost && (isItem || i == YamlOpenings.Content(text)))
                {
                    innermost = i + 1;
                    yield return (innermost, isItem, line);
                }
            }
        }
    }

    /// <summary>The line where the parser stumbled, and the one above it, which it may have been reading still.</summary>
    private (Mark, string)? Nearby(Func<string, int, (Mark, string)?> find) =>
        (Above(at.Line) is var above and > 0 ? find(Line(above), above) : null) ?? find(Line(at.Line), at.Line);

    /// <summary>The next line above that says something; 0 where there is none.</summary>
    private int Above(int line)
    {
        do
        {
            line--;
        } while (line > 0 && (Line(line).AsSpan().Trim() is var text && (text.IsEmpty || text[0] == '#')));

        return Math.Max(0, line);
    }

    private string Line(int number) => number >= 1 && number <= lines.Length ? lines[number - 1].TrimEnd('\r') : "";

    private const string Key = @"^ *(?:- +)*(?:[\w.-]+ *: +)?";

    [GeneratedRegex(@"^(<<<<<<<|>>>>>>>)( |\r?$)")]
    private static partial Regex ConflictMarker();

    [GeneratedRegex(@"(?:^[ -]*|[:-] *)([\p{Zs}-[ ]])")]
    private static partial Regex WideSpaces();

    [GeneratedRegex(Key + @"(\{\{)")]
    private static partial Regex UnquotedTemplate();

    [GeneratedRegex(Key + @"(?>""(?:[^""\\]|\\.)*""|'(?:[^']|'')*'|\[[^\[\]]*\]|\{[^{}]*\}) *([^\s#:,\]}].*)")]
    private static partial Regex ClosedValue();

    [GeneratedRegex(@"^ *-[A-Za-z_]")]
    private static partial Regex DashWithoutSpace();

    [GeneratedRegex(@"^ *(?:- +)*[A-Za-z_]\w*:(?!\s|//|$)(?!.*: )")]
    private static partial Regex ColonWithoutSpace();

    [GeneratedRegex(@"^ *(?:- +)*[A-Za-z_]\w*(?: [^:]*)?$")]
    private static partial Regex KeyWithoutColon();

    [GeneratedRegex(@"^ *(?:- +)*[\w.-]+ *: +[^\s""'\[{|>#].*?(:)(?: |$)")]
    private static partial Regex ColonInValue();
}
