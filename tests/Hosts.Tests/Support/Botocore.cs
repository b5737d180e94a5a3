using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Support;

/// <summary>Asks botocore, AWS's own client for Python, as Debian's python3-botocore has it.</summary>
internal static class Botocore
{
    /// <param name="questions">See botocore_serialize.py.</param>
    public static Task<JsonElement[]> AskAsync(params JsonObject[] questions) =>
        AskAsync("Amazon/botocore_serialize.py", questions);

    /// <param name="script">From the folder of this project.</param>
    /// <param name="questions">As the script has them.</param>
    public static async Task<JsonElement[]> AskAsync(string script, IEnumerable<JsonObject> questions)
    {
        using var python = new Process
        {
            // Not just any python3: Debian's package is for Debian's.
            StartInfo = new("/usr/bin/python3", [Script(script)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        python.Start();
        var output = python.StandardOutput.ReadToEndAsync();
        var errors = python.StandardError.ReadToEndAsync();
        await python.StandardInput.WriteAsync(new JsonArray([.. questions]).ToJsonString());
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        return python.ExitCode == 0
            ? [.. JsonDocument.Parse(await output).RootElement.EnumerateArray()]
            : throw new InvalidOperationException($"{script} failed: {await errors}");
    }

    private static string Script(string script, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "..", script);
}
