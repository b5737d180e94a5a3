using System.Diagnostics;
using Amazon.Lambda.Core;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class LambdaProcessTests
{
    private static Process Start(LambdaRuntimeApi? api, params string[] args)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(FunctionProgram).Assembly.Location, .. args]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api?.Endpoint;
        start.Environment["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
        return Process.Start(start) ?? throw new InvalidOperationException();
    }

    [Fact]
    public async Task A_function_takes_its_settings_from_the_environment_and_logs_to_standard_output()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        using var process = Start(api);

        var result = await api.InvokeAsync("{}", new() { RequestId = "r-1", TraceId = "Root=1-2" });
        var line = await process.StandardOutput.ReadLineAsync();
        process.Kill();
        await process.WaitForExitAsync();

        Assert.Equal("{}", result.Text);
        Assert.EndsWith(
            ""","level":"Warning","requestId":"r-1","traceId":"Root=1-2","message":"traced by Root=1-2","trace":"Root=1-2"}""",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_function_that_cannot_start_says_so_to_Lambda_and_exits_with_an_error()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        using var process = Start(api, "fails-to-start");

        var error = await api.InitError;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(("FormatException", "'SLACK_WEBHOOK_URL' is not a URL."), (error.Type, error.Message));
        Assert.Contains("\"level\":\"Critical\"", output, StringComparison.Ordinal);
        Assert.NotEqual(0, process.ExitCode);
    }

    [Fact]
    public async Task A_broken_sandbox_ends_the_process_with_an_error()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        api.Broken = true;
        using var process = Start(api);

        await process.WaitForExitAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("answered 500", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_Lambda_the_process_says_what_is_missing()
    {
        using var process = Start(api: null);

        await process.WaitForExitAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains(
            "'AWS_LAMBDA_RUNTIME_API' is not set.",
            await process.StandardError.ReadToEndAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_logger_that_knows_only_lines_gets_every_record_as_one()
    {
        ILambdaLogger logger = new Lines();

        logger.LogInformation("a {b}", 1);
        logger.LogError(new FormatException("c"), "d");
        logger.Log("warn", "e");

        Assert.Equal(["a {b}", "d", "System.FormatException: c", "e"], ((Lines)logger).Written);
    }

    private sealed class Lines : ILambdaLogger
    {
        public List<string> Written { get; } = [];

        public void Log(string message) => Written.Add(message);

        public void LogLine(string message) => Written.Add(message);
    }
}
