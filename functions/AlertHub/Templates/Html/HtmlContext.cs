namespace AlertHub.Templates.Html;

/// <summary>What a browser would be reading at a place in a template's text.</summary>
internal enum HtmlState
{
    Text,

    /// <summary>The body of a title or a textarea: text in which no tag counts but the one that ends it.</summary>
    RawText,
    Comment,
    Tag,
    AttributeName,
    AfterName,
    BeforeValue,
    Attribute,
    Url,
    Srcset,
    MetaContent,
    MetaContentUrl,
    Script,
    ScriptDoubleQuoted,
    ScriptSingleQuoted,
    ScriptTemplate,
    ScriptRegex,
    ScriptBlockComment,
    ScriptLineComment,
    Style,
    StyleDoubleQuoted,
    StyleSingleQuoted,
    StyleDoubleQuotedUrl,
    StyleSingleQuotedUrl,
    StyleUrl,
    StyleBlockComment,
    StyleLineComment,

    /// <summary>After a break or continue: nothing is read here.</summary>
    Dead,

    /// <summary>The template cannot be escaped: <see cref="HtmlContext.Objection"/> says why.</summary>
    Failed,
}

/// <summary>What ends the attribute's value.</summary>
internal enum Delimiter
{
    None,
    DoubleQuote,
    SingleQuote,
    SpaceOrTagEnd,
}

internal enum UrlPart
{
    Start,
    BeforeQuery,
    QueryOrFragment,

    /// <summary>The branches before it ended on both sides of the question mark.</summary>
    Unknown,
}

/// <summary>What a slash would begin at a place in a script.</summary>
internal enum Slash
{
    Regex,
    Division,
    Unknown,
}

internal enum AttributeKind
{
    Plain,
    Script,
    ScriptType,
    Style,
    Url,
    Srcset,
    MetaContent,

    /// <summary>Its value decides how other content is read: no template may make its name.</summary>
    Unsafe,
}

internal enum ElementKind
{
    Ordinary,
    Script,
    Style,
    TextArea,
    Title,
    Meta,
}

/// <summary>
/// The place in the page that a value would be written to, as far as it decides how the value must be escaped. The
/// default value is the start of a page or of a fragment of one.
/// </summary>
internal readonly record struct HtmlContext
{
    public HtmlState State { get; init; }

    public Delimiter Delimiter { get; init; }

    public UrlPart UrlPart { get; init; }

    public Slash Slash { get; init; }

    public AttributeKind Attribute { get; init; }

    public ElementKind Element { get; init; }

    /// <summary>
    /// One character for each <c>${</c> of a script's template literals that is open, whose number says how many braces
    /// are open in it; null for none.
    /// </summary>
    public string? Braces { get; init; }

    public string? Objection { get; init; }

    public bool Failed => State == HtmlState.Failed;

    public bool InComment =>
        State
            is HtmlState.Comment
                or HtmlState.ScriptBlockComment
                or HtmlState.ScriptLineComment
                or HtmlState.StyleBlockComment
                or HtmlState.StyleLineComment;

    /// <summary>A literal of a script, in which an end tag is text.</summary>
    public bool InScriptLiteral =>
        State
            is HtmlState.ScriptDoubleQuoted
                or HtmlState.ScriptSingleQuoted
                or HtmlState.ScriptTemplate
                or HtmlState.ScriptRegex;

    public static HtmlContext Failure(string objection) => new() { State = HtmlState.Failed, Objection = objection };

    /// <summary>The context in which a value stands that is written here, before any further text.</summary>
    public HtmlContext AtValue() =>
        State switch
        {
            HtmlState.Tag => this with { State = HtmlState.AttributeName },
            HtmlState.AfterName => this with { State = HtmlState.AttributeName, Attribute = AttributeKind.Plain },
            HtmlState.BeforeValue => this with
            {
                State = StartOf(Attribute),
                Delimiter = Delimiter.SpaceOrTagEnd,
                Attribute = AttributeKind.Plain,
            },
            _ => this,
        };

    public static HtmlState StartOf(AttributeKind attribute) =>
        attribute switch
        {
            AttributeKind.Script => HtmlState.Script,
            AttributeKind.Style => HtmlState.Style,
            AttributeKind.Url => HtmlState.Url,
            AttributeKind.Srcset => HtmlState.Srcset,
            AttributeKind.MetaContent => HtmlState.MetaContent,
            _ => HtmlState.Attribute,
        };

    /// <summary>
    /// The context after two branches: the one both end in, or one in which only what differs is unknown. Null where they
    /// end in different places.
    /// </summary>
    public static HtmlContext? Join(HtmlContext a, HtmlContext b)
    {
        if (a.Failed || b.State == HtmlState.Dead)
        {
            return a;
        }

        if (b.Failed || a.State == HtmlState.Dead || a == b)
        {
            return b;
        }

        if (a with { UrlPart = b.UrlPart } == b)
        {
            return a with { UrlPart = UrlPart.Unknown };
        }

        if (a with { Slash = b.Slash } == b)
        {
            return a with { Slash = Slash.Unknown };
        }

        var (nextOfA, nextOfB) = (a.AtValue(), b.AtValue());
        return nextOfA == a && nextOfB == b ? null : Join(nextOfA, nextOfB);
    }

    /// <summary>For a person: <c>a double-quoted URL attribute</c>.</summary>
    public override string ToString()
    {
        var place = State switch
        {
            HtmlState.Text => "text",
            HtmlState.RawText => Element == ElementKind.Title ? "a title" : "a textarea",
            HtmlState.Comment => "a comment",
            HtmlState.Tag => "a tag",
            HtmlState.AttributeName => "an attribute's name",
            HtmlState.AfterName => "what follows an attribute's name",
            HtmlState.BeforeValue => "the start of an attribute's value",
            HtmlState.Attribute => "an attribute",
            HtmlState.Url => "an address",
            HtmlState.Srcset => "a srcset",
            HtmlState.MetaContent or HtmlState.MetaContentUrl => "a meta tag's content",
            HtmlState.ScriptDoubleQuoted or HtmlState.ScriptSingleQuoted => "a script's string",
            HtmlState.ScriptTemplate => "a script's template literal",
            HtmlState.ScriptRegex => "a script's regular expression",
            HtmlState.ScriptBlockComment or HtmlState.ScriptLineComment => "a script's comment",
            HtmlState.Script => "a script",
            HtmlState.StyleDoubleQuoted or HtmlState.StyleSingleQuoted => "a style's string",
            HtmlState.StyleDoubleQuotedUrl or HtmlState.StyleSingleQuotedUrl or HtmlState.StyleUrl => "a style's url()",
            HtmlState.StyleBlockComment or HtmlState.StyleLineComment => "a style's comment",
            HtmlState.Style => "a style",
            HtmlState.Dead => "nowhere",
            _ => "an error",
        };
        var part = UrlPart switch
        {
            UrlPart.BeforeQuery => ", before its query",
            UrlPart.QueryOrFragment => ", in its query",
            _ => "",
        };
        return Delimiter switch
        {
            Delimiter.DoubleQuote => $"{place}{part}, in double quotes",
            Delimiter.SingleQuote => $"{place}{part}, in single quotes",
            Delimiter.SpaceOrTagEnd => $"{place}{part}, without quotes",
            _ => place + part,
        };
    }
}
