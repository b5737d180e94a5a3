using System.Collections.Frozen;

namespace AlertHub.Templates.Html;

/// <summary>
/// What an attribute's value is, by its name (HTML 5's attributes, and HTML 4's that hold addresses). What is not known
/// counts as a script or an address as soon as its name hints at one.
/// </summary>
internal static class Attributes
{
    private static readonly FrozenDictionary<string, AttributeKind> Known = Table(
        (
            AttributeKind.Plain,
            """
            accept alt autocomplete autofocus autoplay border checked class cols colspan contenteditable contextmenu
            controls coords datetime default dir dirname disabled draggable dropzone for formtarget headers height hidden
            high hreflang id ismap kind label lang list loop low max maxlength media mediagroup min multiple name open
            optimum placeholder preload pubdate radiogroup readonly required reversed rows rowspan scope scoped seamless
            selected shape size sizes span spellcheck srclang start step tabindex target title width wrap
            """
        ),
        (
            AttributeKind.Unsafe,
            """
            accept-charset async challenge charset content crossorigin defer enctype form formenctype formmethod
            formnovalidate http-equiv keytype language method novalidate pattern rel sandbox srcdoc type value
            """
        ),
        (
            AttributeKind.Url,
            """
            action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src
            usemap xmlns
            """
        ),
        (AttributeKind.Srcset, "srcset"),
        (AttributeKind.Style, "style")
    );

    /// <param name="name">In lower case.</param>
    public static AttributeKind KindOf(string name)
    {
        if (name.StartsWith("data-", StringComparison.Ordinal))
        {
            name = name["data-".Length..];
        }
        else if (name.IndexOf(':') is >= 0 and var colon)
        {
            if (name.AsSpan(0, colon) is "xmlns")
            {
                return AttributeKind.Url;
            }

            name = name[(colon + 1)..];
        }

        if (Known.TryGetValue(name, out var kind))
        {
            return kind;
        }

        if (name.StartsWith("on", StringComparison.Ordinal))
        {
            return AttributeKind.Script;
        }

        return Hints.Any(hint => name.Contains(hint, StringComparison.Ordinal))
            ? AttributeKind.Url
            : AttributeKind.Plain;
    }

    private static readonly string[] Hints = ["src", "uri", "url"];

    private static FrozenDictionary<string, AttributeKind> Table(
        params IEnumerable<(AttributeKind Kind, string Names)> rows
    ) =>
        rows.SelectMany(row =>
                row.Names.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
                    .Select(name => KeyValuePair.Create(name, row.Kind))
            )
            .ToFrozenDictionary(StringComparer.Ordinal);
}
