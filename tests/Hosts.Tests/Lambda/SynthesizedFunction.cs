using System.Text.Json.Nodes;
using Hosts.Tests.Support;
using Tests.Support;

namespace Hosts.Tests.Lambda;

/// <summary>
/// A function as <c>cdk synth</c> describes it, run the way SAM CLI and Lambda run it: the template says which program,
/// from which folder, with which environment.
/// </summary>
public abstract class SynthesizedFunction : IAsyncLifetime
{
    private readonly DirectoryInfo output = Directory.CreateTempSubdirectory("cdk-out-");
    private JsonNode function = new JsonObject();

    /// <summary>What is asked of cdk synth besides.</summary>
    protected abstract string[] Arguments { get; }

    /// <summary>Set for cdk synth.</summary>
    protected virtual IReadOnlyDictionary<string, string> ForSynth { get; } = new Dictionary<string, string>();

    private string Code => Path.Combine(output.FullName, (string)function["Metadata"]!["aws:asset:path"]!);

    public async Task InitializeAsync()
    {
        var (status, said) = await Cdk.RunAsync(
            ForSynth,
            ["synth", "--quiet", "--output", output.FullName, .. Arguments]
        );
        Assert.True(status == 0, said);
        var template = await File.ReadAllTextAsync(Path.Combine(output.FullName, "MonitoredApp.template.json"));
        function = JsonNode.Parse(template)!["Resources"]![AlertHub.Lambda.Names.SlackNotifier]!;
    }

    public Task DisposeAsync()
    {
        output.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts it against a Runtime API, with the template's environment and what comes on top.</summary>
    internal ChildProcess Start(LambdaRuntimeApi api, IReadOnlyDictionary<string, string?> environment)
    {
        var properties = function["Properties"]!;
        var handler = (string)properties["Handler"]!;
        var variables = new Dictionary<string, string?>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint,
            ["AWS_LAMBDA_LOG_FORMAT"] = (string?)properties["LoggingConfig"]!["LogFormat"],
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI",
            ["AWS_SESSION_TOKEN"] = "session",
        };
        foreach (var (name, value) in properties["Environment"]!["Variables"]!.AsObject())
        {
            variables[name] = (string?)value;
        }

        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return (string?)properties["Runtime"] == "provided.al2023"
            ? ChildProcess.Start(Path.Combine(Code, "bootstrap"), [], variables, Code)
            : ChildProcess.Start("dotnet", ["exec", Path.Combine(Code, $"{handler}.dll")], variables, Code);
    }
}

/// <summary>Portable assemblies on the runtime <c>dotnet10</c>.</summary>
public sealed class ManagedFunction : SynthesizedFunction
{
    protected override string[] Arguments => [];
}

/// <summary>
/// One executable on <c>provided.al2023</c>. Built for .NET 9, whose AOT compiler is to be had where that of .NET 10 may
/// not be; the code is the same.
/// </summary>
public sealed class NativeFunction : SynthesizedFunction
{
    protected override string[] Arguments => ["-c", "packaging=native", "--build", "true"];

    protected override IReadOnlyDictionary<string, string> ForSynth { get; } =
        new Dictionary<string, string> { ["HubTargetFramework"] = "net9.0" };
}
