using AlertHub.Alerts;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Alerts;

public sealed class PostedAlerts
{
    private static readonly DateTimeOffset Now = Some.Now;
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromMinutes(5);
    private static readonly PostedAlert Posted = new() { Labels = Some.Labels(("alertname", "A")) };

    [Fact]
    public void Without_times_it_starts_now_and_is_believed_for_the_resolve_timeout()
    {
        var taken = Take(Posted);

        Assert.Equal((Now, Now + ResolveTimeout), (taken.Alert.StartsAt, taken.Alert.EndsAt));
        Assert.Equal((Now, true), (taken.UpdatedAt, taken.IsTimeout));
        Assert.True(taken.IsFiring(Now));
        Assert.False(taken.IsFiring(Now + ResolveTimeout));
    }

    [Fact]
    public void With_an_end_only_it_starts_there()
    {
        var taken = Take(Posted with { EndsAt = Now.AddHours(-1) });

        Assert.Equal((Now.AddHours(-1), Now.AddHours(-1)), (taken.Alert.StartsAt, taken.Alert.EndsAt));
        Assert.False(taken.IsTimeout);
        Assert.False(taken.IsFiring(Now));
    }

    [Fact]
    public void A_producer_that_speaks_only_of_changes_is_believed_until_it_speaks_again()
    {
        var taken = Posted.Take(Now, resolveTimeout: null, out _)!;

        Assert.Null(taken.Alert.EndsAt);
        Assert.True(taken.IsFiring(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Nobody_is_told_when_a_firing_alert_will_have_ended()
    {
        var taken = Take(Posted with { EndsAt = Now.AddHours(1) });

        Assert.Null(taken.AsTold(Now).EndsAt);
        Assert.Equal(Now.AddHours(1), taken.AsTold(Now.AddHours(1)).EndsAt);
    }

    [Fact]
    public void Empty_labels_are_dropped_and_empty_annotations_kept()
    {
        var taken = Take(
            Posted with
            {
                Labels = Some.Labels(("a", "1"), ("b", "")),
                Annotations = Some.Labels(("c", "")),
            }
        );

        Assert.Equal(Some.Labels(("a", "1")), taken.Labels);
        Assert.Equal("", taken.Alert.Annotations["c"]);
    }

    [Fact]
    public void It_needs_no_alertname_and_any_text_may_be_a_label()
    {
        Assert.NotNull(Take(Posted with { Labels = Some.Labels(("é.🔥 1", "\"")) }));
        Assert.NotNull(Take(Posted with { StartsAt = DateTimeOffset.MinValue, EndsAt = DateTimeOffset.MaxValue }));
    }

    [Theory]
    [InlineData("a", "", "at least one")]
    [InlineData("", "x", "without a name")]
    public void What_cannot_be_a_label_is_refused(string name, string value, string why)
    {
        Assert.Contains(why, Objection(Posted with { Labels = Some.Labels((name, value)) }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_as_UTF_8_is_refused()
    {
        foreach (var (name, value) in ((string, string)[])[("a\ud83d", "x"), ("a", "\udd25"), ("a", "\udd25\ud83d")])
        {
            Assert.Contains(
                "not valid UTF-8",
                Objection(Posted with { Labels = Some.Labels((name, value)) }),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void What_cannot_be_an_annotation_is_refused() =>
        Assert.Contains(
            "annotation",
            Objection(Posted with { Annotations = Some.Labels(("", "x")) }),
            StringComparison.Ordinal
        );

    [Fact]
    public void It_cannot_end_before_it_starts()
    {
        Assert.Contains(
            "before it starts",
            Objection(Posted with { StartsAt = Now, EndsAt = Now.AddTicks(-1) }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "before it starts",
            Objection(Posted with { StartsAt = Now.AddDays(1) }),
            StringComparison.Ordinal
        );
        Assert.NotNull(Take(Posted with { StartsAt = Now, EndsAt = Now }));
    }

    private static TrackedAlert Take(PostedAlert posted)
    {
        var taken = posted.Take(Now, ResolveTimeout, out var objection);
        Assert.Null(objection);
        return taken!;
    }

    private static string Objection(PostedAlert posted)
    {
        Assert.Null(posted.Take(Now, ResolveTimeout, out var objection));
        return objection!;
    }
}
