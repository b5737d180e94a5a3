using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Lambda.Http;

/// <summary>An invocation whose time is nearly up is answered all the same: Lambda would end the process and keep nothing.</summary>
public sealed class Deadlines
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const string Sentence =
        "The function's time was up before there was an answer. Send the request again later.\n";

    private readonly ManualClock clock = new();

    [Fact]
    public async Task An_endpoint_that_minds_its_request_stops_half_a_second_before_and_503_is_answered()
    {
        var started = clock.GetUtcNow();
        var stopped = DateTimeOffset.MinValue;
        await using var function = await StartAsync(async context =>
        {
            try
            {
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, context.RequestAborted);
            }
            finally
            {
                stopped = clock.GetUtcNow();
            }
        });

        var asking = function.AskAsync();
        clock.Advance(Timeout - TimeSpan.FromMilliseconds(501));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await asking;

        Assert.Equal((503, Sentence), (answer.StatusCode, answer.Body));
        Assert.Equal(Timeout - TimeSpan.FromMilliseconds(500), stopped - started);
        Assert.Equal(
            "request JKJaXmPLvHcESHA= (no endpoint): the function's time was up, 503 was answered; if this happens again, give it a longer timeout",
            Assert.Single(function.Context.Lines)
        );
    }

    [Fact]
    public async Task One_that_does_not_mind_is_left_behind_a_quarter_of_a_second_before()
    {
        var never = new TaskCompletionSource();
        await using var function = await StartAsync(_ => never.Task);

        var asking = function.AskAsync();
        clock.Advance(Timeout - TimeSpan.FromMilliseconds(251));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await asking;

        Assert.Equal((503, Sentence), (answer.StatusCode, answer.Body));
        // Nor does the next invocation wait, which has no time from the start.
        Assert.Equal(503, (await function.AskAsync()).StatusCode);
        never.SetResult();
    }

    [Fact]
    public async Task Half_an_answer_is_none()
    {
        await using var function = await StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, context.RequestAborted);
        });

        var asking = function.AskAsync();
        clock.Advance(Timeout);
        var answer = await asking;

        Assert.Equal((503, Sentence), (answer.StatusCode, answer.Body));
    }

    [Fact]
    public async Task What_was_complete_by_then_is_answered()
    {
        await using var function = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("whole");
            await context.Response.CompleteAsync();
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, context.RequestAborted);
        });

        var asking = function.AskAsync();
        clock.Advance(Timeout);
        var answer = await asking;

        Assert.Equal((200, "whole"), (answer.StatusCode, answer.Body));
    }

    [Fact]
    public async Task An_endpoint_that_answers_in_its_last_moment_is_heard()
    {
        await using var function = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            var aborted = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
            await context.Response.WriteAsync("just so");
        });

        var asking = function.AskAsync();
        clock.Advance(Timeout - TimeSpan.FromMilliseconds(500));
        var answer = await asking;

        Assert.Equal((200, "just so"), (answer.StatusCode, answer.Body));
    }

    private Task<RunningServer> StartAsync(RequestDelegate endpoint)
    {
        var end = clock.GetUtcNow() + Timeout;
        return RunningServer.StartAsync(app => app.Run(endpoint), clock, () => end - clock.GetUtcNow());
    }
}
