using AlertHub.Templates;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Templates;

/// <summary>A template that runs in circles, or that someone made up to do harm, ends with an error that says why.</summary>
public sealed class RunawayTemplates
{
    private static readonly TemplateEnvironment Environment = new() { Now = DateTimeOffset.UnixEpoch };

    private static readonly TemplateSet Templates = TemplateSet.Empty(
        new(
            new TemplateFunction("list", [], static (in call) => new ListValue(GoType.Anys, [.. call.Arguments]))
            {
                Rest = GoType.Any,
            }
        )
    );

    private static readonly TemplateSet WithFunctions = TemplateSet.Empty(new(AlertmanagerFunctions.Make()));

    [Theory]
    [InlineData("""{{range 1000000000}}{{end}}""", "steps")]
    [InlineData("""{{range 1000000}}{{range 1000000}}{{end}}{{end}}""", "steps")]
    [InlineData("""{{range 1000000}}{{$x := printf "%100000d" 1}}{{end}}""", "steps")]
    [InlineData("""{{$x := ""}}{{range 1000000}}{{$x = print $x "a"}}{{end}}""", "steps")]
    [InlineData("""{{range 1000000}}{{printf "%100000d" 1}}{{end}}""", "characters")]
    [InlineData("""{{$x := "aaaaaaaa"}}{{range 100}}{{$x = print $x $x}}{{end}}""", "characters")]
    [InlineData("""{{$x := "aaaaaaaa"}}{{range 100}}{{$x = list $x $x}}{{end}}{{print $x}}""", "characters")]
    [InlineData("""{{$x := "aaaaaaaa"}}{{range 100}}{{$x = list $x $x}}{{end}}{{$x}}""", "characters")]
    [InlineData(
        """{{printf "%999999d%999999[1]d%999999[1]d%999999[1]d%999999[1]d%999999[1]d%999999[1]d%999999[1]d%999999[1]d%999999[1]d%999999[1]d" 1}}""",
        "characters"
    )]
    [InlineData("""{{define "a"}}{{template "a"}}{{end}}{{template "a"}}""", "levels")]
    [InlineData(
        """{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}{{with 1}}{{template "a" .}}{{end}}{{end}}{{template "a"}}""",
        "levels"
    )]
    [InlineData("""{{$x := list}}{{range 200000}}{{$x = list $x}}{{end}}{{print $x}}""", "deep")]
    [InlineData("""{{$x := list}}{{range 200000}}{{$x = list $x}}{{end}}{{$x}}""", "deep")]
    public void It_is_stopped_by_the_limit_that_it_exceeds(string template, string limit)
    {
        Assert.Null(Templates.RenderText(template, null, Environment, out var fault));
        Assert.Contains(limit, fault?.Reason);
    }

    /// <summary>What Alertmanager's functions make of little: a text that is long, or that takes long.</summary>
    [Theory]
    [InlineData("""{{$x := list}}{{range 60}}{{$x = list $x $x}}{{end}}{{toJson $x}}""", "characters")]
    [InlineData(
        """{{$s := printf "%100000d" 1}}{{$x := list $s}}{{range 12}}{{$x = list $x $x}}{{end}}{{toJson $x}}""",
        "characters"
    )]
    [InlineData("""{{$s := printf "%900000d" 1}}{{join $s (stringSlice "" "" "")}}""", "characters")]
    [InlineData("""{{$s := printf "%100000d" 1}}{{reReplaceAll "" $s $s}}""", "characters")]
    [InlineData(
        """{{$s := printf "%10000d" 1}}{{reReplaceAll ".+" (reReplaceAll " " "$$0$$0" $s) $s}}""",
        "characters"
    )]
    [InlineData("""{{reReplaceAll " .*x| " "-" (printf "%100000d" 1)}}""", "steps")]
    [InlineData("""{{range 1000000}}{{$_ := match (printf "(\\pL{900})%d$" .) "x"}}{{end}}""", "steps")]
    public void A_function_is_stopped_before_it_has_made_or_read_too_much(string template, string limit)
    {
        var limits = new TemplateLimits { Steps = 200_000, Characters = 1_000_000 };

        Assert.Null(WithFunctions.RenderText(template, null, Environment, out var fault, limits));
        Assert.Contains(limit, fault?.Reason);
    }

    [Fact]
    public void A_page_is_stopped_before_a_script_holds_too_much()
    {
        var templates = NotificationTemplates.Load([], out _)!;
        const string Page = """<script>f({{$x := list}}{{range 60}}{{$x = list $x $x}}{{end}}{{$x}})</script>""";

        Assert.Contains("null", templates.RenderHtml(Page, SampleNotifications.All["bare"], out _));
    }

    [Fact]
    public void A_page_is_stopped_before_its_templates_are_copied_too_often()
    {
        var templates = NotificationTemplates.Load([], out _)!;
        var page =
            """{{define "t"}} { """
            + new string('x', 500_000)
            + """{{template "t"}}{{end}}<script>`${ {{template "t"}}""";

        Assert.Contains("too many different places", templates.Check(page, isHtml: true)?.Reason);
    }

    [Fact]
    public void A_reason_does_not_quote_a_whole_page()
    {
        var templates = NotificationTemplates.Load([], out _)!;

        Assert.Null(
            templates.RenderText(
                """{{printf "%1000000d" 1 | base64decode}}""",
                SampleNotifications.All["bare"],
                out var fault
            )
        );
        Assert.InRange(fault!.Reason.Length, 1, 2_000);
    }

    [Theory]
    [InlineData("(", "1", ")", "deep")]
    [InlineData("{{if 1}}", "x", "{{end}}", "deep")]
    [InlineData("{{range .}}", "x", "{{end}}", "deep")]
    [InlineData("{{with .}}", "x", "{{else}}y{{end}}", "deep")]
    [InlineData("{{if 1}}{{else ", "{{end}}", "", "deep")]
    [InlineData("{{block \"a\" .}}", "x", "{{end}}", "deep")]
    public void Nesting_has_a_limit(string open, string inner, string close, string limit)
    {
        const int Levels = 100_000;
        var nested =
            string.Concat(Enumerable.Repeat(open, Levels)) + inner + string.Concat(Enumerable.Repeat(close, Levels));
        var template =
            open == "(" ? "{{" + nested + "}}"
            : open.EndsWith("else ", StringComparison.Ordinal)
                ? "{{if 1}}" + string.Concat(Enumerable.Repeat("{{else if 1}}", Levels)) + inner
            : nested;

        Assert.Null(Templates.Parse("", template, out var fault));
        Assert.Contains(limit, fault?.Reason);
    }

    [Theory]
    [InlineData("or", " 0")]
    [InlineData("print", " 1")]
    [InlineData("", "| not")]
    public void Long_commands_count_by_their_length(string command, string part)
    {
        var body = command + (command.Length == 0 ? "1 " : "") + string.Concat(Enumerable.Repeat(part, 100_000));

        Assert.Null(
            Templates.RenderText(
                $"{{{{range 1000000}}}}{{{{$_ := {body}}}}}{{{{end}}}}",
                null,
                Environment,
                out var fault,
                new TemplateLimits { Steps = 500_000 }
            )
        );
        Assert.Contains("steps", fault?.Reason);
    }

    [Fact]
    public void What_is_long_but_not_deep_is_no_trouble()
    {
        var template =
            "{{$x := 1 "
            + string.Concat(Enumerable.Repeat("| print ", 20_000))
            + "}}"
            + new string('a', 1_000_000)
            + "{{$"
            + string.Concat(Enumerable.Repeat(".a", 20_000))
            + "}}";

        Assert.Equal(1_000_000 + "<no value>".Length, Templates.RenderText(template, null, Environment, out _)?.Length);
    }

    [Fact]
    public void A_limit_of_ones_own_counts()
    {
        var limits = new TemplateLimits { Steps = 10, Characters = 5 };

        Assert.Null(Templates.RenderText("{{range 5}}{{.}}{{end}}", null, Environment, out var steps, limits));
        Assert.Null(Templates.RenderText("123456", null, Environment, out var output, limits));
        Assert.Equal("12345", Templates.RenderText("12345", null, Environment, out _, limits));
        Assert.Contains("10 steps", steps?.Reason);
        Assert.Contains("5 characters", output?.Reason);
    }

    /// <summary>Pieces of the language in any order: mostly nonsense, sometimes a template.</summary>
    [Fact]
    public void Any_text_is_an_error_or_a_result_within_the_limits()
    {
        var piece = Gen.Elements(
            "{{",
            "}}",
            "{{-",
            "-}}",
            " -}}",
            "{{- ",
            "/*",
            "*/",
            " ",
            "\n",
            "(",
            ")",
            "|",
            ".",
            "..",
            ".a",
            ".Alerts",
            "$",
            "$x",
            " := ",
            " = ",
            ",",
            ":",
            "if ",
            "else",
            "else if ",
            "end",
            "range ",
            "with ",
            "define ",
            "template ",
            "block ",
            "break",
            "continue",
            "nil",
            "true",
            "print ",
            "printf ",
            "index ",
            "len ",
            "slice ",
            "list ",
            "eq ",
            "and ",
            "\"a\"",
            "\"",
            "`",
            "'a'",
            "'",
            "\\",
            "\"%[3]*.[2]*[1]f\"",
            "\"%99999999d\"",
            "\"%v %d\"",
            "1",
            "-",
            "0x",
            "1e9",
            "1_0",
            "é",
            "🔥",
            "\ud83d",
            "\0",
            "{{if .}}",
            "{{end}}",
            "{{range 3}}",
            "{{else}}",
            "{{.}}",
            "{{$x := 1}}"
        );
        var limits = new TemplateLimits { Steps = 20_000, Characters = 50_000 };

        Properties.ForAll(
            Gen.OneOf(piece.ListOf().Select(pieces => string.Concat(pieces)), Properties.Text),
            template =>
            {
                foreach (var text in (string[])[template, "{{" + template + "}}"])
                {
                    var result = Templates.RenderText(text, "data", Environment, out var fault, limits);
                    Assert.True(result is null != fault is null, text);
                    Assert.True(result is null || result.Length <= limits.Characters, text);
                    Assert.True(result is null || Utf8.IsProper(result), text);
                    Assert.True(
                        fault is null || fault.Reason.Length > 0 && fault.ToString().Length < 2_000 + text.Length,
                        text
                    );
                }
            },
            tests: 3_000
        );
    }
}
