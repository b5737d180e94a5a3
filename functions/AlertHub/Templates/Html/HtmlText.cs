using System.Text;
using System.Text.RegularExpressions;

namespace AlertHub.Templates.Html;

/// <summary>
/// A template's own text: the context after it, and the text as it is written. Comments are left out, a bracket that
/// begins no tag is escaped.
/// </summary>
internal static partial class HtmlText
{
    /// <summary>The context, the text as written, and how far it was read: to the end, or to what is wrong.</summary>
    public static HtmlContext Read(HtmlContext context, string text, out string written, out int at)
    {
        var output = new StringBuilder(text.Length);
        for (at = 0; at < text.Length && !context.Failed; )
        {
            var next = MarkupSteps.Step(context, text.AsSpan(at), out var read);
            if (!next.Failed)
            {
                Write(context, next, text.AsSpan(at, read), output);
                at += read;
            }

            context = next;
        }

        written = output.ToString();
        return context;
    }

    private static void Write(HtmlContext before, HtmlContext after, ReadOnlySpan<char> piece, StringBuilder output)
    {
        var rawComment = before.InComment && before.Delimiter == Delimiter.None;
        if (rawComment)
        {
            output.Append(InPlaceOf(before.State, piece));
            return;
        }

        if (after.InComment && !before.InComment && after.Delimiter == Delimiter.None)
        {
            piece = piece[
                ..^(
                    piece.EndsWith("<!--") ? 4
                    : piece.EndsWith("-->") ? 3
                    : 2
                )
            ];
        }

        if (before.State is HtmlState.Text or HtmlState.RawText)
        {
            var tag = after.State == before.State || after.InComment ? piece.Length : piece.LastIndexOf('<');
            tag = tag < 0 ? piece.Length : tag;
            Escape(piece[..tag], output);
            output.Append(piece[tag..]);
        }
        else if (before.InScriptLiteral && before.Delimiter == Delimiter.None)
        {
            // In a literal of a script a browser still looks for these.
            output.Append(ScriptTag.Replace(piece.ToString(), "\\x3C"));
        }
        else
        {
            output.Append(piece);
        }
    }

    /// <summary>A comment parts what stands around it; one over several lines ends the line for a script.</summary>
    private static string InPlaceOf(HtmlState comment, ReadOnlySpan<char> piece) =>
        comment switch
        {
            HtmlState.ScriptBlockComment when piece.ContainsAny("\n\r\u2028\u2029") => "\n",
            HtmlState.ScriptBlockComment or HtmlState.StyleBlockComment => " ",
            _ => "",
        };

    private static void Escape(ReadOnlySpan<char> text, StringBuilder output)
    {
        while (text.IndexOf('<') is >= 0 and var open)
        {
            output.Append(text[..open]);
            text = text[open..];
            output.Append(text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) ? "<" : "&lt;");
            text = text[1..];
        }

        output.Append(text);
    }

    [GeneratedRegex("<(?=!--|/?script)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ScriptTag { get; }
}
