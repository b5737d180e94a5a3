using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertHub.Lambda;
using Tests.Support;

namespace Infra.Tests;

/// <summary>The command a person types, from publishing the functions to cdk.out.</summary>
public sealed partial class CdkSynthTests
{
    [Fact]
    public async Task One_command_publishes_and_synthesizes_what_sam_local_can_run()
    {
        var output = Directory.CreateTempSubdirectory("cdk-out-");
        try
        {
            var (status, said) = await Cdk.RunAsync(
                "synth",
                "--quiet",
                "--output",
                output.FullName,
                "-c",
                "guard=true",
                "-c",
                "flowLogs=true",
                "-c",
                "flowVpcs=vpc-0123456789abcdef0",
                "-c",
                "flowHecUrl=https://splunk.example.org:8088"
            );
            Assert.True(status == 0, said);
            Assert.DoesNotContain("end-of-life", said, StringComparison.Ordinal);

            await CanRunAsync(output.FullName, Stacks.MonitoredApp, Names.SlackNotifier);
            await CanRunAsync(output.FullName, Stacks.Guard, SecurityGroupGuard.Names.Guard);
            await CanRunAsync(output.FullName, Stacks.FlowLogs, FlowLogs.Names.Stream);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static async Task CanRunAsync(string output, string stack, string name)
    {
        var template = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, $"{stack}.template.json")))!;
        var function = template["Resources"]![name]!;
        Assert.Equal("AWS::Lambda::Function", (string?)function["Type"]);
        Assert.Equal("dotnet10", (string?)function["Properties"]!["Runtime"]);
        Assert.Equal($"{stack}/{name}/Resource", (string?)function["Metadata"]!["aws:cdk:path"]);

        var code = Path.Combine(output, (string)function["Metadata"]!["aws:asset:path"]!);
        var files = Directory.GetFiles(code).Select(path => Path.GetFileName(path)).ToList();
        var handler = (string?)function["Properties"]!["Handler"];
        Assert.Contains($"{handler}.dll", files);
        Assert.Contains($"{handler}.runtimeconfig.json", files);
        Assert.Contains($"{handler}.deps.json", files);
        Assert.All(files, file => Assert.Matches(@"\.(dll|json)$", file));
    }

    [Fact]
    public async Task Bad_context_ends_in_sentences_and_a_status()
    {
        var (status, said) = await Cdk.RunAsync("synth", "-c", "memory=1", "-c", "packaging=zip");

        Assert.NotEqual(0, status);
        Assert.Contains("Context \"memory\": \"1\" is not 128 to 10240 megabytes.", said, StringComparison.Ordinal);
        Assert.Contains(
            "Context \"packaging\": \"zip\" is not one of managed, native.",
            said,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_commands_are_the_tested_ones()
    {
        var document = File.ReadAllText(Path.Combine(Cdk.Root(), "infra", "README.md"));

        Assert.Contains($"npx {Cdk.Pinned} synth", document, StringComparison.Ordinal);
        Assert.Contains(
            $"sam local invoke {Names.SlackNotifier} -t cdk.out/MonitoredApp.template.json -e ",
            document,
            StringComparison.Ordinal
        );
        Assert.All(
            SampleEvent().Matches(document),
            path =>
                Assert.True(File.Exists(Path.Combine(Cdk.Root(), path.Value)), $"\"{path}\" is documented and missing.")
        );
    }

    [GeneratedRegex(@"\bevents/[\w/-]+\.json")]
    private static partial Regex SampleEvent();
}
