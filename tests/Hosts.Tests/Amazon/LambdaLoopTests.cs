using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class LambdaLoopTests
{
    private static LambdaBootstrapBuilder Echo() =>
        LambdaBootstrapBuilder.Create((Stream input, ILambdaContext _) => Task.FromResult(input));

    [Fact]
    public async Task The_answer_goes_back_to_the_invocation_that_asked()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(api, Echo());

        var first = await api.InvokeAsync("""{"n":1}""");
        var second = await api.InvokeAsync("""{"n":2}""");

        Assert.Null(first.Error);
        Assert.Equal(("""{"n":1}""", """{"n":2}"""), (first.Text, second.Text));
        Assert.Equal("application/json", first.ContentType);
        Assert.NotEqual(first.RequestId, second.RequestId);
    }

    [Fact]
    public async Task Cold_and_warm_invocations_errors_included_use_one_connection()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream input, ILambdaContext _) =>
                    input.Length == 1 ? throw new InvalidOperationException() : Task.FromResult(input)
            )
        );

        for (var i = 0; i < 20; i++)
        {
            await api.InvokeAsync(i % 3 == 0 ? "1" : "22");
        }

        Assert.Equal(1, api.Connections);
    }

    [Fact]
    public async Task A_handler_without_an_answer_answers_nothing()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create((Stream _, ILambdaContext _) => Task.CompletedTask)
        );

        var result = await api.InvokeAsync("{}");

        Assert.Null(result.Error);
        Assert.Equal(0, result.Payload.Length);
    }

    [Fact]
    public async Task A_handler_sees_the_invocation_and_its_function()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        ILambdaContext? seen = null;
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream _, ILambdaContext context) =>
                {
                    seen = context;
                    return Task.CompletedTask;
                }
            ),
            new Dictionary<string, string>
            {
                ["AWS_LAMBDA_FUNCTION_NAME"] = "notifier",
                ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
                ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256",
                ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/notifier",
                ["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/11/20/[$LATEST]abc",
            },
            new FixedTime(DateTimeOffset.UnixEpoch)
        );

        await api.InvokeAsync(
            "{}",
            new()
            {
                RequestId = "r-1",
                Deadline = DateTimeOffset.UnixEpoch.AddSeconds(7.5),
                FunctionArn = "arn:aws:lambda:eu-west-1:1:function:notifier:live",
                TraceId = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
                ClientContext =
                    """{"client":{"installation_id":"i","app_title":"t"},"custom":{"c":"1"},"env":{"locale":"de"}}""",
                CognitoIdentity = """{"cognitoIdentityId":"id","cognitoIdentityPoolId":"pool"}""",
            }
        );

        Assert.NotNull(seen);
        Assert.Equal("r-1", seen.AwsRequestId);
        Assert.Equal("arn:aws:lambda:eu-west-1:1:function:notifier:live", seen.InvokedFunctionArn);
        Assert.Equal(TimeSpan.FromSeconds(7.5), seen.RemainingTime);
        Assert.Equal(("notifier", "$LATEST", 256), (seen.FunctionName, seen.FunctionVersion, seen.MemoryLimitInMB));
        Assert.Equal(("/aws/lambda/notifier", "2026/11/20/[$LATEST]abc"), (seen.LogGroupName, seen.LogStreamName));
        Assert.Equal(
            ("i", "t", ""),
            (
                seen.ClientContext?.Client.InstallationId,
                seen.ClientContext?.Client.AppTitle,
                seen.ClientContext?.Client.AppVersionCode
            )
        );
        Assert.Equal(("1", "de"), (seen.ClientContext?.Custom["c"], seen.ClientContext?.Environment["locale"]));
        Assert.Equal(("id", "pool"), (seen.Identity?.IdentityId, seen.Identity?.IdentityPoolId));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1", function.Variables["_X_AMZN_TRACE_ID"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{not json")]
    public async Task A_caller_who_does_not_say_who_it_is_is_nobody(string? header)
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        ILambdaContext? seen = null;
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream _, ILambdaContext context) =>
                {
                    seen = context;
                    return Task.CompletedTask;
                }
            )
        );

        await api.InvokeAsync("{}", new() { ClientContext = header, CognitoIdentity = header });

        Assert.Null(seen?.ClientContext);
        Assert.Null(seen?.Identity);
        Assert.Null(function.Variables["_X_AMZN_TRACE_ID"]);
    }

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

    [Fact]
    public async Task An_initializer_that_throws_is_reported_and_ends_the_program()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            Echo().UseBootstrapHandler(() => throw new FormatException("'SLACK_WEBHOOK_URL' is not a URL."))
        );

        var exception = await Assert.ThrowsAsync<FormatException>(() => function.Running);
        var reported = await api.InitError;

        Assert.Equal("'SLACK_WEBHOOK_URL' is not a URL.", exception.Message);
        Assert.Equal(("FormatException", exception.Message), (reported.Type, reported.Message));
        Assert.Equal(
            ("FormatException", "application/vnd.aws.lambda.error+json"),
            (reported.HeaderType, reported.ContentType)
        );
        Assert.Equal(0, api.ReadyAt);
        Assert.Contains("\tcrit\t", Assert.Single(function.LogLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_initializer_that_declines_ends_the_program_quietly()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(api, Echo().UseBootstrapHandler(() => Task.FromResult(false)));

        await function.Running;

        Assert.Equal(0, api.ReadyAt);
        Assert.Empty(function.LogLines);
    }

    [Fact]
    public async Task A_broken_sandbox_ends_the_program()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        api.Broken = true;
        await using var function = new InProcessFunction(api, Echo());

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => function.Running);

        Assert.Contains("answered 500", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The sandbox is broken", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_an_invocation()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        var function = new InProcessFunction(api, Echo());
        await api.InvokeAsync("1");

        await function.DisposeAsync();

        Assert.True(function.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task One_run_is_enough_when_asked_so()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            Echo(),
            new Dictionary<string, string> { ["AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"] = "true" }
        );

        await api.InvokeAsync("1");

        await function.Running;
    }

    [Fact]
    public void Outside_of_Lambda_it_says_what_is_missing()
    {
        var builder = Echo().In(new LambdaProcess { Variable = _ => null });

        var exception = Assert.Throws<InvalidOperationException>(builder.Build);

        Assert.StartsWith("'AWS_LAMBDA_RUNTIME_API' is not set.", exception.Message, StringComparison.Ordinal);
    }
}
