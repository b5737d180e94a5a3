using System.Text;
using AlertHub.Configuration;

namespace AlertHub.Tests.Configuration;

public sealed class Verdicts
{
    private const string Good = """
        route: {receiver: a}
        receivers: [{name: a}]
        """;

    [Fact]
    public void A_good_configuration_has_no_problems()
    {
        var verdict = Of(Good);

        Assert.False(verdict.Failed);
        Assert.Empty(verdict.Problems);
        Assert.NotNull(verdict.Config);
    }

    [Fact]
    public void Of_a_bad_one_no_template_file_is_asked_for()
    {
        var verdict = Verdict.Of(
            File("alertmanager.yml", "templates: [x]"),
            null,
            _ => throw new InvalidOperationException()
        );

        Assert.True(verdict.Failed);
        Assert.Null(verdict.Config);
    }

    [Fact]
    public void Every_template_file_that_does_not_parse_is_named_with_its_line()
    {
        var verdict = Of(
            Good + "\ntemplates: ['*.tmpl']",
            File("t/one.tmpl", "{{ define \"one\" }}\n{{ nonsense }}{{ end }}"),
            File("t/two.tmpl", "{{ define \"two\" }}{{ end }}"),
            File("t/three.tmpl", "\n\n{{ if }}")
        );

        Assert.True(verdict.Failed);
        Assert.NotNull(verdict.Config);
        Assert.Equal(
            [("t/one.tmpl", 2, true), ("t/three.tmpl", 3, true)],
            verdict.Problems.Select(p => (p.File, p.At.Line, p.IsError))
        );
    }

    [Fact]
    public void That_nothing_has_a_templates_name_is_a_warning_where_it_stands()
    {
        var verdict = Verdict.Of(
            File("alertmanager.yml", Good + "\ntemplates:\n- 'nothing/*.tmpl'"),
            null,
            glob => new(glob, [], $"no file is called {glob}") { IsMissing = true }
        );

        var problem = Assert.Single(verdict.Problems);
        Assert.Equal(
            "alertmanager.yml:4:3: warning: templates[0]: no file is called nothing/*.tmpl",
            problem.ToString()
        );
    }

    [Fact]
    public void A_template_that_cannot_be_found_for_another_reason_is_an_error() =>
        Assert.True(
            Verdict
                .Of(
                    File("alertmanager.yml", Good + "\ntemplates: ['[']"),
                    null,
                    static glob => new(glob, [], "has a [ that begins no class")
                )
                .Failed
        );

    [Fact]
    public void An_option_that_does_not_parse_as_a_template_is_a_warning()
    {
        var verdict = Of(
            """
            route: {receiver: a}
            receivers: [{name: a, slack_configs: [{api_url: 'https://x.example', title: '{{ .Foo '}]}]
            """
        );

        Assert.False(verdict.Failed);
        Assert.Equal("receivers[0].slack_configs[0].title", Assert.Single(verdict.Problems).Path);
    }

    [Fact]
    public void An_option_may_call_Alertmanagers_functions_and_templates_of_the_files()
    {
        var verdict = Of(
            """
            route: {receiver: a}
            receivers: [{name: a, slack_configs: [{api_url: 'https://x.example', title: '{{ template "mine" . }}{{ toUpper "x" }}'}]}]
            templates: ['*.tmpl']
            """,
            File("mine.tmpl", "{{ define \"mine\" }}{{ end }}")
        );

        Assert.Empty(verdict.Problems);
    }

    [Fact]
    public void What_an_option_calls_in_vain_is_a_warning_where_it_stands()
    {
        var verdict = Of(
            """
            route: {receiver: a}
            receivers:
            - name: a
              slack_configs:
              - api_url: 'https://x.example'
                title: '{{ template "mime" . }}'
                text: |-
                  {{ template "mine" . }}
                  {{ .CommonAnotations.x }}
              email_configs:
              - {to: a@b, smarthost: 'c:25', from: d@e, html: '<a href="{{ .Status }}'}
            templates: ['*.tmpl']
            """,
            File("t/mine.tmpl", "\n{{ define \"mine\" }}{{ .Statsu }}{{ end }}")
        );

        Assert.Equal(
            [
                "alertmanager.yml:6:25: warning: receivers[0].slack_configs[0].title: the template will fail when this is reached: there is no template \"mime\"; did you mean \"mine\"?",
                "alertmanager.yml:9:10: warning: receivers[0].slack_configs[0].text: the template will fail when this is reached: the notification has no \".CommonAnotations\"; did you mean \"CommonAnnotations\"?",
            ],
            verdict.Problems.Take(2).Select(p => p.ToString())
        );
        Assert.StartsWith(
            "alertmanager.yml:11:51: warning: receivers[0].email_configs[0].html: the template will fail",
            verdict.Problems[2].ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "t/mine.tmpl:2:23: warning: the template will fail when this is reached: the notification has no \".Statsu\"; did you mean \"Status\"?",
            verdict.Problems[3].ToString()
        );
        Assert.False(verdict.Failed);
    }

    [Fact]
    public void While_a_template_file_is_broken_nothing_is_said_of_what_it_may_define()
    {
        var verdict = Of(
            """
            route: {receiver: a}
            receivers: [{name: a, webhook_configs: [{url: 'http://x/{{ template "mine" . }}'}]}]
            templates: ['*.tmpl']
            """,
            File("t/mine.tmpl", "{{ define mine }}{{ end }}")
        );

        Assert.Equal(
            "t/mine.tmpl:1:11: error: the name stands in quotes: \"mine\"",
            Assert.Single(verdict.Problems).ToString()
        );
    }

    [Fact]
    public void Of_a_secret_address_nothing_is_quoted()
    {
        var verdict = Of(
            """
            route: {receiver: a}
            receivers: [{name: a, webhook_configs: [{url: 'http://x/{{ template "topsecret" . }}'}]}]
            """
        );

        var problem = Assert.Single(verdict.Problems).ToString();
        Assert.StartsWith("alertmanager.yml:2:69: warning: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_file_that_is_no_text_is_a_warning()
    {
        var verdict = Of(Good + "\ntemplates: ['*.tmpl']", new ConfigFile("t/x.tmpl", new byte[] { 65, 10, 66, 0xFF }));

        Assert.Equal(
            "t/x.tmpl:2:2: warning: this is no UTF-8 text from here on; save the template file as UTF-8",
            Assert.Single(verdict.Problems).ToString()
        );
    }

    private static Verdict Of(string text, params ConfigFile[] templates) =>
        Verdict.Of(File("alertmanager.yml", text), null, glob => new(glob, templates, null));

    private static ConfigFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
