using System.Diagnostics;
using Hosts.Tests.Ec2;

namespace Hosts.Tests.SecurityGroups;

/// <summary>A command that the guard tells, run as a person would who pastes it.</summary>
internal static class AwsCli
{
    public static async Task RunAsync(Ec2Server server, string command)
    {
        using var shell = new Process
        {
            StartInfo = new(
                "/bin/sh",
                ["-c", command.Replace("aws ec2 ", $"/usr/bin/aws ec2 --endpoint-url {server.Url} ")]
            )
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                Environment = { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "secret" },
            },
        };
        shell.Start();
        var errors = shell.StandardError.ReadToEndAsync();
        await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{command}\n{await errors}");
    }
}
