using System.Diagnostics;

namespace Benchmarks;

/// <summary>Programs as they are deployed.</summary>
internal static class Publishing
{
    /// <param name="root">Of the repository.</param>
    /// <param name="project">Its folder there.</param>
    /// <param name="output">Where to.</param>
    /// <param name="properties">More arguments.</param>
    public static void Release(string root, string project, string output, params string[] properties)
    {
        string[] arguments = ["publish", project, "-c", "Release", "--output", output, "--nologo", "-v", "quiet"];
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", [.. arguments, .. properties]) { WorkingDirectory = root }
        )!;
        publish.WaitForExit();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"publishing into '{output}' failed; what the compiler said stands above"
            );
        }
    }
}
