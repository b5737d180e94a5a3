using System.Buffers;

namespace AlertHub.Templates.Html;

/// <summary>
/// Reads JavaScript as far as it takes to tell code, strings, template literals, regular expressions and comments apart.
/// </summary>
internal static class ScriptSteps
{
    private const int DeepestLiterals = 20;

    private static readonly SearchValues<char> Special = SearchValues.Create("\"'`/<-#{}");

    public static HtmlContext Step(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        switch (context.State)
        {
            case HtmlState.Script:
                return InCode(context, text, out read);
            case HtmlState.ScriptTemplate:
                return InTemplate(context, text, out read);
            case HtmlState.ScriptBlockComment:
                var end = text.IndexOf("*/");
                read = end < 0 ? text.Length : end + 2;
                return end < 0 ? context : context with { State = HtmlState.Script };
            case HtmlState.ScriptLineComment:
                // The end of the line is not part of the comment.
                var line = text.IndexOfAny("\n\r\u2028\u2029");
                read = line < 0 ? text.Length : line;
                return line < 0 ? context : context with { State = HtmlState.Script };
            default:
                return InLiteral(context, text, out read);
        }
    }

    private static HtmlContext InCode(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOfAny(Special);
            if (next < 0)
            {
                read = text.Length;
                return context with { Slash = SlashAfter(text, context.Slash) };
            }

            at += next;
            var rest = text[at..];
            var slash = SlashAfter(text[..at], context.Slash);
            var length = 1;
            HtmlState? opened = null;
            switch (rest[0])
            {
                case '"':
                    opened = HtmlState.ScriptDoubleQuoted;
                    break;
                case '\'':
                    opened = HtmlState.ScriptSingleQuoted;
                    break;
                case '`':
                    opened = HtmlState.ScriptTemplate;
                    break;
                case '/' when rest.StartsWith("//"):
                    (opened, length) = (HtmlState.ScriptLineComment, 2);
                    break;
                case '/' when rest.StartsWith("/*"):
                    (opened, length) = (HtmlState.ScriptBlockComment, 2);
                    break;
                case '/' when slash == Slash.Regex:
                    opened = HtmlState.ScriptRegex;
                    break;
                case '/' when slash == Slash.Division:
                    read = at + 1;
                    return context with { Slash = Slash.Regex };
                case '/':
                    read = text.Length;
                    return HtmlContext.Failure(
                        $"the slash could begin a division or a regular expression: {MarkupSteps.Quoted(rest)}"
                    );
                // ECMAScript's Annex B reads <!-- and --> as the start of a comment to the end of the line; a hashbang
                // is one, too.
                case '<' when rest.StartsWith("<!--"):
                    (opened, length) = (HtmlState.ScriptLineComment, 4);
                    break;
                case '-' when rest.StartsWith("-->"):
                    (opened, length) = (HtmlState.ScriptLineComment, 3);
                    break;
                case '#' when rest.StartsWith("#!"):
                    (opened, length) = (HtmlState.ScriptLineComment, 2);
                    break;
                case '{' when context.Braces is { } open && open[^1] == char.MaxValue:
                    read = text.Length;
                    return HtmlContext.Failure("a script has too many braces in a template literal");
                case '{' when context.Braces is { } open:
                    context = context with { Braces = $"{open[..^1]}{(char)(open[^1] + 1)}" };
                    continue;
                case '}' when context.Braces is { } open:
                    if (open[^1] > 0)
                    {
                        context = context with { Braces = $"{open[..^1]}{(char)(open[^1] - 1)}" };
                        continue;
                    }

                    read = at + 1;
                    return context with
                    {
                        State = HtmlState.ScriptTemplate,
                        Slash = Slash.Regex,
                        Braces = open.Length == 1 ? null : open[..^1],
                    };
            }

            if (opened is { } state)
            {
                read = at + length;
                return context with
                {
                    State = state,
                    Slash = state
                        is HtmlState.ScriptLineComment
                            or HtmlState.ScriptBlockComment
                            or HtmlState.ScriptRegex
                        ? slash
                        : Slash.Regex,
                };
            }
        }
    }

    private static HtmlContext InTemplate(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOfAny("`\\$");
            if (next < 0)
            {
                read = text.Length;
                return context;
            }

            at += next;
            switch (text[at])
            {
                case '\\' when at + 1 == text.Length:
                    return Unfinished(text, out read);
                case '\\':
                    at++;
                    break;
                case '`':
                    read = at + 1;
                    return context with { State = HtmlState.Script, Slash = Slash.Division };
                case '$' when text[at..].StartsWith("${") && context.Braces?.Length == DeepestLiterals:
                    read = text.Length;
                    return HtmlContext.Failure(
                        $"a script has template literals in each other, more than {DeepestLiterals} deep"
                    );
                case '$' when text[at..].StartsWith("${"):
                    read = at + 2;
                    return context with
                    {
                        State = HtmlState.Script,
                        Slash = Slash.Regex,
                        Braces = context.Braces + '\0',
                    };
            }
        }
    }

    private static HtmlContext InLiteral(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        var specials = context.State switch
        {
            HtmlState.ScriptDoubleQuoted => "\\\"",
            HtmlState.ScriptSingleQuoted => "\\'",
            _ => "\\/[]",
        };
        var inClass = false;
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOfAny(specials);
            if (next < 0)
            {
                break;
            }

            at += next;
            switch (text[at])
            {
                case '\\' when at + 1 == text.Length:
                    return Unfinished(text, out read);
                case '\\':
                    at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                default:
                    if (!inClass)
                    {
                        read = at + 1;
                        return context with { State = HtmlState.Script, Slash = Slash.Division };
                    }

                    break;
            }
        }

        read = text.Length;
        return inClass
            ? HtmlContext.Failure(
                $"a value stands in a character class of a script's regular expression: {MarkupSteps.Quoted(text)}"
            )
            : context;
    }

    private static HtmlContext Unfinished(ReadOnlySpan<char> text, out int read)
    {
        read = text.Length;
        return HtmlContext.Failure(
            $"a value stands behind the backslash of a script's string: {MarkupSteps.Quoted(text)}"
        );
    }

    /// <summary>What a slash means after <paramref name="code"/>.</summary>
    /// <param name="code">Without strings, comments and regular expressions.</param>
    /// <param name="before">What it meant before, which stands where the code is blank.</param>
    private static Slash SlashAfter(ReadOnlySpan<char> code, Slash before)
    {
        while (code.Length > 0 && (char.IsWhiteSpace(code[^1]) || code[^1] == '\ufeff'))
        {
            code = code[..^1];
        }

        if (code.Length == 0)
        {
            return before;
        }

        var last = code[^1];
        switch (last)
        {
            case '+' or '-':
                // A sum or a sign is followed by an operand; after ++ and -- stands an operator.
                var signs = code.Length - code.TrimEnd(last).Length;
                return signs % 2 == 1 ? Slash.Regex : Slash.Division;
            case '.':
                return code.Length > 1 && char.IsAsciiDigit(code[^2]) ? Slash.Division : Slash.Regex;
            case ',' or '<' or '>' or '=' or '*' or '%' or '&' or '|' or '^' or '?' or '!' or '~':
            case '(' or '[' or ':' or ';' or '{' or '}':
                return Slash.Regex;
        }

        var start = code.Length;
        while (start > 0 && IsNamePart(code[start - 1]))
        {
            start--;
        }

        return
            code[start..]
                is "break"
                    or "case"
                    or "continue"
                    or "delete"
                    or "do"
                    or "else"
                    or "finally"
                    or "in"
                    or "instanceof"
                    or "return"
                    or "throw"
                    or "try"
                    or "typeof"
                    or "void"
            ? Slash.Regex
            : Slash.Division;
    }

    public static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '$' or '_';
}
