using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Infra;

/// <summary>A published program, as the folder that becomes Lambda's zip file.</summary>
/// <param name="Program">The program.</param>
/// <param name="Folder">Where it was published to.</param>
/// <remarks>
/// The hub's managed package is published by the <c>build</c> command of cdk.json, which runs before the synthesis. That command
/// cannot see the context, so what depends on it is published from here: a native package, and the programs of the guard and
/// of flow logs where these are chosen, so that nobody else waits for them.
/// </remarks>
internal sealed record FunctionPackage(FunctionProgram Program, string Folder)
{
    /// <summary>Paths in it do not lead to the machine that published, and no commit is in it.</summary>
    private static readonly string[] Always =
    [
        "-p:DebugType=none",
        "-p:IncludeSourceRevisionInInformationalVersion=false",
        "--nologo",
        "--verbosity",
        "quiet",
    ];

    /// <summary>The program, published, or what is wrong with it, as a sentence.</summary>
    public static (FunctionPackage Package, string? Problem) For(Deployment deployment, FunctionProgram program) =>
        deployment.Packaging == Packaging.Native ? PublishNative(program, deployment.Architecture)
        : program == FunctionProgram.Hub ? FindManaged(program)
        : PublishManaged(program);

    private static (FunctionPackage, string?) FindManaged(FunctionProgram program)
    {
        var package = Managed(program);
        var assembly = Path.Combine(package.Folder, $"{program.Assembly}.dll");
        return (
            package,
            File.Exists(assembly)
                ? null
                : $"\"{assembly}\" is missing: run cdk in the folder of cdk.json, whose \"build\" command publishes it."
        );
    }

    private static (FunctionPackage, string?) PublishManaged(FunctionProgram program)
    {
        var package = Managed(program);
        return (
            package,
            Publish(program, package.Folder)
                ? null
                : $"functions/{program.Assembly} could not be published; what the compiler said stands above."
        );
    }

    private static FunctionPackage Managed(FunctionProgram program) =>
        new(program, $"artifacts/package/{program.Prefix}managed");

    private static (FunctionPackage, string?) PublishNative(FunctionProgram program, Architecture architecture)
    {
        var runtime = architecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var package = new FunctionPackage(program, $"artifacts/package/{program.Prefix}native-{runtime}");
        var output = $"{package.Folder}-publish";
        if (!Publish(program, output, "-p:HubPackaging=native"))
        {
            return (package, "The native build failed; what the compiler said stands above.");
        }

        Directory.CreateDirectory(package.Folder);
        var bootstrap = Path.Combine(package.Folder, "bootstrap");
        File.Copy(Path.Combine(output, program.Assembly), bootstrap, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(bootstrap, (UnixFileMode)0b111_101_101);
        }

        return (package, null);
    }

    private static bool Publish(FunctionProgram program, string output, params string[] more)
    {
        using var publish = new Process
        {
            StartInfo = new ProcessStartInfo(
                "dotnet",
                ["publish", $"functions/{program.Assembly}", "--output", output, .. more, .. Always]
            ),
        };
        publish.Start();
        publish.WaitForExit();
        return publish.ExitCode == 0;
    }
}
