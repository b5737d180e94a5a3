using AlertHub.Templates;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Templates;

/// <summary>
/// The language by example. Cases/templates.txt was made with amtool 0.25, and amtool agrees with it still
/// (Hosts.Tests/Oracles); templates-newer.txt holds what Go learned later.
/// </summary>
public sealed class LanguageCases
{
    [Theory]
    [InlineData("templates.txt", 450)]
    [InlineData("templates-printf.txt", 200)]
    [InlineData("templates-newer.txt", 20)]
    public void Templates_mean_what_they_mean_in_Go(string table, int least)
    {
        var cases = TemplateCase.Read(table);

        Assert.True(cases.Count >= least, "cases were lost");
        Assert.All(
            cases,
            one =>
            {
                var result = one.Render(out var fault);
                if (one.IsError)
                {
                    Assert.StartsWith(one.Expected + " ", fault?.ToString() ?? result, StringComparison.Ordinal);
                }
                else
                {
                    Assert.Equal(one.Expected, result ?? fault?.ToString());
                }
            }
        );
    }

    /// <summary>Faults quote the source, and html escaping changes trees: both rely on the printed form.</summary>
    [Fact]
    public void A_tree_printed_as_source_means_the_same()
    {
        foreach (var one in TemplateCase.Read("templates.txt").Where(one => !one.IsError))
        {
            if (
                one.Template.Contains("define", StringComparison.Ordinal)
                || one.Template.Contains("block", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var printed = TemplateCase.Print(one.Template);
            Assert.Equal(printed, TemplateCase.Print(printed));
            Assert.Equal(one.Expected, TemplateCase.Render(printed, out _));
        }
    }

    [Fact]
    public void A_fault_names_the_template_in_which_it_lies_and_its_place()
    {
        var templates = Parsed("slack.tmpl", "\n{{define \"title\"}}\n  é{{.Status.Nope}}{{end}}");

        Assert.Null(
            templates.RenderText("{{template \"title\" .}}", TemplateCase.Data, TemplateCase.Now, out var fault)
        );
        Assert.Equal(
            "template: slack.tmpl:3:13: executing \"title\" at <.Status.Nope>: a value of type string has no field or method Nope",
            fault?.ToString()
        );
        Assert.Equal(("slack.tmpl", 3, 13), (fault?.Template, fault?.Line, fault?.Column));
    }

    [Fact]
    public void A_fault_of_the_text_itself_names_the_line()
    {
        Assert.Null(TemplateSet.Empty(new()).Parse("page.tmpl", "one\ntwo {{if}}", out var fault));
        Assert.Equal("template: page.tmpl:2: if has no value", fault?.ToString());
    }

    [Fact]
    public void A_later_file_replaces_a_template_unless_it_says_nothing()
    {
        var first = TemplateSet
            .Empty(new())
            .Parse("a", "{{define \"x\"}}first{{end}}{{define \"y\"}}first{{end}}", out _);
        var second = first?.Parse("b", "{{define \"x\"}}second{{end}}{{define \"y\"}} \n{{/* */}}{{end}}", out _);

        Assert.Equal("firstfirst", Render(first));
        Assert.Equal("secondfirst", Render(second));
        Assert.Equal(
            "thirdfirst",
            second?.RenderText("{{define \"x\"}}third{{end}}" + Both, null, TemplateCase.Now, out _)
        );

        static string? Render(TemplateSet? templates) => templates?.RenderText(Both, null, TemplateCase.Now, out _);
    }

    private static TemplateSet Parsed(string name, string text) =>
        TemplateSet.Empty(new()).Parse(name, text, out var fault)
        ?? throw new InvalidOperationException(fault?.ToString());

    private const string Both = "{{template \"x\"}}{{template \"y\"}}";

    [Fact]
    public void Lines_may_end_as_on_Windows() =>
        Assert.Equal(
            "a1b\r\n2",
            TemplateSet.Empty(new()).RenderText("a\r\n{{- 1 -}}\r\nb\r\n{{\r\n2\r\n}}", null, TemplateCase.Now, out _)
        );
}
