using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>
/// <c>amtool template render</c> over the cases of functions, data and pages, byte by byte. What 0.25, which was built
/// with Go 1.19.8, does not have or does differently stands in the tables of newer things, and is not asked here:
/// <list type="bullet">
/// <item>labels and pairs print as Go prints maps and structs, since 0.27 as <c>name=value, …</c>;</item>
/// <item>trimSpace, safeUrl, urlUnescape, date, tz, now, since, humanizeDuration, toDate, mustToDate, toJson,
/// base64encode, base64decode, list, append, dict and routeLabels came after it;</item>
/// <item>an empty value in an attribute without quotes, and angle brackets in styles, are refused since Go 1.19.9;</item>
/// <item>values in JavaScript's template literals are an error before Go 1.22; comments like those of HTML in scripts, and
/// end tags in their strings, are understood since 1.21; addresses in meta tags are filtered since 1.26;</item>
/// <item>JSON writes U+0008 and U+000C as \b and \f since 1.22.</item>
/// </list>
/// </summary>
public sealed class PagesByAmtool
{
    [Fact]
    public Task It_calls_the_same_functions_on_the_same_data() => CompareAsync("templates-functions.txt", "text");

    [Fact]
    public Task It_escapes_pages_the_same() => CompareAsync("templates-html.txt", "html");

    private static async Task CompareAsync(string table, string type)
    {
        var cases = TemplateCase.Read(table);

        var answers = await Task.WhenAll(cases.Select(one => RenderAsync(one.Template, type)));

        Assert.Equal(
            cases.Select(one => $"{one} > {(one.IsError ? "refused" : one.Expected)}"),
            cases.Zip(answers, (one, answer) => $"{one} > {answer}")
        );
    }

    private static async Task<string> RenderAsync(string template, string type)
    {
        var answer = await Amtool.AskAsync(
            "template",
            "render",
            "--template.glob=/nowhere/*.tmpl",
            $"--template.type={type}",
            $"--template.text={template}",
            $"--template.data={TemplateCase.DataFile}"
        );
        return answer.ExitCode != 0 ? "refused"
            : answer.Output.EndsWith('\n') ? answer.Output[..^1]
            : answer.Output;
    }
}
