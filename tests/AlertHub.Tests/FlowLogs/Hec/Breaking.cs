using AlertHub.Tests.Support;
using FlowLogs.Hec;

namespace AlertHub.Tests.FlowLogs.Hec;

public sealed class Breaking
{
    private static readonly HecAnswer Invalid = new HecAnswer.Refused(Refusal.Token, null, "the token is not valid");
    private static readonly HecAnswer Accepted = new HecAnswer.Accepted(null, SlowDown: false);

    private readonly FakeClock clock = new(new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero));
    private readonly HecBreaker breaker;

    public Breaking() => breaker = new(TimeSpan.FromMinutes(5), clock);

    [Fact]
    public void An_opening_is_told_once_though_several_calls_meet_it()
    {
        var (first, second) = (Pass(), Pass());

        Assert.True(breaker.Settle(first, Invalid));
        Assert.False(breaker.Settle(second, Invalid));
        Assert.Equal((null, "the token is not valid"), breaker.Enter());
    }

    [Fact]
    public void One_call_is_tried_after_the_cool_down()
    {
        breaker.Settle(Pass(), Invalid);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.True(Pass().IsTrial);
        Assert.Null(breaker.Enter().Pass);
    }

    [Fact]
    public void A_trial_that_fails_is_told_to_nobody_and_cools_down_anew()
    {
        breaker.Settle(Pass(), Invalid);
        clock.Advance(TimeSpan.FromMinutes(5));
        var trial = Pass();
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(breaker.Settle(trial, Invalid));
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(breaker.Enter().Pass);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(Pass().IsTrial);
    }

    [Fact]
    public void A_trial_that_succeeds_lets_all_through_and_the_next_opening_is_told_again()
    {
        breaker.Settle(Pass(), Invalid);
        clock.Advance(TimeSpan.FromMinutes(5));
        breaker.Settle(Pass(), Accepted);

        Assert.False(Pass().IsTrial);
        Assert.True(breaker.Settle(Pass(), Invalid));
    }

    [Fact]
    public void A_call_from_before_the_opening_does_not_close_it()
    {
        var early = Pass();
        breaker.Settle(Pass(), Invalid);
        breaker.Settle(early, Accepted);

        Assert.Null(breaker.Enter().Pass);
    }

    [Fact]
    public void A_call_from_before_the_trial_does_not_open_it_again()
    {
        var early = Pass();
        breaker.Settle(Pass(), Invalid);
        clock.Advance(TimeSpan.FromMinutes(5));
        breaker.Settle(Pass(), Accepted);

        Assert.False(breaker.Settle(early, Invalid));
        Assert.NotNull(breaker.Enter().Pass);
    }

    [Fact]
    public void A_trial_without_an_answer_is_followed_by_another()
    {
        breaker.Settle(Pass(), Invalid);
        clock.Advance(TimeSpan.FromMinutes(5));
        breaker.Settle(Pass(), null);
        Assert.Null(breaker.Enter().Pass);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.True(Pass().IsTrial);
    }

    private HecBreaker.Pass Pass() => breaker.Enter().Pass!;
}
