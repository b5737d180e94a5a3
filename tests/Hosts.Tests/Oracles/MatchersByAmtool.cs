using System.Text.Json;
using AlertHub.Matching;
using AlertHub.Tests.Support;
using AlertHub.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>
/// The tables of matchers and of regular expressions, asked of amtool 0.25: what its classic grammar reads, and which
/// expressions match which label values.
/// </summary>
public sealed class MatchersByAmtool : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_reads_the_same_in_the_classic_grammar()
    {
        string[] texts =
        [
            .. Repository.Cases("matchers.txt", '¦').Select(row => Marks(row[0])),
            .. Repository.Cases("re2-refused.txt", '¦').Select(row => $"a=~{Quoted(row[0])}"),
        ];

        var answers = await Task.WhenAll(texts.Select(ShowAsync));

        Assert.Equal(
            texts.Zip(answers, (text, answer) => $"{text} is {answer}"),
            texts.Select(t => $"{t} is {Read(t)}")
        );
    }

    /// <summary>A route for each expression, each going on to the next: one call tells of all what one value matches.</summary>
    [Fact]
    public async Task The_same_values_match_the_same_expressions()
    {
        var rows = Repository.Cases("re2.txt", '¦').ToArray();
        string[] patterns = [.. rows.Select(row => row[0]).Distinct()];
        string[] values = [.. rows.Select(row => JsonSerializer.Deserialize<string>(row[1])!).Distinct()];
        var routes = patterns.Select(
            (pattern, i) =>
                $"  - {{receiver: r{i}, continue: true, matchers: ['a=~{Quoted(pattern).Replace("'", "''")}']}}"
        );
        var receivers = patterns.Select((_, i) => $"- name: r{i}");
        var file = folder.File("expressions.yml");
        await File.WriteAllLinesAsync(
            file,
            ["route:", "  receiver: none", "  routes:", .. routes, "receivers:", "- name: none", .. receivers]
        );

        var answers = await Task.WhenAll(
            values.Select(value =>
                Amtool.AskAsync("config", "routes", "test", $"--config.file={file}", $"a={Quoted(value)}")
            )
        );

        var expressions = Array.ConvertAll(patterns, pattern => Re2.Whole(pattern, out _)!);
        Assert.Equal(
            values.Zip(answers, (value, answer) => $"\"{value}\" reaches {answer.Output.Trim()}"),
            values.Select(value =>
                $"\"{value}\" reaches {string.Join(',', expressions.Index().Where(e => e.Item.IsMatch(value)).Select(e => $"r{e.Index}").DefaultIfEmpty("none"))}"
            )
        );
    }

    private async Task<string> ShowAsync(string text, int number)
    {
        var file = folder.File($"{number}.yml");
        await File.WriteAllTextAsync(
            file,
            $"""
            route:
              receiver: x
              routes:
              - matchers: [{JsonSerializer.Serialize(text)}]
            receivers: [name: x]
            """
        );
        var answer = await Amtool.AskAsync("config", "routes", "show", $"--config.file={file}");
        if (answer.ExitCode != 0)
        {
            return "refused";
        }

        var shown = answer.Output[(answer.Output.LastIndexOf("── ", StringComparison.Ordinal) + 3)..];
        return shown.Replace("  receiver: x", "").Trim();
    }

    private static string Read(string text) =>
        MatcherSyntax.Parse(text, MatcherMode.Classic, out _, out _) switch
        {
            null => "refused",
            { Count: 0 } => "default-route",
            var matchers => MatcherSyntax.Print(matchers.Order(Matcher.Order)),
        };

    /// <summary>As the classic grammar reads it back.</summary>
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";

    private static string Marks(string text) =>
        text.Replace('␣', ' ').Replace('␤', '\n').Replace('␉', '\t').Replace('␢', '\u00a0');

    public void Dispose() => folder.Dispose();
}
