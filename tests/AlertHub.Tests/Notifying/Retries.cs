using AlertHub.Notifying;

namespace AlertHub.Tests.Notifying;

public sealed class Retries
{
    private static readonly DeliveryResult Later = new DeliveryResult.TryLater("busy");

    [Fact]
    public void What_is_delivered_is_done() =>
        Assert.IsType<NextStep.Done>(Retry.After(new DeliveryResult.Delivered(), 1, 0.5));

    [Fact]
    public void What_is_refused_is_given_up_with_its_reason() =>
        Assert.Equal(new NextStep.GiveUp("no"), Retry.After(new DeliveryResult.Refused("no"), 1, 0.5));

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(5, 8)]
    [InlineData(7, 32)]
    [InlineData(8, 60)]
    [InlineData(1_000_000, 60)]
    public void The_longest_wait_doubles_to_a_minute(int attempts, double seconds) =>
        Assert.Equal(new NextStep.Again(TimeSpan.FromSeconds(seconds), "busy"), Retry.After(Later, attempts, 1));

    [Fact]
    public void The_wait_is_drawn_from_zero_on() =>
        Assert.Equal(new NextStep.Again(TimeSpan.Zero, "busy"), Retry.After(Later, 7, 0));

    [Fact]
    public void It_is_never_sooner_than_the_destination_asks()
    {
        var asked = new DeliveryResult.TryLater("busy", TimeSpan.FromSeconds(30));

        Assert.Equal(new NextStep.Again(TimeSpan.FromSeconds(30), "busy"), Retry.After(asked, 1, 1));
        Assert.Equal(new NextStep.Again(TimeSpan.FromSeconds(32), "busy"), Retry.After(asked, 7, 1));
    }

    [Fact]
    public void What_may_have_arrived_is_sent_three_times_and_not_for_ever()
    {
        var lost = new DeliveryResult.Ambiguous("no answer");

        Assert.IsType<NextStep.Again>(Retry.After(lost, 1, 0.5));
        Assert.IsType<NextStep.Again>(Retry.After(lost, 2, 0.5));
        Assert.Equal(new NextStep.GiveUp("sent 3 times, each may have arrived: no answer"), Retry.After(lost, 3, 0.5));
    }
}
