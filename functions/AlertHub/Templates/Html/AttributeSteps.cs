namespace AlertHub.Templates.Html;

/// <summary>Reads the value of an attribute, whatever language it is in.</summary>
internal static class AttributeSteps
{
    public static string Ends(Delimiter delimiter) =>
        delimiter switch
        {
            Delimiter.DoubleQuote => "\"",
            Delimiter.SingleQuote => "'",
            _ => " \t\n\f\r>",
        };

    public static HtmlContext Step(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        var end = text.IndexOfAny(Ends(context.Delimiter));
        var value = end < 0 ? text : text[..end];

        // Browsers differ on where such a value ends, or end it elsewhere than it seems.
        if (context.Delimiter == Delimiter.SpaceOrTagEnd && value.IndexOfAny("\"'<=`") is >= 0 and var odd)
        {
            read = text.Length;
            return HtmlContext.Failure(
                $"{MarkupSteps.Quoted(value.Slice(odd, 1))} stands in an attribute without quotes, {MarkupSteps.Quoted(value)}: put quotes around the value"
            );
        }

        if (end < 0)
        {
            read = text.Length;
            return Within(context, Entities.Decode(value));
        }

        // What a script element holds that is not JavaScript is not read as such.
        var element =
            context is { State: HtmlState.Attribute, Element: ElementKind.Script, Attribute: AttributeKind.ScriptType }
            && !IsJavaScript(value)
                ? ElementKind.Ordinary
                : context.Element;
        read = end + (context.Delimiter == Delimiter.SpaceOrTagEnd ? 0 : 1);
        return new() { State = HtmlState.Tag, Element = element };
    }

    /// <summary>The language's own steps, over the value as the browser hands it on.</summary>
    private static HtmlContext Within(HtmlContext context, ReadOnlySpan<char> value)
    {
        while (value.Length > 0 && !context.Failed)
        {
            context = MarkupSteps.Inside(context, value, out var read);
            value = value[read..];
        }

        return context;
    }

    private static bool IsJavaScript(ReadOnlySpan<char> type)
    {
        var parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim().ToString().ToLowerInvariant()
            is "application/ecmascript"
                or "application/javascript"
                or "application/json"
                or "application/ld+json"
                or "application/x-ecmascript"
                or "application/x-javascript"
                or "module"
                or "text/ecmascript"
                or "text/javascript"
                or "text/javascript1.0"
                or "text/javascript1.1"
                or "text/javascript1.2"
                or "text/javascript1.3"
                or "text/javascript1.4"
                or "text/javascript1.5"
                or "text/jscript"
                or "text/livescript"
                or "text/x-ecmascript"
                or "text/x-javascript";
    }
}
