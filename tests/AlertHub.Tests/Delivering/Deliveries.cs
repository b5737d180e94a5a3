using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Delivering;

public sealed class Deliveries
{
    private readonly HubScene scene = new(HubScene.Config(integrations: 1));

    [Fact]
    public async Task Many_flush_a_group_at_once_and_it_is_flushed_once()
    {
        scene.Fire("a");
        var group = scene.Only;
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => Task.Run(() => scene.Hub.FlushAsync(group.Id, CancellationToken.None)))
        );

        Assert.Single(results, static result => result.Flush is not null);
        Assert.Equal(group.Version + 1, scene.Only.Version);
    }

    [Fact]
    public async Task Many_deliver_the_same_at_once_and_it_is_sent_once()
    {
        scene.Fire("a");
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        var id = scene.Only.Id;
        await scene.Hub.FlushAsync(id, CancellationToken.None);
        scene.Channel.Answer = Answer.TakesAndHangs;
        var results = Enumerable
            .Range(0, 32)
            .Select(_ =>
                Task.Run(() => scene.Hub.DeliverAsync(id, HubScene.First, static _ => { }, CancellationToken.None))
            )
            .ToArray();
        await Task.WhenAny(results);
        scene.Channel.Release(isHeard: true);
        await Task.WhenAll(results);

        Assert.Equal(1, scene.Channel.Sent);
        Assert.Empty(scene.Only.Deliveries);
    }

    [Fact]
    public void Whoever_took_longer_than_its_lease_is_not_heard()
    {
        scene.Channel.Answer = Answer.TakesAndHangs;
        scene.Fire("a");
        scene.Pass(31);
        scene.Crash();
        scene.Pass((int)Hub.LeaseLength.TotalSeconds - 2);
        Assert.Equal(1, scene.Channel.Sent);

        scene.Channel.Answer = Answer.IsDown;
        scene.Pass(2);
        var taken = scene.Only;
        scene.Channel.Release(isHeard: true);

        Assert.True(scene.Attempts[^1].IsFenced);
        Assert.Equal(taken, scene.Only);
        Assert.Equal(1, scene.Waiting!.Ambiguous);
    }

    [Fact]
    public void What_is_decided_while_a_message_is_under_way_is_sent_after_it()
    {
        scene.Channel.Answer = Answer.TakesAndHangs;
        scene.Fire("a");
        scene.Pass(31);
        scene.Fire("b");
        scene.Pass(60);
        Assert.Equal((1, 2), (scene.Channel.Sent, scene.Waiting!.Alerts.Count));

        scene.Channel.Answer = Answer.Takes;
        scene.Channel.Release(isHeard: true);
        scene.Pass(1);
        Assert.Equal(["a", "a b"], scene.Channel.Arrived.Select(each => GroupScene.Names(each.Notification)));
        Assert.Empty(scene.Only.Deliveries);
    }

    [Fact]
    public void What_could_not_be_told_is_told_as_a_whole_and_for_the_reason_that_its_reader_sees()
    {
        scene.Channel.Answer = Answer.IsDown;
        scene.Fire("a");
        scene.Pass(60);
        scene.Fire("b");
        scene.Pass(60);
        scene.Resolve("a");
        scene.Pass(60);
        scene.Channel.Answer = Answer.Takes;
        scene.Pass(600);

        Assert.Equal("-a b", GroupScene.Names(scene.Channel.Arrived[0].Notification));
        Assert.Equal(NotificationReason.FirstNotification, scene.Channel.Arrived[0].Notification.Reason);
    }

    [Fact]
    public void What_was_refused_is_a_dead_letter_and_is_decided_anew_at_the_next_flush()
    {
        scene.Channel.Answer = Answer.Refuses;
        scene.Fire("a");
        scene.Pass(31);
        Assert.Equal("404", scene.Waiting!.Objection);
        Assert.True(scene.Waiting.IsDead);
        Assert.Null(scene.Only.Announcement(HubScene.First));

        scene.Channel.Answer = Answer.Takes;
        scene.Pass(60);
        Assert.Single(scene.Channel.Arrived);
        Assert.Empty(scene.Only.Deliveries);
    }

    [Fact]
    public async Task A_dead_letter_whose_alert_has_ended_is_kept_and_can_be_sent_once_more()
    {
        scene.Channel.Answer = Answer.Refuses;
        scene.Fire("a");
        scene.Pass(31);
        scene.Resolve("a");
        scene.Pass(600);
        Assert.Equal((0, DateTimeOffset.MaxValue), (scene.Only.Alerts.Count, scene.Only.Due));

        scene.Channel.Answer = Answer.Takes;
        scene.Queue(await scene.Hub.ReviveAsync(scene.Only.Id, HubScene.First, CancellationToken.None));
        scene.Pass(1);
        Assert.Single(scene.Channel.Arrived);
        Assert.Empty(scene.State.Groups);

        scene.Fire("a");
        scene.Pass(60);
        Assert.Equal(2, scene.Channel.Arrived.Count);
    }

    [Fact]
    public async Task What_nobody_took_for_five_days_is_given_up_and_no_end_is_owed_any_more()
    {
        scene.Fire("a");
        scene.Pass(60);
        scene.Channel.Answer = Answer.IsDown;
        scene.Resolve("a");
        scene.Pass((int)Retry.MostPatience.TotalSeconds - 600);
        Assert.False(scene.Waiting!.IsDead);

        scene.Pass(1800);
        Assert.Contains(
            scene.Attempts,
            static attempt => attempt.Step is NextStep.GiveUp { Reason: "not delivered for 5d: it is down" }
        );
        scene.Channel.Answer = Answer.Refuses;
        scene.Pass(600);
        await scene.Hub.PruneAsync(new(), CancellationToken.None);
        Assert.All(scene.State.Groups.Values, static group => Assert.Empty(group.Alerts));
    }

    [Fact]
    public void What_the_storage_cannot_take_is_recorded_when_it_can_and_not_sent_again()
    {
        scene.Fire("a");
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        var id = scene.Only.Id;
        scene.Flush(id);
        scene.Channel.Answer = Answer.TakesAndHangs;
        scene.Deliver(id, HubScene.First);
        scene.Store.Fault = "the disk is full";
        scene.Channel.Release(isHeard: true);
        Assert.NotNull(scene.Waiting!.Lease);
        scene.Store.Fault = null;

        scene.Pass(90);
        var told = Assert.Single(scene.Unrecorded);
        Assert.Equal("the disk is full", told.Objection);
        Assert.IsType<DeliveryResult.Delivered>(told.Attempt.Result);
        Assert.Empty(scene.Only.Deliveries);
        Assert.Equal(1, scene.Channel.Sent);
    }
}
