using System.Diagnostics;
using System.Runtime.InteropServices;
using Amazon.CDK.AWS.S3.Assets;

namespace Infra;

/// <summary>The published functions, as the folder that becomes Lambda's zip file.</summary>
/// <remarks>
/// The managed package is published by the <c>build</c> command of cdk.json, which runs before the synthesis. That command
/// cannot see the context, so the native one is published from here, by the one who can.
/// </remarks>
internal static class FunctionPackage
{
    public const string Assembly = "AlertHub.Lambda";
    private const string ManagedFolder = "artifacts/package/managed";

    /// <summary>
    /// What stays out of the zip file: symbols, documentation, and the executable that the SDK puts beside a portable
    /// assembly, which is the one file that depends on the machine.
    /// </summary>
    public static AssetOptions AssetOptions { get; } = new() { Exclude = ["*.pdb", "*.dbg", "*.xml", Assembly] };

    /// <summary>The folder with the published functions, or what is wrong with it, as a sentence.</summary>
    public static (string Folder, string? Problem) For(Deployment deployment) =>
        deployment.Packaging == Packaging.Native ? PublishNative(deployment.Architecture) : FindManaged();

    private static (string, string?) FindManaged()
    {
        var assembly = Path.Combine(ManagedFolder, $"{Assembly}.dll");
        return (
            ManagedFolder,
            File.Exists(assembly)
                ? null
                : $"\"{assembly}\" is missing: run cdk in the folder of cdk.json, whose \"build\" command publishes it."
        );
    }

    private static (string, string?) PublishNative(Architecture architecture)
    {
        var runtime = architecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var output = $"artifacts/package/native-{runtime}-publish";
        var folder = $"artifacts/package/native-{runtime}";
        string[] arguments =
        [
            "publish",
            $"functions/{Assembly}",
            "--output",
            output,
            "-p:HubPackaging=native",
            "-p:DebugType=none",
            "-p:IncludeSourceRevisionInInformationalVersion=false",
            "--nologo",
            "--verbosity",
            "quiet",
        ];
        using var publish = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) };
        publish.Start();
        publish.WaitForExit();
        if (publish.ExitCode != 0)
        {
            return (folder, "The native build failed; what the compiler said stands above.");
        }

        Directory.CreateDirectory(folder);
        var bootstrap = Path.Combine(folder, "bootstrap");
        File.Copy(Path.Combine(output, Assembly), bootstrap, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(bootstrap, (UnixFileMode)0b111_101_101);
        }

        return (folder, null);
    }
}
