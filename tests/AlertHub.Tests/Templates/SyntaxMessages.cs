using AlertHub.Templates;

namespace AlertHub.Tests.Templates;

/// <summary>What is said of a text that does not parse: what to do, and where to look.</summary>
public sealed class SyntaxMessages
{
    [Theory]
    [InlineData("{{ .CommonAnnotations.summary }", "1:31 this action is closed with }}, not with a single }")]
    [InlineData("{{ .Foo\ntext {{ .Bar }}", "2:1 there is no function \"text\"")]
    [InlineData("{{ .Foo\n{{ .Bar }}", "2:1 the action that begins in line 1 is not closed; put }} before this")]
    [InlineData("a\n{{ .Foo ", "2:9 this action has no end; close it with }}")]
    [InlineData(
        "{{ define \"a\" }}\nx\n{{ define \"b\" }}{{ end }}",
        "3:4 a define cannot stand inside a block: the {{ define \"a\" }} of line 1 has no {{ end }}, or a block in it has none"
    )]
    [InlineData(
        "\n{{ if .A }}{{ range .B }}\n{{ end }}",
        "3:10 the {{ if .A }} of line 2 has no {{ end }}, or a block in it has none"
    )]
    [InlineData("{{ if .A }}{{ else }}\n", "2:1 the {{ if .A }} of line 1 has no {{ end }}, or a block in it has none")]
    [InlineData("{{ define slack.acme.text }}{{ end }}", "1:11 the name stands in quotes: \"slack.acme.text\"")]
    [InlineData("{{ template slack-text . }}", "1:13 the name stands in quotes: \"slack-text\"")]
    [InlineData("{{ template .Name . }}", "1:13 a template action begins with a name in quotes, not with \".Name\"")]
    [InlineData("{{ .Status | toupper }}", "1:14 there is no function \"toupper\"; did you mean \"toUpper\"?")]
    [InlineData("{{ Status }}", "1:4 there is no function \"Status\"; a field has a dot before it: .Status")]
    [InlineData("{{ eq .Status 'firing' }}", "1:15 ")]
    [InlineData(
        "a {{ end }}",
        "1:6 this {{ end }} has nothing that it belongs to; remove it, or open its if, with, range or define"
    )]
    [InlineData("é {{ $x }}", "1:6 there is no variable \"$x\" here; declare it with $x := value")]
    public void A_message_says_what_to_do_and_where(string text, string expected)
    {
        var fault = NotificationTemplates.Load([], out _)!.Check(text)!;
        var at = fault.At!.Value;
        var column = at.Offset - at.Source.Text[..at.Offset].LastIndexOf('\n');

        Assert.StartsWith(expected, $"{at.Line}:{column} {fault.Reason}", StringComparison.Ordinal);
        Assert.StartsWith("template: :", fault.ToString(), StringComparison.Ordinal);
    }
}
