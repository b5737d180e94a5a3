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
