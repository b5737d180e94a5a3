using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class LambdaErrorTests
{
    private static LambdaBootstrapBuilder Echo() =>
        LambdaBootstrapBuilder.Create((Stream input, ILambdaContext _) => Task.FromResult(input));

    [Fact]
    public async Task An_exception_fails_its_invocation_with_type_message_stack_and_cause_and_the_next_one_runs()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream input, ILambdaContext _) =>
                    input.Length == 1
                        ? throw new InvalidOperationException("No \"route\"", new TimeoutException("slow"))
                        : Task.FromResult(input)
            )
        );

        var failed = await api.InvokeAsync("1");
        var next = await api.InvokeAsync("22");

        Assert.Equal(("InvalidOperationException", "No \"route\""), (failed.Error?.Type, failed.Error?.Message));
        Assert.Equal("InvalidOperationException", failed.Error?.HeaderType);
        Assert.Equal("application/vnd.aws.lambda.error+json", failed.Error?.ContentType);
        Assert.Contains("\"stackTrace\":[\"at Hosts.Tests", failed.Error?.Json, StringComparison.Ordinal);
        Assert.Contains(
            """
            "cause":{"errorType":"TimeoutException","errorMessage":"slow"}
            """,
            failed.Error?.Json,
            StringComparison.Ordinal
        );
        Assert.Equal("22", next.Text);
        var line = Assert.Single(function.LogLines);
        Assert.Contains($"{failed.RequestId}\tfail\t", line, StringComparison.Ordinal);
        Assert.Contains("No \"route\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_larger_than_Lambda_takes_is_cut()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream _, ILambdaContext _) =>
                    Task.FromException<Stream>(new FormatException(new string('\u0001', 300_000)))
            )
        );

        var failed = await api.InvokeAsync("1");

        Assert.Equal("FormatException", failed.Error?.Type);
        Assert.InRange(Encoding.UTF8.GetByteCount(failed.Error?.Json ?? ""), 30_000, 256 * 1024);
    }

    [Theory]
    [InlineData(6 * 1024 * 1024 + 100, true)]
    [InlineData(6 * 1024 * 1024 + 101, false)]
    public async Task An_answer_over_six_megabytes_is_an_error_that_says_so_and_the_next_one_runs(int bytes, bool fits)
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream input, ILambdaContext _) =>
                    Task.FromResult<Stream>(input.Length == 1 ? new MemoryStream(new byte[bytes]) : input)
            )
        );

        var result = await api.InvokeAsync("1");
        var next = await api.InvokeAsync("22");

        if (fits)
        {
            Assert.Equal(bytes, result.Payload.Length);
        }
        else
        {
            Assert.Equal("Function.ResponseSizeTooLarge", result.Error?.HeaderType);
            Assert.Equal(
                "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).",
                result.Error?.Message
            );
        }

        Assert.Equal("22", next.Text);
        Assert.Equal(1, api.Connections);
    }

    [Fact]
    public async Task An_answer_that_Lambda_finds_too_large_does_not_end_the_loop()
    {
        await using var api = await LambdaRuntimeApi.StartAsync(new() { MaxResponseBytes = 4 });
        await using var function = new InProcessFunction(api, Echo());

        var result = await api.InvokeAsync("12345");
        var next = await api.InvokeAsync("1234");

        Assert.Equal("Function.ResponseSizeTooLarge", result.Error?.Type);
        Assert.Equal("1234", next.Text);
    }

    [Fact]
    public async Task An_answer_after_the_timeout_is_dropped_and_the_next_one_runs()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        var release = new TaskCompletionSource();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                async (Stream input, ILambdaContext _) =>
                {
                    await release.Task;
                    return input;
                }
            )
        );

        var late = await api.InvokeAsync("1", new() { Timeout = TimeSpan.FromMilliseconds(1) });
        release.SetResult();
        var next = await api.InvokeAsync("2");

        Assert.Equal("Sandbox.Timedout", late.Error?.Type);
        Assert.Equal("2", next.Text);
    }
}
