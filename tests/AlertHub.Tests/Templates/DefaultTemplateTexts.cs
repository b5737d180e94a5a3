using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Templates;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Templates;

/// <summary>What each of our own templates makes of a few notifications.</summary>
public sealed class DefaultTemplateTexts
{
    private static readonly NotificationTemplates Templates =
        NotificationTemplates.Load([], out var fault) ?? throw new InvalidOperationException(fault?.ToString());

    public static TheoryData<string> Samples { get; } = [.. SampleNotifications.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_texts_are_approved(string sample)
    {
        var data = SampleNotifications.All[sample];
        var texts = new StringBuilder();
        foreach (var name in Names.Order(StringComparer.Ordinal))
        {
            var text = Templates.RenderText(
                $$$"""{{ template "{{{name}}}" {{{Argument(name)}}} }}""",
                data,
                out var fault
            );
            Assert.True(text is not null, $"{name}: {fault}");
            texts.Append(null, $"==== {name} ({text.Length} characters)\n{text}\n");
        }

        Approved.Matches($"Templates/{sample}.txt", texts.ToString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_mail_is_approved(string sample)
    {
        var mail = Templates.RenderHtml(
            """{{ template "email.default.html" . }}""",
            SampleNotifications.All[sample],
            out var fault
        );

        Assert.Null(fault);
        Approved.Matches($"Templates/{sample}.html", mail!);
    }

    [Fact]
    public void Every_template_that_an_integration_calls_by_default_is_there() =>
        Assert.All(
            Regex
                .Matches(
                    File.ReadAllText(Repository.TestFile("Cases", "integration-options.txt")),
                    "template \"([^\"]+)\""
                )
                .Select(match => match.Groups[1].Value)
                .Distinct(),
            name => Assert.Contains(name, Templates.Names)
        );

    private static IEnumerable<string> Names =>
        Templates.Names.Where(static name =>
            name.Contains(".default.", StringComparison.Ordinal) && name != "email.default.html"
            || name
                is "__subject"
                    or "__description"
                    or "__text_alert_list"
                    or "__text_alert_list_markdown"
                    or "__alertmanager"
                    or "__alertmanagerURL"
        );

    private static string Argument(string name) =>
        name is "__text_alert_list" or "__text_alert_list_markdown" or "pagerduty.default.instances" ? ".Alerts" : ".";
}
