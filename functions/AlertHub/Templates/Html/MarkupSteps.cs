namespace AlertHub.Templates.Html;

/// <summary>
/// Reads a template's text as a browser would, one token after another: text, tags, attributes, comments. Each step says
/// where it leaves off and how much it has read.
/// </summary>
internal static class MarkupSteps
{
    public const string White = " \t\n\f\r";

    /// <summary>The context after the first token or tokens of <paramref name="text"/>, which is not empty.</summary>
    public static HtmlContext Step(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        if (context.Delimiter != Delimiter.None)
        {
            return AttributeSteps.Step(context, text, out read);
        }

        // An end tag counts in a script's code, but not in its strings and comments.
        if (context.Element == ElementKind.Script && (context.InScriptLiteral || context.InComment))
        {
            return Inside(context, text, out read);
        }

        var end = EndTag(context.Element, text);
        if (end == 0)
        {
            read = 0;
            return default;
        }

        return Inside(context, end < 0 ? text : text[..end], out read);
    }

    /// <summary>A step by the state alone, whatever delimits it.</summary>
    public static HtmlContext Inside(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        switch (context.State)
        {
            case HtmlState.Text:
                return InText(context, text, out read);
            case HtmlState.Tag or HtmlState.AttributeName or HtmlState.AfterName or HtmlState.BeforeValue:
                return TagSteps.Step(context, text, out read);
            case HtmlState.Comment:
                var end = text.IndexOf("-->");
                read = end < 0 ? text.Length : end + 3;
                return end < 0 ? context : default;
            case HtmlState.Url or HtmlState.Srcset:
                read = text.Length;
                return InUrl(context, text);
            case HtmlState.MetaContent:
                var url = text.IndexOf("url=", StringComparison.OrdinalIgnoreCase);
                read = url < 0 ? text.Length : url + 4;
                return url < 0 ? context : context with { State = HtmlState.MetaContentUrl };
            case HtmlState.MetaContentUrl:
                var next = text.IndexOf(';');
                read = next < 0 ? text.Length : next + 1;
                return next < 0 ? context : context with { State = HtmlState.MetaContent };
            case >= HtmlState.Script and <= HtmlState.ScriptLineComment:
                return ScriptSteps.Step(context, text, out read);
            case >= HtmlState.Style and <= HtmlState.StyleLineComment:
                return StyleSteps.Step(context, text, out read);
            default:
                read = text.Length;
                return context;
        }
    }

    public static HtmlContext InUrl(HtmlContext context, ReadOnlySpan<char> text)
    {
        if (text.ContainsAny('#', '?'))
        {
            return context with { UrlPart = UrlPart.QueryOrFragment };
        }

        return context.UrlPart == UrlPart.Start && text.ContainsAnyExcept(White)
            ? context with
            {
                UrlPart = UrlPart.BeforeQuery,
            }
            : context;
    }

    private static HtmlContext InText(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        for (var at = 0; ; )
        {
            var open = text[at..].IndexOf('<');
            at += open + 1;
            if (open < 0 || at == text.Length)
            {
                read = text.Length;
                return context;
            }

            if (text[at..].StartsWith("!--"))
            {
                read = at + 3;
                return new() { State = HtmlState.Comment };
            }

            var closing = text[at] == '/';
            at += closing ? 1 : 0;
            var length = NameLength(text[at..]);
            if (length > 0)
            {
                read = at + length;
                return new()
                {
                    State = HtmlState.Tag,
                    Element = closing ? ElementKind.Ordinary : ElementOf(text.Slice(at, length)),
                };
            }
        }
    }

    /// <summary>Where the end tag of the element begins that <paramref name="text"/> is the body of; -1 for nowhere.</summary>
    private static int EndTag(ElementKind element, ReadOnlySpan<char> text)
    {
        var name = element switch
        {
            ElementKind.Script => "script",
            ElementKind.Style => "style",
            ElementKind.TextArea => "textarea",
            ElementKind.Title => "title",
            _ => null,
        };
        if (name is null)
        {
            return -1;
        }

        for (var at = 0; ; at += 2)
        {
            var open = text[at..].IndexOf("</");
            if (open < 0)
            {
                return -1;
            }

            at += open;
            var rest = text[(at + 2)..];
            if (
                rest.Length > name.Length
                && rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && rest[name.Length] is '>' or ' ' or '\t' or '\n' or '\f' or '/'
            )
            {
                return at;
            }
        }
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        for (var length = 1; ; )
        {
            if (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
            {
                length++;
            }
            else if (
                length + 1 < text.Length
                && text[length] is ':' or '-'
                && char.IsAsciiLetterOrDigit(text[length + 1])
            )
            {
                length += 2;
            }
            else
            {
                return length;
            }
        }
    }

    private static ElementKind ElementOf(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[Math.Min(name.Length, 16)];
        return name.Length > 16 || name.ToLowerInvariant(lower) < 0 ? ElementKind.Ordinary : ElementNamed(lower);
    }

    private static ElementKind ElementNamed(ReadOnlySpan<char> name) =>
        name switch
        {
            "script" => ElementKind.Script,
            "style" => ElementKind.Style,
            "textarea" => ElementKind.TextArea,
            "title" => ElementKind.Title,
            "meta" => ElementKind.Meta,
            _ => ElementKind.Ordinary,
        };

    /// <summary>The beginning of what stands in a template, for a message.</summary>
    public static string Quoted(ReadOnlySpan<char> text)
    {
        var line = text.IndexOfAny('\n', '\r');
        var shown = line > 0 ? text[..line] : text;
        return shown.Length > 40 ? $"\"{shown[..40]}…\"" : $"\"{shown}\"";
    }
}
