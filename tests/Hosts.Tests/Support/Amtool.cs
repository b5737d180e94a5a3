namespace Hosts.Tests.Support;

/// <summary>Debian's amtool 0.25, which judges configurations and walks routing trees as Alertmanager does.</summary>
internal static class Amtool
{
    /// <summary>Every call is a process; more at a time than there are processors only wait for each other.</summary>
    private static readonly SemaphoreSlim Turn = new(Environment.ProcessorCount);

    public sealed record Answer(int ExitCode, string Output, string Errors);

    public static async Task<Answer> AskAsync(params IEnumerable<string> arguments)
    {
        await Turn.WaitAsync();
        try
        {
            await using var amtool = ChildProcess.Start("/usr/bin/amtool", arguments);
            var exitCode = await amtool.ExitAsync();
            var (output, errors) = amtool.Written;
            return new(exitCode, output, errors);
        }
        finally
        {
            Turn.Release();
        }
    }
}
