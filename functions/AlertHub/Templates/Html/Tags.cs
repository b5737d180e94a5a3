using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>Takes the tags out of HTML that is to stand in an attribute.</summary>
internal static class Tags
{
    public static string Strip(string markup)
    {
        var text = new StringBuilder();
        var (context, anyTag) = (default(HtmlContext), false);
        var rest = markup.AsSpan();
        while (rest.Length > 0 && !context.Failed)
        {
            int read;
            if (context.Delimiter == Delimiter.None)
            {
                var next = Step(context, rest, out read);
                if (context.State is HtmlState.Text or HtmlState.RawText)
                {
                    var tag = next.State == context.State ? -1 : rest[..read].LastIndexOf('<');
                    text.Append(rest[..(tag < 0 ? read : tag)]);
                }
                else
                {
                    anyTag = true;
                }

                context = next;
            }
            else
            {
                read = rest.IndexOfAny(AttributeSteps.Ends(context.Delimiter));
                if (read < 0)
                {
                    break;
                }

                read += context.Delimiter == Delimiter.SpaceOrTagEnd ? 0 : 1;
                context = new() { State = HtmlState.Tag, Element = context.Element };
            }

            rest = rest[read..];
        }

        return anyTag ? text.ToString() : markup;
    }

    /// <summary>The body of a script or style is not read but left out, like an attribute up to its end tag.</summary>
    private static HtmlContext Step(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        var next = MarkupSteps.Step(context, text, out read);
        return next.State is HtmlState.Script or HtmlState.Style ? next with { State = HtmlState.Attribute } : next;
    }
}
