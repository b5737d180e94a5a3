using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Grouping;

/// <summary>Schedules made at random: alerts fire and end, silences, inhibitions and nights come and go.</summary>
public sealed class Timelines
{
    private static readonly string[] Names = ["a", "b", "c", "above-a"];

    /// <summary>Seconds that pass first, what is done then, to which alert.</summary>
    private sealed record Step(int Seconds, string Verb, string Name);

    private static FsCheck.Gen<IReadOnlyList<Step>> Schedules { get; } =
        (
            from seconds in Gen.Choose(1, 75)
            from verb in Gen.Frequency(
                (5, Gen.Constant("fire")),
                (5, Gen.Constant("resolve")),
                (2, Gen.Constant("silence")),
                (2, Gen.Constant("unsilence")),
                (1, Gen.Constant("wait"))
            )
            from name in Gen.Elements(Names)
            select new Step(seconds, verb, name)
        )
            .ListOf(45)
            .Select(steps => (IReadOnlyList<Step>)[.. steps]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_told_is_what_the_model_tells(bool sendResolved) =>
        Properties.ForAll(
            Schedules,
            steps =>
            {
                var scene = Scene(sendResolved);
                var model = new TimelineModel(sendResolved);
                var told = new List<string>();
                scene.Flushed = _ =>
                    told.AddRange(scene.Tellings.Skip(told.Count).Select(t => $"{Seconds(scene)} {t}"));
                Run(scene, steps, model);

                Assert.Equal(model.Tellings, told);
            },
            tests: 300
        );

    [Fact]
    public void What_is_open_is_what_was_told_to_fire_and_not_to_have_ended() =>
        Properties.ForAll(
            Schedules,
            steps =>
            {
                var scene = Scene(sendResolved: true);
                scene.Flushed = flush =>
                    Assert.Equal(
                        FingerprintSet.Of(Believed(scene)),
                        scene.Groups.SingleOrDefault(g => g.Id == flush.Group.Id)?.Announcement(new("webhook", 0))?.Open
                            ?? FingerprintSet.Empty
                    );
                Run(scene, steps);
            }
        );

    [Fact]
    public void What_lasts_over_a_flush_is_known_after_it() =>
        Properties.ForAll(
            Schedules,
            steps =>
            {
                var scene = Scene(sendResolved: true);
                scene.Flushed = flush =>
                {
                    if (flush.TimeMute is not null)
                    {
                        return;
                    }

                    var believed = Believed(scene);
                    foreach (var (fingerprint, alert) in flush.Group.Alerts)
                    {
                        // An end is told whatever mutes it; a fire unless it is muted.
                        Assert.True(
                            alert.IsFiring(flush.Now)
                                ? believed.Contains(fingerprint) || flush.Mutes.ContainsKey(fingerprint)
                                : !believed.Contains(fingerprint)
                        );
                    }
                };
                Run(scene, steps);
            }
        );

    [Fact]
    public void A_flush_done_again_does_nothing_and_decided_again_decides_the_same() =>
        Properties.ForAll(
            Schedules,
            steps =>
            {
                var scene = Scene(sendResolved: true);
                scene.Flushed = flush =>
                {
                    var route = scene.Routing.RouteOf(flush.Group.Id)!;
                    var again = Flush.Decide(flush.Group, flush.Group.Due, flush.Now, route, scene.Muters)!;

                    Assert.Equal(flush.Next, again.Next);
                    Assert.Null(
                        flush.Next is null
                            ? null
                            : Flush.Decide(flush.Next, flush.Group.Due, flush.Now, route, scene.Muters)
                    );
                };
                Run(scene, steps);
            },
            tests: 100
        );

    [Fact]
    public void However_messages_are_shuffled_and_doubled_the_same_alerts_fire_in_the_same_group() =>
        Properties.ForAll(
            from messages in Gen.Zip(Gen.Elements(Names), Gen.Elements(true, false)).ListOf(8)
            from order in Gen.Shuffle(Enumerable.Range(0, 16).Select(i => i % 8).ToArray())
            select (messages: messages.ToArray(), order),
            all =>
            {
                var (inOrder, shuffled) = (Scene(sendResolved: true), Scene(sendResolved: true));
                inOrder.Now = shuffled.Now = GroupScene.Start.AddSeconds(20);
                foreach (var i in Enumerable.Range(0, 8))
                {
                    inOrder.Take(Message(i));
                }

                foreach (var i in all.order)
                {
                    shuffled.Take(Message(i));
                }

                Assert.Equal(Firing(inOrder), Firing(shuffled));
                Assert.Equal(
                    inOrder.Alerts.OrderBy(a => a.Key).Select(a => a.Value.IsFiring(inOrder.Now)),
                    shuffled.Alerts.OrderBy(a => a.Key).Select(a => a.Value.IsFiring(inOrder.Now))
                );

                // Stamped as they would have been when they came in order, a second apart; each is sent again all the
                // time with the start of its trouble.
                TrackedAlert Message(int i)
                {
                    var (name, fires) = all.messages[i];
                    var at = GroupScene.Start.AddSeconds(i);
                    return new PostedAlert
                    {
                        Labels = GroupScene.Labels(name),
                        StartsAt = GroupScene.Start,
                        EndsAt = fires ? null : at,
                    }.Take(at, resolveTimeout: null, out _)!;
                }
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_can_be_changed_shows_what_is_muted_after_each_flush(bool sendResolved) =>
        Properties.ForAll(
            Schedules,
            steps =>
            {
                var scene = Scene(sendResolved);
                scene.Receipt = "1";
                scene.Flushed = flush =>
                {
                    var told = scene
                        .Groups.SingleOrDefault(g => g.Id == flush.Group.Id)
                        ?.Announcement(new("webhook", 0));
                    // Whoever does not hear of ends is not shown the last one either.
                    var isOver =
                        !sendResolved
                        && !flush.Group.Alerts.Values.Any(alert =>
                            alert.IsFiring(flush.Now) && told?.Open.Contains(alert.Fingerprint) is true
                        );
                    if (flush.TimeMute is null && told is not null && !isOver)
                    {
                        Assert.Equal(
                            FingerprintSet.Of(flush.Mutes.Keys).Intersect(told.Open),
                            FingerprintSet.Of(told.Muted.SelectMany(static muted => muted.Alerts))
                        );
                    }
                };
                Run(scene, steps);
            }
        );

    [Theory]
    [InlineData("shown", true)]
    [InlineData("shown", false)]
    [InlineData("refused", true)]
    [InlineData("waits", true)]
    [InlineData("waits", false)]
    public void What_can_be_changed_is_told_as_if_it_could_not(string fate, bool sendResolved) =>
        Properties.ForAll(
            Schedules,
            steps =>
            {
                var (plain, living) = (Scene(sendResolved), Scene(sendResolved));
                living.Receipt = "1";
                living.Showing =
                    fate == "shown" ? new NextStep.Done()
                    : fate == "refused" ? new NextStep.GiveUp("no")
                    : null;
                Run(plain, steps);
                Run(living, steps);

                Assert.Equal(plain.Tellings, living.Tellings);
            }
        );

    private static FingerprintSet Firing(GroupScene scene) =>
        FingerprintSet.Of(
            scene.Groups.SelectMany(g => g.Alerts.Values).Where(a => a.IsFiring(scene.Now)).Select(a => a.Fingerprint)
        );

    private static HashSet<ulong> Believed(GroupScene scene)
    {
        var believed = new HashSet<ulong>();
        foreach (var notification in scene.Notifications)
        {
            foreach (var alert in notification.Alerts)
            {
                _ =
                    alert.Status(notification.Now) == AlertStatus.Firing
                        ? believed.Add(alert.Labels.Fingerprint)
                        : believed.Remove(alert.Labels.Fingerprint);
            }
        }

        return believed;
    }

    private static GroupScene Scene(bool sendResolved)
    {
        var config = GroupScene.Config(sendResolved: sendResolved, rules: [GroupScene.Inhibits("a")]);
        var nights = TimelineModel.Nights.Select(night =>
            TimeIntervalText.Parse(
                string.Create(CultureInfo.InvariantCulture, $"times: 03:{night.From:00}-03:{night.To:00}")
            )
        );
        return new(
            config with
            {
                Route = new()
                {
                    Receiver = "team",
                    Routes =
                    [
                        new RouteConfig
                        {
                            GroupBy = ["alertname"],
                            GroupWait = TimeSpan.FromSeconds(TimelineModel.Wait),
                            GroupInterval = TimeSpan.FromSeconds(TimelineModel.Interval),
                            RepeatInterval = TimeSpan.FromSeconds(TimelineModel.Repeat),
                            MuteTimeIntervals = ["night"],
                        },
                    ],
                },
                TimeIntervals = [new() { Name = "night", Intervals = [.. nights] }],
            }
        );
    }

    private static void Run(GroupScene scene, IReadOnlyList<Step> steps, TimelineModel? model = null)
    {
        model ??= new(sendResolved: true);
        foreach (var (seconds, verb, name) in steps)
        {
            scene.Pass(TimeSpan.FromSeconds(seconds));
            model.PassTo(Seconds(scene));
            switch (verb)
            {
                case "fire":
                    scene.Fire(name);
                    model.Fire(Seconds(scene), name);
                    break;
                case "resolve":
                    scene.Resolve(name);
                    model.Resolve(name);
                    break;
                case "silence":
                    scene.Silence(name);
                    model.Silence(name);
                    break;
                case "unsilence":
                    scene.Unsilence(name);
                    model.Unsilence(name);
                    break;
            }
        }
    }

    private static int Seconds(GroupScene scene) => (int)(scene.Now - GroupScene.Start).TotalSeconds;
}
