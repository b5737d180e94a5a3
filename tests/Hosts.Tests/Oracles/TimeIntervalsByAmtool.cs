using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>Every piece in Cases/time-interval-pieces.txt, in a configuration of its own for <c>amtool check-config</c>.</summary>
public sealed class TimeIntervalsByAmtool : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_accepts_and_refuses_the_same_pieces()
    {
        string[][] rows = [.. Repository.Cases("time-interval-pieces.txt")];
        for (var i = 0; i < rows.Length; i++)
        {
            await File.WriteAllTextAsync(
                Path(i),
                $$"""
                route: {receiver: a}
                receivers: [{name: a}]
                time_intervals: [{name: n, time_intervals: [{{Interval(rows[i][0], RouteYaml.Quoted(rows[i][1]))}}]}]
                """
            );
        }

        var answer = await Amtool.AskAsync(["check-config", .. Enumerable.Range(0, rows.Length).Select(Path)]);

        Assert.Equal(
            rows.Select((row, i) => $"{row[0]} {row[1]}: {(row[2].StartsWith('!') ? "FAILED" : "SUCCESS")}"),
            rows.Select((row, i) => $"{row[0]} {row[1]}: {Verdict(i)}")
        );

        string Verdict(int i) =>
            answer.Output.Contains($"Checking '{Path(i)}'  SUCCESS", StringComparison.Ordinal) ? "SUCCESS" : "FAILED";
    }

    private string Path(int row) => folder.File($"{row}.yml");

    private static string Interval(string part, string value) =>
        part switch
        {
            "start_time" => $$"""{times: [{start_time: {{value}}, end_time: "24:00"}]}""",
            "end_time" => $$"""{times: [{start_time: "00:00", end_time: {{value}}}]}""",
            "location" => $$"""{location: {{value}}}""",
            _ => $$"""{{{part}}: [{{value}}]}""",
        };

    public void Dispose() => folder.Dispose();
}
