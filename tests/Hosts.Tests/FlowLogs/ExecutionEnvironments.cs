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
        await using var echo = Echo();
        await echo.InvokeAsync("{}"u8.ToArray());
        var process = echo.Process!;
        // Nothing but the kernel makes it slow.
        process.Signal(19);

        var result = await echo.InvokeAsync("{}"u8.ToArray(), new() { Timeout = TimeSpan.FromMilliseconds(1) });

        Assert.Equal("Sandbox.Timedout", result.Error?.Type);
        Assert.Null(echo.Process);
        Assert.Equal("4", (await echo.InvokeAsync("4"u8.ToArray())).Text);
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
