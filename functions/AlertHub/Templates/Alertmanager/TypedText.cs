using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>Texts whose author vouches for what they are: template.HTML and template.URL.</summary>
internal static class TypedText
{
    public static GoType HtmlType { get; } = GoType.Named("template.HTML", GoKind.String);

    public static GoType UrlType { get; } = GoType.Named("template.URL", GoKind.String);

    public static NamedText Html(string text) => new(HtmlType, text);

    public static NamedText Url(string text) => new(UrlType, text);
}
