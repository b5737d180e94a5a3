using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class LambdaLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, 5, TimeSpan.Zero);

    private static async Task<string[]> LogAsync(Action<ILambdaLogger> write, params (string, string)[] variables)
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream _, ILambdaContext context) =>
                {
                    write(context.Logger);
                    return Task.CompletedTask;
                }
            ),
            variables.ToDictionary(variable => variable.Item1, variable => variable.Item2),
            new FixedTime(Noon)
        );
        var result = await api.InvokeAsync("{}", new() { RequestId = "r-1", TraceId = "Root=1" });
        Assert.Null(result.Error);
        return function.LogLines;
    }

    [Fact]
    public async Task Text_lines_carry_time_request_and_level()
    {
        var lines = await LogAsync(log =>
        {
            log.LogLine("plain");
            log.LogInformation("info");
            log.LogWarning("warn");
            log.LogError("fail");
            log.LogCritical("crit");
            log.Log("warn", "by name");
        });

        Assert.Equal(
            [
                "2026-01-02T12:00:00.005Z\tr-1\tplain",
                "2026-01-02T12:00:00.005Z\tr-1\tinfo\tinfo",
                "2026-01-02T12:00:00.005Z\tr-1\twarn\twarn",
                "2026-01-02T12:00:00.005Z\tr-1\tfail\tfail",
                "2026-01-02T12:00:00.005Z\tr-1\tcrit\tcrit",
                "2026-01-02T12:00:00.005Z\tr-1\twarn\tby name",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_record_of_several_lines_stays_one_record()
    {
        var lines = await LogAsync(log => log.LogError(new FormatException("two\nlines"), "first\r\nsecond"));

        var line = Assert.Single(lines);
        Assert.EndsWith("\tfirst\rsecond\rSystem.FormatException: two\rlines", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "TRACE", 6)]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "DEBUG", 5)]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "INFO", 4)]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "WARN", 3)]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "ERROR", 2)]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "FATAL", 1)]
    [InlineData("AWS_LAMBDA_LOG_LEVEL", "nonsense", 4)]
    [InlineData("AWS_LAMBDA_HANDLER_LOG_LEVEL", "Warning", 3)]
    public async Task Levels_below_the_configured_one_are_left_out(string variable, string level, int expected)
    {
        var lines = await LogAsync(
            log =>
            {
                log.LogTrace("1");
                log.LogDebug("2");
                log.LogInformation("3");
                log.LogWarning("4");
                log.LogError("5");
                log.LogCritical("6");
            },
            (variable, level)
        );

        Assert.Equal(expected, lines.Length);
    }

    [Theory]
    [InlineData("{a} and {b}", "1 and x")]
    [InlineData("{0} and {1} and {0}", "1 and x and 1")]
    [InlineData("{{a}} {a:000}", "{a} 001")]
    [InlineData("{a} {b} {c}", "1 x {c}")]
    [InlineData("{a", "{a")]
    [InlineData("100 %}", "100 %}")]
    public async Task Arguments_take_the_place_of_their_names(string template, string expected)
    {
        var line = Assert.Single(await LogAsync(log => log.LogInformation(template, 1, "x")));

        Assert.Equal(expected, line.Split('\t')[3]);
    }

    [Fact]
    public async Task A_message_without_arguments_is_left_as_it_is()
    {
        var line = Assert.Single(await LogAsync(log => log.LogInformation("{\"json\": {{}}}")));

        Assert.Equal("{\"json\": {{}}}", line.Split('\t')[3]);
    }

    [Fact]
    public async Task JSON_records_have_the_keys_of_the_official_runtime()
    {
        var lines = await LogAsync(
            log =>
            {
                log.LogLine("plain");
                log.LogWarning("sent {count} to {channel} at {ratio}, {ok}", 3, "slack \"x\"", 0.5, true);
                log.LogDebug("left out");
            },
            ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
            ("AWS_LAMBDA_LOG_LEVEL", "INFO")
        );

        Assert.Equal(
            [
                """{"timestamp":"2026-01-02T12:00:00.005Z","level":"Information","requestId":"r-1","traceId":"Root=1","message":"plain"}""",
                """{"timestamp":"2026-01-02T12:00:00.005Z","level":"Warning","requestId":"r-1","traceId":"Root=1","message":"sent 3 to slack \"x\" at 0.5, True","count":3,"channel":"slack \"x\"","ratio":0.5,"ok":true}""",
            ],
            lines
        );
    }

    [Fact]
    public async Task JSON_records_of_exceptions_name_type_message_and_stack()
    {
        var line = Assert.Single(
            await LogAsync(
                log => log.LogError(new FormatException("two\nlines"), "failed"),
                ("AWS_LAMBDA_LOG_FORMAT", "JSON")
            )
        );

        Assert.EndsWith(
            ""","level":"Error","requestId":"r-1","traceId":"Root=1","message":"failed","errorType":"System.FormatException","errorMessage":"two\nlines","stackTrace":["System.FormatException: two","lines"]}""",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Before_the_first_invocation_a_record_has_no_request()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder
                .Create((Stream _, ILambdaContext _) => Task.CompletedTask)
                .UseBootstrapHandler(() => throw new FormatException("bad")),
            new Dictionary<string, string> { ["AWS_LAMBDA_LOG_FORMAT"] = "JSON" },
            new FixedTime(Noon)
        );
        await Assert.ThrowsAsync<FormatException>(() => function.Running);

        Assert.StartsWith(
            """{"timestamp":"2026-01-02T12:00:00.005Z","level":"Critical","message":"The function could not be initialised.",""",
            Assert.Single(function.LogLines),
            StringComparison.Ordinal
        );
    }
}
