using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Amazon.CDK.Assertions;

namespace Infra.Tests.Support;

/// <summary>
/// The stacks, synthesized once for all tests: starting jsii and synthesizing takes seconds. The published function is a
/// folder with an empty file.
/// </summary>
public sealed class Synthesis : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("infra-tests-");

    public Synthesis()
    {
        foreach (
            var file in (string[])
                ["AlertHub.Lambda.dll", "AlertHub.Lambda", "AlertHub.pdb", "AlertHub.xml", "bootstrap"]
        )
        {
            File.WriteAllText(Path.Combine(folder.FullName, file), "");
        }

        Default = Synthesize("Default", []);
        Chosen = Synthesize(
            "Chosen",
            new()
            {
                ["emails"] = "ana@example.org, rui@example.org",
                ["packaging"] = "native",
                ["memory"] = 1024d,
                ["timeout"] = "60",
                ["logRetention"] = 7d,
                ["tracing"] = true,
                ["slackWebhook"] = "ssm:/team/slack",
                ["platform"] = Some.PlatformArn,
            }
        );
    }

    /// <summary>Nothing chosen.</summary>
    public SynthesizedTemplate Default { get; }

    /// <summary>Everything chosen otherwise than by default.</summary>
    public SynthesizedTemplate Chosen { get; }

    /// <summary>Both, for the rules that any stack must keep.</summary>
    public IReadOnlyList<SynthesizedTemplate> All => [Default, Chosen];

    public void Dispose() => folder.Delete(recursive: true);

    private SynthesizedTemplate Synthesize(string name, Dictionary<string, object> context)
    {
        var app = Some.App(context);
        var (deployment, problems) = Deployment.Read(key => app.Node.TryGetContext(key), Architecture.X64, linux: true);
        Assert.Empty(problems);
        var stack = new MonitoredAppStack(app, name, deployment!, folder.FullName);
        var assembly = app.Synth();
        var text = File.ReadAllText(Path.Combine(assembly.Directory, $"{name}.template.json"));
        return new SynthesizedTemplate(Template.FromStack(stack), JsonNode.Parse(text)!.AsObject(), assembly.Directory);
    }
}

[CollectionDefinition(nameof(Synthesis))]
public sealed class SynthesisGroup : ICollectionFixture<Synthesis>;
