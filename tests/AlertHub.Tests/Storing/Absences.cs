using AlertHub.Alerts;
using AlertHub.Storing;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Storing;

public sealed class Absences
{
    private static readonly Absence Hour = new(Some.Now, Some.Now.AddHours(1));

    private static TrackedAlert Alert(DateTimeOffset? endsAt) =>
        new() { Alert = Some.Alert() with { EndsAt = endsAt }, UpdatedAt = Some.Now.AddMinutes(-1) };

    [Fact]
    public void What_fired_then_fires_now_for_as_long_as_was_left()
    {
        var bridged = Hour.Bridge(Alert(Some.Now.AddTicks(1)));

        Assert.Equal(Hour.To.AddTicks(1), bridged.Alert.EndsAt);
        Assert.True(bridged.IsFiring(Hour.To));
        Assert.True(bridged.IsTimeout);
    }

    [Fact]
    public void What_had_ended_and_what_has_no_end_stay_as_they_are()
    {
        Assert.All([Alert(Some.Now), Alert(null)], alert => Assert.Same(alert, Hour.Bridge(alert)));
    }

    [Fact]
    public void An_end_that_never_comes_does_not_come_later() =>
        Assert.Equal(DateTimeOffset.MaxValue, Hour.Bridge(Alert(DateTimeOffset.MaxValue)).Alert.EndsAt);

    [Fact]
    public void Where_no_time_has_passed_nobody_was_absent()
    {
        Assert.Null(Absence.Between(Some.Now, Some.Now));
        Assert.Null(Absence.Between(Some.Now, Some.Now.AddTicks(-1)));
    }

    /// <summary>Whoever sends again is believed, sooner or later end.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    public void Its_producer_corrects_it(int minutes)
    {
        var now = Hour.To.AddSeconds(1);
        var posted = Alert(now.AddMinutes(minutes)) with { UpdatedAt = now };

        var merged = TrackedAlert.Merge(Hour.Bridge(Alert(Some.Now.AddMinutes(4))), posted, now);

        Assert.Equal(minutes > 0, merged.IsFiring(now));
        Assert.Equal(minutes > 0 ? now.AddMinutes(minutes) : merged.Alert.EndsAt, merged.Alert.EndsAt);
    }
}
