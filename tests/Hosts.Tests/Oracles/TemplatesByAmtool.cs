using System.Text;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>
/// <c>amtool template render</c> over the cases of the language: what it makes of them, byte by byte, and where it sees
/// an error. Amtool 0.25 was built with Go 1.19; what Go learned later stands in another table.
/// </summary>
public sealed class TemplatesByAmtool
{
    [Fact]
    public async Task It_renders_the_same_texts()
    {
        TemplateCase[] cases = [.. Cases.Where(one => !one.IsError)];
        // Templates that a case defines must not be seen by another one.
        var (alone, together) = (cases.Where(Defines), cases.Where(one => !Defines(one)));

        var answers = await Task.WhenAll([
            .. alone.Select(one => CompareAsync([one])),
            .. together.Chunk(40).Select(CompareAsync),
        ]);

        Assert.Equal(cases.Length, answers.Sum());
    }

    [Fact]
    public async Task It_finds_the_same_errors_in_the_same_places()
    {
        TemplateCase[] cases = [.. Cases.Where(one => one.IsError)];
        var answers = await Task.WhenAll(cases.Select(one => AskAsync(one.Template)));

        Assert.Equal(
            cases.Select(one => $"{one} > {one.Expected}"),
            cases.Zip(
                answers,
                (one, answer) =>
                    answer.Errors.Contains(one.Expected + " ", StringComparison.Ordinal)
                        ? $"{one} > {one.Expected}"
                        : $"{one} > {answer}"
            )
        );
    }

    private static IReadOnlyList<TemplateCase> Cases { get; } =
    [.. TemplateCase.Read("templates.txt"), .. TemplateCase.Read("templates-printf.txt")];

    private static bool Defines(TemplateCase one) => one.Section == "define and template";

    /// <summary>One process for many cases, each in a block of its own so that it declares its own variables.</summary>
    private static async Task<int> CompareAsync(TemplateCase[] cases)
    {
        var text = new StringBuilder(cases.Length == 1 ? cases[0].Template : "");
        foreach (var one in cases.Length == 1 ? [] : cases)
        {
            text.Append(null, $"‹{one.Line}›{{{{if true}}}}{one.Template}{{{{end}}}}");
        }

        var expected = TemplateCase.Render(text.ToString(), out var fault);
        var answer = await AskAsync(text.ToString());
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Equal(answer.Output.TrimEnd('\n'), (expected ?? fault?.ToString())?.TrimEnd('\n'));
        return cases.Length;
    }

    private static Task<Amtool.Answer> AskAsync(string template) =>
        Amtool.AskAsync(
            "template",
            "render",
            "--template.glob=/nowhere/*.tmpl",
            $"--template.text={template}",
            $"--template.data={TemplateCase.DataFile}"
        );
}
