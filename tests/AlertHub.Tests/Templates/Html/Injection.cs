using AlertHub.Notifying;
using AlertHub.Templates;
using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Templates.Html;

/// <summary>Whatever the labels and annotations say, a page has the tags and attributes that its template gave it.</summary>
public sealed class Injection
{
    private static readonly string[] MailTags =
    [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "table",
        "tr",
        "td",
        "div",
        "span",
        "b",
        "a",
        "!doctype",
    ];

    private static readonly string[] MailAttributes =
    [
        "lang",
        "charset",
        "name",
        "content",
        "style",
        "role",
        "width",
        "cellpadding",
        "cellspacing",
        "align",
        "href",
    ];

    /// <summary>Each V is a value.</summary>
    public static TheoryData<string> Places { get; } =
    [
        "<p>V</p><b>V</b>",
        "<p title=\"V\" class='V' lang=V id=aVb>x</p>",
        "<a href=\"V\">x</a><a href='/V'>x</a><a href=V>x</a><a href=\"?V&amp;V\">x</a>",
        "<img src=\"V\" srcset=\"V 2x, V\" alt=V>",
        "<script>var a = V, b = \"V\", c = 'V', d = `V`, e = /V/; // V\n</script><i>",
        "<script>/* V */ f(V)</script><i>",
        "<script type=\"application/ld+json\">{\"a\": V}</script><i>",
        "<button onclick=\"f(V, 'V')\" onfocus='g(\"V\")' onblur=h(V)>x</button>",
        "<style>p { color: V; background: url(V) } q::before { content: \"V\" }</style><i>",
        "<p style=\"color: V; background: url('V'); font: 'V'\">x</p>",
        "<title>V</title><textarea>V</textarea><i>",
        "<!-- V --><i>",
        "<meta http-equiv=\"refresh\" content=\"1; url=V\"><i>",
        "<p title=\"{{if .Status}}V{{end}}\">{{range .CommonLabels}}<li>{{.}}</li>{{end}}",
        "<p title=\"{{.CommonLabels.x | html}}\"><a href=\"{{.CommonLabels.x | urlquery}}\">{{html .CommonLabels.x \"y\"}}",
        "{{define \"t\"}}{{.}}{{end}}<p title='{{template \"t\" .CommonLabels.x}}'><script>{{template \"t\" .CommonLabels.x}}</script>{{template \"t\" .CommonLabels.x}}",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_page_has_the_same_tags_and_attributes_whatever_the_data(string places)
    {
        var template = places.Replace("V", "{{.CommonLabels.x}}", StringComparison.Ordinal);
        var expected = HtmlShape.Of(Render(template, "x"));

        Properties.ForAll(Hostile, text => Assert.Equal(expected, HtmlShape.Of(Render(template, text))), tests: 300);
    }

    [Fact]
    public void A_value_in_a_quoted_attribute_reads_as_it_was() =>
        Properties.ForAll(
            Hostile,
            text =>
                Assert.Equal(
                    text.Replace('\0', '\uFFFD'),
                    Assert.Single(HtmlShape.Tags(Render("<p title=\"{{.CommonLabels.x}}\">", text))).Attributes[0].Value
                )
        );

    [Fact]
    public void Our_mail_has_no_tag_of_the_datas_making_and_no_link_that_runs_a_script() =>
        Properties.ForAll(
            Gen.Zip(Gen.Zip(Hostile, Hostile), Hostile),
            texts =>
            {
                var ((a, b), c) = texts;
                var alert = Some.Alert(
                    a,
                    Some.Labels(("severity", b), (c, a)),
                    Some.Labels(("summary", c), ("x_url", "https://" + a), (b + "_url", c), ("description", b))
                );
                var notification = new Notification
                {
                    Alerts = [alert, Some.Resolved(b, Some.Labels((a, c)))],
                    Now = Some.Now,
                    ExternalUrl = new("https://hub.example"),
                };

                var mail = NotificationCases.Templates.RenderHtml(
                    "{{ template \"email.default.html\" . }}",
                    TemplateData.Of(notification, c),
                    out var fault
                );

                Assert.Null(fault);
                foreach (var tag in HtmlShape.Tags(mail!))
                {
                    Assert.Contains(tag.Name.TrimStart('/'), MailTags);
                    Assert.All(tag.Attributes, attribute => Assert.Contains(attribute.Name, MailAttributes));
                    Assert.All(
                        tag.Attributes.Where(attribute => attribute.Name == "href"),
                        link => Assert.StartsWith("http", link.Value, StringComparison.OrdinalIgnoreCase)
                    );
                }
            }
        );

    private static Gen<string> Hostile { get; } =
        Gen.Elements(
                "\"",
                "'",
                "`",
                "<",
                ">",
                "&",
                "=",
                "/",
                "\\",
                " ",
                "\n",
                "\t",
                "\0",
                "\u2028",
                "x",
                "1",
                "a b",
                "</script>",
                "<script>",
                "</style>",
                "</title>",
                "</textarea>",
                "<!--",
                "-->",
                "*/",
                "/*",
                "//",
                "javascript:",
                "data:text/html,",
                "${",
                "}",
                "{",
                "(",
                ")",
                "[",
                "]",
                ";",
                ":",
                ",",
                "onerror=x",
                "&quot;",
                "&#34;",
                "&lt;",
                "expression(1)",
                "url(x)",
                "\\22",
                "%22",
                "+",
                "?",
                "#",
                "é",
                "\U0001F525",
                "\r",
                "\f",
                "\v",
                "@import"
            )
            .NonEmptyListOf()
            .Select(parts => string.Concat(parts.Take(8)));

    private static string Render(string template, string value)
    {
        var data = TemplateData.Of(Some.Notification(Some.Alert("A", Some.Labels(("x", value)))), "r");
        var page = NotificationCases.Templates.RenderHtml(template, data, out var fault);
        Assert.True(page is not null, fault?.ToString());
        return page;
    }
}
