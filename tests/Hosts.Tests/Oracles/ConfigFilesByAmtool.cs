using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Configuration;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>The verdicts of amtool on the files of Cases/configs, on files made from them, and on what we print of them.</summary>
public sealed partial class ConfigFilesByAmtool
{
    private static readonly SampleConfig[] Good = [.. SampleConfig.Read("good.yml")];
    private static readonly SampleConfig[] Bad = [.. SampleConfig.Read("bad.yml")];

    [Fact]
    public async Task It_accepts_and_refuses_the_same_files_but_for_what_came_after_its_version()
    {
        SampleConfig[] files = [.. Good, .. Bad];

        var verdicts = await ConfigVerdicts.OfAsync([.. files.Select(f => Encoding.UTF8.GetBytes(f.Text))]);

        Assert.All(
            files.Zip(verdicts),
            pair =>
            {
                var (file, objection) = pair;
                var said = objection switch
                {
                    null => "accepts",
                    "crashes" => objection,
                    _ => "refuses",
                };
                var ours = file.ErrorLines.Count == 0 ? "accepts" : "refuses";
                var expected = file.Difference.Length == 0 ? ours : file.Difference.Split(' ', ',')[1];
                Assert.True(expected == said, $"{file.Name}: amtool {said} it: {objection}");
            }
        );
    }

    /// <summary>What it says of keys and types has lines; a rule that is broken has none.</summary>
    [Fact]
    public async Task Where_it_names_lines_they_are_among_those_that_we_name()
    {
        SampleConfig[] files = [.. Bad.Where(f => f.Difference.Length == 0)];

        var verdicts = await ConfigVerdicts.OfAsync([.. files.Select(f => Encoding.UTF8.GetBytes(f.Text))]);

        Assert.All(
            files.Zip(verdicts),
            pair =>
            {
                var theirs = Lines().Matches(pair.Second ?? "").Select(m => int.Parse(m.Groups[1].Value, null));
                Assert.Subset(pair.First.ErrorLines.ToHashSet(), theirs.ToHashSet());
            }
        );
    }

    [Fact]
    public async Task It_accepts_what_is_printed_of_them()
    {
        string[] printed =
        [
            .. Good.Where(f => f.Difference.Length == 0)
                .Select(f => AlertmanagerConfig.Load(f.Text, f.Name, out _)!.Print()),
        ];

        var verdicts = await ConfigVerdicts.OfAsync([.. printed.Select(Encoding.UTF8.GetBytes)]);

        Assert.All(printed.Zip(verdicts), pair => Assert.True(pair.Second is null, $"{pair.Second}\n{pair.First}"));
    }

    /// <summary><c>MUTATIONS="seed,count" dotnet test</c> tries others.</summary>
    [Fact]
    public async Task It_says_the_same_of_files_with_something_changed()
    {
        var (seed, count) = Environment.GetEnvironmentVariable("MUTATIONS")?.Split(',') is [var s, var c]
            ? (int.Parse(s, null), int.Parse(c, null))
            : (1, 600);
        var random = new Random(seed);
        SampleConfig[] originals = [.. Good.Where(f => f.Difference.Length == 0)];
        string[] mutations =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => MutatedConfig.Of(originals[random.Next(originals.Length)].Text, random)),
        ];

        var verdicts = await ConfigVerdicts.OfAsync([.. mutations.Select(Encoding.UTF8.GetBytes)]);

        string[] disagreements =
        [
            .. mutations.Zip(verdicts).Select(pair => Disagreement(pair.First, pair.Second)).OfType<string>(),
        ];
        Assert.True(disagreements.Length == 0, string.Join('\n', disagreements));
    }

    private static string? Disagreement(string text, string? objection)
    {
        var refused = AlertmanagerConfig.Load(text, "", out var problems) is null;
        var isKnown = refused
            ? objection is null && problems.Any(IsStricter)
            : objection is not null && IsYounger(objection, text);
        return refused == objection is not null || isKnown
            ? null
            : $"--- amtool: {objection ?? "accepts"}\n{string.Join('\n', problems)}\n{text}";
    }

    /// <summary>
    /// 0.25 knows no UTF-8 in the names of labels, nor the grammar of matchers that came with it; it wants a secret for
    /// OAuth 2.0; and a webhook's address was no secret, so that it must be one even where a marshalled form is loaded.
    /// </summary>
    private static bool IsYounger(string objection, string text) =>
        objection.StartsWith("bad matcher format", StringComparison.Ordinal)
        || objection.StartsWith("matcher value contains", StringComparison.Ordinal)
        || objection.Contains("is not a valid label name", StringComparison.Ordinal)
        || objection.EndsWith("in group_by list", StringComparison.Ordinal)
        || objection.StartsWith("either oauth2 client_secret", StringComparison.Ordinal)
        || (objection.StartsWith("unsupported scheme", StringComparison.Ordinal) && text.Contains("url: <secret>"));

    /// <summary>
    /// A client's certificate needs its key since 0.26. YAML 1.2 wants a quoted text that goes on in the next line to be
    /// indented there, and a directive to stand behind an ended document; yaml.v2 does not care.
    /// </summary>
    private static bool IsStricter(Problem problem) =>
        problem.Path.EndsWith("tls_config", StringComparison.Ordinal)
        || problem.Message.Contains("is closed only in line", StringComparison.Ordinal)
        || problem.Message.Contains("while scanning a version directive", StringComparison.Ordinal);

    [GeneratedRegex(@"line (\d+): (?:field .* not found|field .* already set|key .* already set|cannot unmarshal)")]
    private static partial Regex Lines();
}
