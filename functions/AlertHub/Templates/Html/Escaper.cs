namespace AlertHub.Templates.Html;

/// <summary>What is done to a value before it is written; a place in a page may ask for several, one after another.</summary>
internal enum Escaper
{
    Html,
    RawText,
    Attribute,
    UnquotedAttribute,
    AttributeName,
    Comment,
    UrlFilter,
    UrlNormalizer,
    UrlQuery,
    Srcset,
    ScriptValue,
    ScriptString,
    ScriptTemplate,
    ScriptRegex,
    StyleString,
    StyleValue,
}
