using AlertHub.Configuration;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>
/// Cases/receivers.txt and receivers at random, judged by <c>amtool check-config</c>. Alertmanager 0.25 knows twelve of
/// the eighteen integrations and not all of their options; where it does not know a key it is no witness.
/// </summary>
public sealed class ReceiversByAmtool : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_accepts_and_refuses_the_same_receivers()
    {
        ReceiverCase[] cases = [.. ReceiverCase.All.Where(static c => !c.IsYounger)];

        var verdicts = await JudgeAsync(cases.Select(static c => c.Document));

        Assert.Equal(
            cases.Select(static c => $"{c}: {(c.IsGood ? Accepted : "refused")}"),
            cases.Zip(verdicts, static (c, v) => $"{c}: {(v == Accepted ? v : "refused")}")
        );
    }

    /// <summary>Or the mark would hide a witness.</summary>
    [Fact]
    public async Task What_is_marked_as_younger_it_does_not_know()
    {
        ReceiverCase[] cases = [.. ReceiverCase.All.Where(static c => c is { IsYounger: true, IsGood: true })];

        var verdicts = await JudgeAsync(cases.Select(static c => c.Document));

        Assert.All(verdicts, static v => Assert.Contains("not found in type", v, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_accepts_what_a_configuration_prints()
    {
        var printed = ReceiverCase
            .All.Where(static c => c is { IsYounger: false, IsGood: true })
            .Select(static c => AlertmanagerConfig.Load(c.Document, "given", out _)?.Print() ?? "");

        Assert.All(await JudgeAsync(printed), static v => Assert.Equal(Accepted, v));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_accepts_and_refuses_the_same_receivers_at_random(bool damage)
    {
        string[] kinds = [.. ReceiverCase.All.Where(static c => !c.IsYounger).Select(static c => c.Kind).Distinct()];
        string[] documents =
        [
            .. Enumerable.Range(0, 600).Select(seed => RandomReceiver.Of(kinds[seed % kinds.Length], seed, damage)),
        ];

        var verdicts = await JudgeAsync(documents);

        var witnessed = documents.Zip(verdicts).Where(static d => !NoWitness.Any(d.Second.Contains)).ToArray();
        Assert.True(witnessed.Length > 100, $"{witnessed.Length} documents that it knows");
        Assert.All(
            witnessed,
            static d =>
            {
                var config = AlertmanagerConfig.Load(d.First, "random.yml", out var problems);
                Assert.True(
                    config is not null == (d.Second == Accepted),
                    $"{d.First}\namtool: {d.Second}\nhub: {string.Join('\n', problems)}"
                );
            }
        );
    }

    private const string Accepted = "accepted";

    /// <summary>What it refuses and a younger one, or the hub, does not.</summary>
    private static readonly string[] NoWitness =
    [
        // Options that came later.
        "not found in type",
        // PagerDuty's details may be of any shape since 0.28.
        "!!seq into string",
        "!!map into string",
        // A webhook's URL may be a template since 0.30.
        "{{",
        // A reference to a secret, which the hub knows alone.
        "unsupported scheme \"env\"",
    ];

    /// <summary>Of each document: accepted, or why not. One process judges them all.</summary>
    private async Task<string[]> JudgeAsync(IEnumerable<string> documents)
    {
        var files = new List<string>();
        foreach (var document in documents)
        {
            files.Add(folder.File($"{files.Count}.yml"));
            await File.WriteAllTextAsync(files[^1], document);
        }

        var answer = await Amtool.AskAsync(["check-config", .. files]);
        var parts = answer.Output.Split("Checking '")[1..];
        return
        [
            .. files
                .Select(file =>
                    parts.Single(p => p.StartsWith($"{file}'", StringComparison.Ordinal))[(file.Length + 1)..]
                )
                .Select(static p =>
                    p.TrimStart().StartsWith("SUCCESS", StringComparison.Ordinal) ? Accepted : p.Trim()
                ),
        ];
    }

    public void Dispose() => folder.Dispose();
}
