using System.Diagnostics;
using System.IO.Enumeration;
using AlertHub.Tests.Support;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>cdk-nag's AwsSolutions pack over the templates: what it finds has a reason in Cases/cdk-nag.txt.</summary>
[Collection(nameof(Synthesis))]
public sealed class CdkNagTests(Synthesis synthesis)
{
    [Fact]
    public async Task It_finds_nothing_without_a_reason_and_no_reason_is_left_over()
    {
        var findings = await FindAsync([
            .. synthesis
                .All.Select(stack => stack.Folder)
                .Distinct()
                .SelectMany(folder => Directory.GetFiles(folder, "*.template.json"))
                .DistinctBy(File.ReadAllText),
        ]);
        var reasons = Repository
            .Cases("cdk-nag.txt")
            .Select(columns => (Pattern: $"{columns[0]} {columns[1]}", Reason: columns[2]))
            .ToList();

        Assert.All(reasons, reason => Assert.True(reason.Reason.Length > 20, $"\"{reason.Pattern}\" has no reason."));
        Assert.Equal([], findings.FindAll(finding => !reasons.Exists(reason => Covers(reason.Pattern, finding))));
        Assert.Equal([], reasons.FindAll(reason => !findings.Exists(finding => Covers(reason.Pattern, finding))));
    }

    private static bool Covers(string pattern, string finding) =>
        FileSystemName.MatchesSimpleExpression(pattern, finding, ignoreCase: false);

    private static async Task<List<string>> FindAsync(IEnumerable<string> templates)
    {
        var tools = Repository.File("artifacts", "tools");
        Assert.True(
            Directory.Exists(Path.Combine(tools, "node_modules", "cdk-nag")),
            $"cdk-nag is not in \"{tools}\"; tests/run puts it there."
        );
        using var node = new Process
        {
            StartInfo = new ProcessStartInfo(
                "node",
                [
                    Repository.File("tests", "Infra.Tests", "cdk-nag.js"),
                    Path.Combine(tools, "node_modules"),
                    .. templates.Select(file => $"{StackOf(file)}={file}"),
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        node.Start();
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string StackOf(string template) =>
        Path.GetFileName(template).Replace(".template.json", "", StringComparison.Ordinal);
}
