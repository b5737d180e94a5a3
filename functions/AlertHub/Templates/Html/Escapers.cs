using System.Text;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Html;

/// <summary>The functions that stand at the end of a pipeline whose value goes into a page.</summary>
internal static class Escapers
{
    /// <summary>The function that applies all of these in turn.</summary>
    public static TemplateFunction Function(IReadOnlyList<Escaper> escapers)
    {
        Escaper[] all = [.. escapers];
        return new(string.Join('+', all), [], (in call) => Apply(all, call)) { Rest = GoType.Any };
    }

    /// <summary>The arguments of <c>html</c> or <c>urlquery</c> as one text.</summary>
    public static TemplateFunction Arguments { get; } =
        new("print", [], static (in call) => Print(call.Arguments, call)) { Rest = GoType.Any };

    private static object Apply(Escaper[] escapers, in TemplateCall call)
    {
        object value = call.Arguments switch
        {
            [string text] => text,
            [NamedText text] => text,
            _ when escapers[0] == Escaper.ScriptValue => "",
            _ => Print(call.Arguments, call),
        };
        if (value is CallError)
        {
            return value;
        }

        for (var i = 0; i < escapers.Length; i++)
        {
            value =
                escapers[i] == Escaper.ScriptValue
                    ? Script(i == 0 && call.Arguments.Length == 1 ? call.Arguments[0] : value, call.Limits.Characters)
                    : Apply(escapers[i], value);
        }

        return value is string escaped && escaped.Length > call.Limits.Characters
            ? new CallError($"the text would have more than {call.Limits.Characters} characters")
            : value;
    }

    /// <summary>Nothing prints as nothing, not as <c>&lt;nil&gt;</c>.</summary>
    private static object Print(ReadOnlySpan<object?> values, in TemplateCall call)
    {
        object?[] some = [.. values.ToArray().Where(static value => value is not null)];
        var text = new StringBuilder();
        var printer = new Printer(text, call.Limits.Characters);
        printer.Print(some);
        return printer.Excess is { } excess ? new CallError(excess) : text.ToString();
    }

    private static string Apply(Escaper escaper, object value)
    {
        var (text, isHtml, isUrl) = value switch
        {
            NamedText named => (
                named.Value,
                named.Type.Equals(TypedText.HtmlType),
                named.Type.Equals(TypedText.UrlType)
            ),
            _ => ((string)value, false, false),
        };
        return escaper switch
        {
            Escaper.Html => isHtml ? text : HtmlEscaping.Text(text),
            Escaper.RawText => isHtml ? HtmlEscaping.Markup(text) : HtmlEscaping.Text(text),
            Escaper.Attribute => isHtml ? HtmlEscaping.Markup(Tags.Strip(text)) : HtmlEscaping.Text(text),
            Escaper.UnquotedAttribute => isHtml
                ? HtmlEscaping.UnquotedMarkup(Tags.Strip(text))
                : HtmlEscaping.Unquoted(text),
            Escaper.AttributeName => HtmlEscaping.AttributeName(text),
            Escaper.Comment => "",
            Escaper.UrlFilter => isUrl ? text : UrlEscaping.Filter(text),
            Escaper.UrlNormalizer => UrlEscaping.Normalize(text),
            Escaper.UrlQuery => isUrl ? UrlEscaping.Normalize(text) : UrlEscaping.Query(text),
            Escaper.Srcset => isUrl ? UrlEscaping.SrcsetAddress(text) : UrlEscaping.Srcset(text),
            Escaper.ScriptString => ScriptEscaping.String(text),
            Escaper.ScriptTemplate => ScriptEscaping.Template(text),
            Escaper.ScriptRegex => ScriptEscaping.Regex(text),
            Escaper.StyleString => StyleEscaping.String(text),
            Escaper.StyleValue => StyleEscaping.Value(text),
            _ => throw new ArgumentOutOfRangeException(nameof(escaper)),
        };
    }

    /// <summary>A value that prints by a method of its own is a string; a time is what JSON has for it.</summary>
    private static string Script(object? value, int most)
    {
        var shown = value is GoValue { Text: { } text } and not Times.TimeValue ? text : value;
        return ValueJson.Write(shown, most, out var objection) is { } json
            ? ScriptEscaping.Value(json)
            : $" /* {ScriptSafe(objection)} */null ";
    }

    private static string ScriptSafe(string? objection) =>
        string.Concat((objection ?? "").Where(static c => c is not ('*' or '/' or '<' or '>' or '!')));
}
