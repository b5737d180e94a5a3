using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda;

/// <summary>
/// A function as <c>cdk synth</c> describes it, run the way SAM CLI and Lambda run it: the template says which program,
/// from which folder, with which environment.
/// </summary>
internal sealed class SynthesizedFunction
{
    private readonly AppAssembly assembly;
    private readonly JsonNode function;

    public SynthesizedFunction(AppAssembly assembly)
    {
        this.assembly = assembly;
        var template = File.ReadAllText(Path.Combine(assembly.Folder, "MonitoredApp.template.json"));
        function = JsonNode.Parse(template)!["Resources"]![AlertHub.Lambda.Names.SlackNotifier]!;
    }

    private string Code => Path.Combine(assembly.Folder, (string)function["Metadata"]!["aws:asset:path"]!);

    /// <summary>Starts it against a Runtime API, with the template's environment and what comes on top.</summary>
    public ChildProcess Start(LambdaRuntimeApi api, IReadOnlyDictionary<string, string?> environment)
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
