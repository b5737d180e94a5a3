using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs;

/// <summary>What becomes of an environment whose process ends, or is too slow.</summary>
public sealed class ExecutionEnvironments
{
    [Fact]
    public async Task A_process_that_waits_gets_the_next_event_and_one_that_is_gone_is_replaced()
    {
        await using var echo = Echo();
        Assert.Equal("1", (await echo.InvokeAsync("1"u8.ToArray())).Text);
        Assert.Equal("2", (await echo.InvokeAsync("2"u8.ToArray())).Text);
        Assert.Equal(1, echo.Starts);

        echo.Process!.Signal(ChildProcess.Kill);
        await echo.Process.ExitAsync();

        Assert.Equal("3", (await echo.InvokeAsync("3"u8.ToArray())).Text);
        Assert.Equal(2, echo.Starts);
        Assert.Contains("traced by", echo.Former[0].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_while_it_works_waits()
    {
        await using var echo = Echo();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(i => echo.InvokeAsync(Encoding.UTF8.GetBytes($"{i}")))
        );

        Assert.Equal(["0", "1", "2", "3", "4"], results.Select(static result => result.Text));
        Assert.Equal(1, echo.Starts);
    }

    [Fact]
    public async Task A_process_that_ends_while_it_works_has_failed()
    {
        await using var dies = new ExecutionEnvironment(static _ => ChildProcess.Start("sh", ["-c", "exit 3"]));

        var result = await dies.InvokeAsync("{}"u8.ToArray());

        Assert.Equal(
            ("Runtime.ExitError", "Error: Runtime exited with error: exit status 3"),
            (result.Error?.Type, result.Error?.Message)
        );
        Assert.Null(dies.Process);
    }

    [Fact]
    public async Task A_process_that_takes_too_long_is_ended()
    {
        await using var silent = new ExecutionEnvironment(static endpoint =>
            ChildProcess.Start(
                "node",
                [
                    "-e",
                    $"fetch('http://{endpoint}/2018-06-01/runtime/invocation/next'); const p = process.ppid; setInterval(() => p === process.ppid || process.exit(), 500)",
                ]
            )
        );
        for (var i = 1; i <= 2; i++)
        {
            var result = await silent.InvokeAsync("{}"u8.ToArray(), new() { Timeout = TimeSpan.FromMilliseconds(1) });

            Assert.Equal("Task timed out after 0.001 seconds", result.Error?.Message);
            Assert.Null(silent.Process);
            Assert.Equal(i, silent.Starts);
        }
    }

    private static ExecutionEnvironment Echo() =>
        new(static endpoint =>
            ChildProcess.Start(
                "dotnet",
                ["exec", typeof(FunctionProgram).Assembly.Location],
                new Dictionary<string, string?> { ["AWS_LAMBDA_RUNTIME_API"] = endpoint }
            )
        );
}
