namespace AlertHub.Templates.Html;

/// <summary>What a value's place in the page asks for.</summary>
internal static class Places
{
    /// <summary>The escapers in their order; none and an objection where no value may stand.</summary>
    public static List<Escaper> EscapersFor(HtmlContext context, out string? objection)
    {
        objection = null;
        List<Escaper> escapers = context.State switch
        {
            HtmlState.Text => [Escaper.Html],
            HtmlState.RawText => [Escaper.RawText],
            HtmlState.Attribute or HtmlState.MetaContent => [],
            HtmlState.AttributeName => [Escaper.AttributeName],
            HtmlState.Srcset => [Escaper.Srcset],
            HtmlState.MetaContentUrl => [Escaper.UrlFilter],
            HtmlState.Script => [Escaper.ScriptValue],
            HtmlState.ScriptDoubleQuoted or HtmlState.ScriptSingleQuoted => [Escaper.ScriptString],
            HtmlState.ScriptTemplate => [Escaper.ScriptTemplate],
            HtmlState.ScriptRegex => [Escaper.ScriptRegex],
            HtmlState.Style => [Escaper.StyleValue],
            HtmlState.Url
            or HtmlState.StyleDoubleQuoted
            or HtmlState.StyleSingleQuoted
            or HtmlState.StyleDoubleQuotedUrl
            or HtmlState.StyleSingleQuotedUrl
            or HtmlState.StyleUrl => InUrl(context, out objection),
            _ when context.InComment => [Escaper.Comment],
            _ => throw new ArgumentOutOfRangeException(nameof(context), context, "no value is read here"),
        };
        switch (context.Delimiter)
        {
            case Delimiter.SpaceOrTagEnd:
                escapers.Add(Escaper.UnquotedAttribute);
                break;
            case Delimiter.DoubleQuote or Delimiter.SingleQuote:
                escapers.Add(Escaper.Attribute);
                break;
        }

        return escapers;
    }

    /// <summary>The context behind the value.</summary>
    public static HtmlContext After(HtmlContext context) =>
        context.State == HtmlState.Script ? context with { Slash = Slash.Division } : context;

    private static List<Escaper> InUrl(HtmlContext context, out string? objection)
    {
        objection = null;
        var rest = context.State is HtmlState.StyleDoubleQuoted or HtmlState.StyleSingleQuoted
            ? Escaper.StyleString
            : Escaper.UrlNormalizer;
        switch (context.UrlPart)
        {
            case UrlPart.Start:
                return [Escaper.UrlFilter, rest];
            case UrlPart.BeforeQuery:
                return [rest];
            case UrlPart.QueryOrFragment:
                return [Escaper.UrlQuery];
            default:
                objection =
                    "stands before or behind the question mark of an address, as the branches before it go: write the address whole in each branch";
                return [];
        }
    }
}
