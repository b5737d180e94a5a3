using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Templates.Html;

/// <summary>Texts that look like pages with templates in them are rendered or refused with a reason; nothing else.</summary>
public sealed class PageFuzz
{
    private static readonly string[] Markup =
    [
        "<a",
        "<p ",
        "</p>",
        "<script",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>",
        "<meta content=",
        "<!--",
        "-->",
        "<!",
        "</",
        "<",
        ">",
        "/>",
        " href=",
        " onclick=",
        " style=",
        " title=",
        " srcset=",
        " type=",
        "\"",
        "'",
        "`",
        "=",
        "/",
        "//",
        "/*",
        "*/",
        "\\",
        "#",
        "?",
        "&",
        "&quot;",
        "&#x27",
        "url(",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "${",
        "+",
        "-",
        "x",
        "1",
        " ",
        "\n",
        "é",
        "\u2028",
        "\ud83d",
        "{{.Status}}",
        "{{.}}",
        "{{1}}",
        "{{\"<\"}}",
        "{{\"javascript:x\" | urlquery}}",
        "{{html \"<\" \"x\"}}",
        "{{.Status | html}}",
        "{{$x := 1}}{{$x}}",
        "{{safeHtml \"<b>\"}}",
        "{{safeUrl \"x:y\"}}",
        "{{/* c */}}",
    ];

    private static readonly string[] Blocks =
    [
        "{{if .Status}}",
        "{{else}}",
        "{{end}}",
        "{{range .Alerts}}",
        "{{range $i, $x := .CommonLabels}}",
        "{{with .Status}}",
        "{{break}}",
        "{{continue}}",
        "{{template \"t\" .}}",
        "{{template \"u\"}}",
        "{{define \"t\"}}",
        "{{define \"u\"}}",
        "{{block \"v\" .}}",
        "{{.Nope}}",
        "{{- ",
        " -}}",
    ];

    [Fact]
    public void Every_text_is_rendered_or_refused() =>
        Properties.ForAll(
            Gen.Elements([.. Markup, .. Blocks]).ListOf().Select(pieces => string.Concat(pieces.Take(25))),
            RendersOrRefuses,
            tests: 3_000
        );

    [Fact]
    public void So_is_every_text_of_well_formed_blocks() =>
        Properties.ForAll(WellFormed(depth: 4), RendersOrRefuses, tests: 2_000);

    /// <summary>Each loop of these is read twice, and so is the next in it: 2 to the power of their number.</summary>
    [Fact]
    public void Loops_that_multiply_each_other_are_refused() =>
        Refuses(
            string.Concat(Enumerable.Repeat("<a href=\"{{range .Alerts}}x\">", 40))
                + "<i>"
                + string.Concat(Enumerable.Repeat("<a href=\"y{{end}}\">", 40))
        );

    [Fact]
    public void A_template_that_opens_a_literal_each_time_it_calls_itself_is_refused() =>
        Refuses("{{define \"t\"}}`${ {{template \"t\"}}{{end}}<script>{{template \"t\"}}</script>");

    [Fact]
    public void Twenty_thousand_templates_that_call_each_other_are_refused() =>
        Refuses(
            string.Concat(
                Enumerable
                    .Range(0, 20_000)
                    .Select(i => $"{{{{define \"t{i}\"}}}}{{{{template \"t{i + 1}\"}}}}{{{{end}}}}")
            ) + "{{template \"t0\"}}"
        );

    private static void RendersOrRefuses(string text)
    {
        var page = NotificationCases.Templates.RenderHtml(text, NotificationCases.Data, out var fault);

        Assert.True(page is null != fault is null, $"{page ?? "no page"}, {fault?.ToString() ?? "no fault"}");
    }

    private static void Refuses(string text)
    {
        Assert.Null(NotificationCases.Templates.RenderHtml(text, NotificationCases.Data, out var fault));
        Assert.NotNull(fault);
    }

    private static Gen<string> WellFormed(int depth)
    {
        var leaves = Gen.Elements(Markup).ListOf().Select(pieces => string.Concat(pieces.Take(5)));
        if (depth == 0)
        {
            return leaves;
        }

        var inner = WellFormed(depth - 1);
        return Gen.Frequency(
            (3, leaves),
            (2, Gen.Zip(inner, inner).Select(pair => pair.Item1 + pair.Item2)),
            (
                1,
                Gen.Zip(inner, inner)
                    .Select(pair => "{{if .Status}}" + pair.Item1 + "{{else}}" + pair.Item2 + "{{end}}")
            ),
            (1, inner.Select(body => "{{range .CommonLabels}}" + body + "{{break}}{{end}}")),
            (1, inner.Select(body => "{{range .Alerts}}" + body + "{{end}}")),
            (1, inner.Select(body => "<p title=\"" + body + "\">")),
            (1, inner.Select(body => "<script>" + body + "</script>")),
            (1, inner.Select(body => "<style>" + body + "</style>")),
            (1, inner.Select(body => "<a href='/x?" + body + "'>"))
        );
    }
}
