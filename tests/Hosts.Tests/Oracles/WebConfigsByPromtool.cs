using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>promtool 2.42 judges web configurations as the programs do that share the format.</summary>
public sealed class WebConfigsByPromtool : IDisposable
{
    private readonly WebFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Its_verdict_is_ours()
    {
        files.WriteServer();
        files.Write("token", "a-long-enough-token");
        string[][] rows = [.. Repository.Cases("web-configs.txt", '¦')];
        foreach (var (row, i) in rows.Select(static (row, i) => (row, i)))
        {
            files.Write($"{i}.yml", row[1]);
        }

        await using var promtool = ChildProcess.Start(
            "/usr/bin/promtool",
            ["check", "web-config", .. rows.Select((_, i) => files.Path($"{i}.yml"))]
        );
        await promtool.ExitAsync();
        var (output, errors) = promtool.Written;
        var said = output + "\n" + errors;

        foreach (var (row, i) in rows.Select(static (row, i) => (row, i)))
        {
            var theirs = said.Contains($"{files.Path($"{i}.yml")} SUCCESS", StringComparison.Ordinal) ? "ok" : "error";
            var expected =
                row.Length > 2 ? row[2].Split(' ', ':', ';')[2]
                : row[0] == "ok" ? "ok"
                : "error";
            Assert.Equal($"{row[1]}: {expected}", $"{row[1]}: {theirs}");
            using var loaded = AlertHub.Local.Web.WebConfigFile.Load(
                files.Path($"{i}.yml"),
                TimeProvider.System,
                files.Log,
                out _
            );
            Assert.Equal($"{row[1]}: {row[0] == "ok"}", $"{row[1]}: {loaded is not null}");
        }
    }
}
