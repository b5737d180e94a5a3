using System.Buffers;

namespace AlertHub.Templates.Html;

/// <summary>Reads a tag up to the values of its attributes.</summary>
internal static class TagSteps
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\n\f\r=>'\"<");

    public static HtmlContext Step(HtmlContext context, ReadOnlySpan<char> text, out int read) =>
        context.State switch
        {
            HtmlState.Tag => InTag(context, text, out read),
            HtmlState.AttributeName => InName(context, text, out read),
            HtmlState.AfterName => AfterName(context, text, out read),
            _ => BeforeValue(context, text, out read),
        };

    private static HtmlContext InTag(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        read = text.IndexOfAnyExcept(MarkupSteps.White);
        if (read < 0)
        {
            read = text.Length;
            return context;
        }

        if (text[read] == '>')
        {
            read++;
            return new() { State = BodyOf(context.Element), Element = BodyElement(context.Element) };
        }

        var start = read;
        if (!AttributeNameEnd(text, start, out read, out var objection))
        {
            return HtmlContext.Failure(objection);
        }

        if (read == start)
        {
            return HtmlContext.Failure(
                $"an attribute's name or the end of the tag must stand where {MarkupSteps.Quoted(text[start..])} does"
            );
        }

        return new()
        {
            State = read == text.Length ? HtmlState.AttributeName : HtmlState.AfterName,
            Element = context.Element,
            Attribute = KindIn(context.Element, text[start..read].ToString().ToLowerInvariant()),
        };
    }

    private static AttributeKind KindIn(ElementKind element, string name) =>
        (element, name) switch
        {
            (ElementKind.Script, "type") => AttributeKind.ScriptType,
            (ElementKind.Meta, "content") => AttributeKind.MetaContent,
            _ => Attributes.KindOf(name) is var kind and not AttributeKind.Unsafe ? kind : AttributeKind.Plain,
        };

    private static HtmlContext InName(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        if (!AttributeNameEnd(text, 0, out read, out var objection))
        {
            return HtmlContext.Failure(objection);
        }

        return read == text.Length ? context : context with { State = HtmlState.AfterName };
    }

    private static HtmlContext AfterName(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        read = text.IndexOfAnyExcept(MarkupSteps.White);
        if (read < 0)
        {
            read = text.Length;
            return context;
        }

        // A tag's end or another name: the attribute has no value.
        if (text[read] != '=')
        {
            return context with { State = HtmlState.Tag };
        }

        read++;
        return context with { State = HtmlState.BeforeValue };
    }

    private static HtmlContext BeforeValue(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        read = text.IndexOfAnyExcept(MarkupSteps.White);
        if (read < 0)
        {
            read = text.Length;
            return context;
        }

        var delimiter = text[read] switch
        {
            '\'' => Delimiter.SingleQuote,
            '"' => Delimiter.DoubleQuote,
            _ => Delimiter.SpaceOrTagEnd,
        };
        read += delimiter == Delimiter.SpaceOrTagEnd ? 0 : 1;
        return context with { State = HtmlContext.StartOf(context.Attribute), Delimiter = delimiter };
    }

    /// <summary>Where the attribute's name ends; false where a quote or bracket stands in it.</summary>
    private static bool AttributeNameEnd(ReadOnlySpan<char> text, int start, out int end, out string objection)
    {
        var length = text[start..].IndexOfAny(EndOfName);
        end = length < 0 ? text.Length : start + length;
        objection = "";
        if (end < text.Length && text[end] is '\'' or '"' or '<')
        {
            objection =
                $"{MarkupSteps.Quoted(text.Slice(end, 1))} stands in the name of an attribute: {MarkupSteps.Quoted(text[start..])}";
            end = text.Length;
            return false;
        }

        return true;
    }

    private static HtmlState BodyOf(ElementKind element) =>
        element switch
        {
            ElementKind.Script => HtmlState.Script,
            ElementKind.Style => HtmlState.Style,
            ElementKind.TextArea or ElementKind.Title => HtmlState.RawText,
            _ => HtmlState.Text,
        };

    /// <summary>A meta tag has no body.</summary>
    private static ElementKind BodyElement(ElementKind element) =>
        element == ElementKind.Meta ? ElementKind.Ordinary : element;
}
