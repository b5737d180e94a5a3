using System.Runtime.InteropServices;
using Amazon.CDK;
using Infra;
using Environment = System.Environment;

// jsii greets the Node versions it was not tested with, or that have ended since, with a page of warning that nobody here can
// act on (the variables are jsii's own; the first lists versions).
Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20,22");
Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1");
Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "1");

var app = new App();
var (deployment, problems) = Deployment.Read(
    key => app.Node.TryGetContext(key),
    Environment.CurrentDirectory,
    RuntimeInformation.OSArchitecture,
    OperatingSystem.IsLinux()
);
if (deployment is null)
{
    return Refuse(problems);
}

var packages = new List<FunctionPackage>();
foreach (var program in Stacks.Programs(deployment))
{
    var (package, problem) = FunctionPackage.For(deployment, program);
    if (problem is not null)
    {
        return Refuse([problem]);
    }

    packages.Add(package);
}

Stacks.Add(app, deployment, packages);
app.Synth();
return 0;

static int Refuse(IEnumerable<string> problems)
{
    foreach (var problem in problems)
    {
        Console.Error.WriteLine(problem);
    }

    return 1;
}
