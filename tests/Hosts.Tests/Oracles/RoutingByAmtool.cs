using AlertHub.Alerts;
using AlertHub.Routing;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>Generated trees and label sets, walked here and by <c>amtool config routes test</c>.</summary>
public sealed class RoutingByAmtool : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_reaches_the_same_receivers_in_the_same_order()
    {
        var walks = await Task.WhenAll(Enumerable.Range(1, 10).Select(WalkAsync));

        Assert.True(walks.Sum(distinct => distinct) > 40, "alerts that all go one way prove nothing");
    }

    /// <summary>How many different sets of receivers the alerts of one tree reached.</summary>
    private async Task<int> WalkAsync(int seed)
    {
        var generated = new GeneratedRoutes(seed);
        var config = generated.Tree();
        var tree = RoutingTree.Compile(config);
        var file = folder.File($"{seed}.yml");
        await File.WriteAllTextAsync(file, RouteYaml.Of(config));

        var alerts = Enumerable.Range(0, 20).Select(_ => generated.Alert()).Distinct().ToArray();
        var answers = await Task.WhenAll(alerts.Select(alert => AskAsync(file, alert)));

        Assert.Equal(
            alerts.Zip(answers, (alert, answer) => $"tree {seed}: {alert} reaches {answer}"),
            alerts.Select(alert =>
                $"tree {seed}: {alert} reaches {string.Join(',', tree.Match(alert).Select(n => n.Options.Receiver))}"
            )
        );
        return answers.Distinct().Count();
    }

    private static async Task<string> AskAsync(string file, Labels alert)
    {
        var answer = await Amtool.AskAsync([
            "config",
            "routes",
            "test",
            $"--config.file={file}",
            .. alert.Select(label => $"{label.Name}=\"{label.Value}\""),
        ]);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return answer.Output.Trim();
    }

    public void Dispose() => folder.Dispose();
}
