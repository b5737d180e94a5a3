using System.Diagnostics;

namespace Tests.Support;

/// <summary>The cdk command, run in the folder of cdk.json with nobody's credentials.</summary>
internal static class Cdk
{
    /// <summary>The version of the cdk command that the README names.</summary>
    public const string Pinned = "aws-cdk@2.1148.1";

    public static Task<(int Status, string Said)> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string>(), arguments);

    public static async Task<(int Status, string Said)> RunAsync(
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        var installed = Environment.GetEnvironmentVariable("CDK");
        string[] command = string.IsNullOrEmpty(installed) ? ["npx", "--yes", Pinned] : [installed];
        using var cdk = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], [.. command[1..], .. arguments, "--no-notices"])
            {
                WorkingDirectory = Root(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["AWS_EC2_METADATA_DISABLED"] = "true",
                    ["AWS_CONFIG_FILE"] = "/nowhere",
                    ["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere",
                },
            },
        };
        foreach (var (name, value) in environment)
        {
            cdk.StartInfo.Environment[name] = value;
        }

        cdk.Start();
        var errors = cdk.StandardError.ReadToEndAsync();
        var said = await cdk.StandardOutput.ReadToEndAsync() + await errors;
        await cdk.WaitForExitAsync();
        return (cdk.ExitCode, said);
    }

    /// <summary>The repository's folder.</summary>
    public static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "cdk.json")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No cdk.json above \"{AppContext.BaseDirectory}\".");
    }
}
