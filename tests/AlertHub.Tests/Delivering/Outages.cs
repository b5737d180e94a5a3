using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Delivering;

/// <summary>
/// Schedules made at random: alerts fire, end and are muted while destinations fail in all ways, work is lost, done twice
/// or too early, and the hub dies.
/// </summary>
public sealed class Outages
{
    private static readonly string[] Names = ["a", "b", "c", "above-a"];

    /// <summary>Seconds that pass first, what is done then, and to whom.</summary>
    private sealed record Step(int Seconds, string Verb, string Name, Answer Answer, int Channel)
    {
        public override string ToString() =>
            Verb switch
            {
                "answer" => $"{Seconds}: channel {Channel} {Answer}",
                "fire" or "resolve" or "silence" or "unsilence" => $"{Seconds}: {Verb} {Name}",
                "reload" => $"{Seconds}: reload {Name}",
                _ => $"{Seconds}: {Verb}",
            };
    }

    private sealed record Schedule(IReadOnlyList<Step> Steps)
    {
        public IEnumerable<Schedule> Shorter() =>
            from length in new[] { Steps.Count / 2, Steps.Count / 4, 1 }
            where length > 0
            from start in Enumerable.Range(0, Steps.Count - length + 1)
            select new Schedule([.. Steps.Take(start), .. Steps.Skip(start + length)]);

        public override string ToString() => string.Concat(Steps.Select(static step => $"\n    {step}"));
    }

    private static FsCheck.Arbitrary<Schedule> Schedules(bool reloads) =>
        Arb.From(
            (
                from seconds in Gen.Frequency((6, Gen.Choose(1, 75)), (1, Gen.Choose(100, 900)))
                from verb in Gen.Frequency(
                    (8, Gen.Constant("fire")),
                    (8, Gen.Constant("resolve")),
                    (3, Gen.Constant("silence")),
                    (3, Gen.Constant("unsilence")),
                    (8, Gen.Constant("answer")),
                    (3, Gen.Constant("release")),
                    (2, Gen.Constant("lose")),
                    (2, Gen.Constant("everything")),
                    (2, Gen.Constant("crash")),
                    (reloads ? 3 : 0, Gen.Constant("reload"))
                )
                from name in Gen.Elements(Names)
                from answer in Gen.Elements(Enum.GetValues<Answer>())
                from channel in Gen.Choose(0, 1)
                select new Step(seconds, verb, name, answer, channel)
            )
                .ListOf(60)
                .Select(static steps => new Schedule([.. steps])),
            static schedule => schedule.Shorter()
        );

    [Fact]
    public void After_everybody_recovered_they_believe_what_is_so() =>
        Properties.ForAll(
            Schedules(reloads: false),
            schedule =>
            {
                var scene = Run(schedule.Steps);
                AssertBelieved(scene);
                AssertAnnounced(scene);
                AssertShown(scene);
            },
            tests: 300
        );

    [Fact]
    public void Whatever_is_reloaded_meanwhile() =>
        Properties.ForAll(Schedules(reloads: true), schedule => AssertBelieved(Run(schedule.Steps)), tests: 300);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void While_nothing_fails_everything_is_told_once_whatever_is_lost_or_done_twice(bool sendResolved) =>
        Properties.ForAll(
            Schedules(reloads: false),
            schedule =>
            {
                var scene = new HubScene(HubScene.Config(integrations: 1, sendResolved));
                var model = new TimelineModel(sendResolved, hasNights: false);
                foreach (var (seconds, verb, name, _, _) in schedule.Steps)
                {
                    // What is lost is found within a minute, and told late: the model knows of no delay.
                    Do(scene, verb is "answer" or "lose" ? "everything" : verb, name, seconds);
                    model.PassTo(Seconds(scene));
                    Tell(model, verb, name, Seconds(scene));
                }

                Assert.Equal(
                    model.Tellings,
                    scene.Channel.Arrived.Select(each =>
                        $"{Seconds(each.At)} {each.Notification.Reason.Text()}: {GroupScene.Names(each.Notification)}"
                    )
                );
            }
        );

    private static HubScene Run(IReadOnlyList<Step> steps)
    {
        var scene = new HubScene(HubScene.Config());
        foreach (var step in steps)
        {
            if (step.Verb == "answer")
            {
                scene.Pass(step.Seconds);
                scene.Channels[step.Channel].Answer = step.Answer;
            }
            else
            {
                Do(scene, step.Verb, step.Name, step.Seconds);
            }
        }

        scene.Recover();
        return scene;
    }

    private static void Do(HubScene scene, string verb, string name, int seconds)
    {
        scene.Pass(seconds);
        switch (verb)
        {
            case "fire":
                scene.Fire(name);
                break;
            case "resolve":
                scene.Resolve(name);
                break;
            case "silence":
                scene.Silence(name);
                break;
            case "unsilence":
                scene.Unsilence(name);
                break;
            case "release":
                scene.Channels[seconds % 2].Release(isHeard: seconds % 3 > 0);
                break;
            case "lose":
                scene.Lose();
                break;
            case "everything":
                scene.TryEverything();
                break;
            case "crash":
                scene.Crash();
                break;
            case "reload":
                scene.Reload(Reloaded(name));
                break;
        }
    }

    private static AlertmanagerConfig Reloaded(string name) =>
        name switch
        {
            "a" => HubScene.Config(groupBy: ["name"]),
            "b" => HubScene.Config(integrations: 1),
            _ => HubScene.Config(),
        };

    private static void Tell(TimelineModel model, string verb, string name, int now)
    {
        switch (verb)
        {
            case "fire":
                model.Fire(now, name);
                break;
            case "resolve":
                model.Resolve(name);
                break;
            case "silence":
                model.Silence(name);
                break;
            case "unsilence":
                model.Unsilence(name);
                break;
        }
    }

    private static void AssertBelieved(HubScene scene)
    {
        var state = scene.State;
        var muters = state.Muters(scene.Hub.Settings.Rules.Intervals);
        Assert.All(state.Groups.Values.SelectMany(static group => group.Deliveries), static d => Assert.True(d.IsDead));
        foreach (var (fingerprint, alert) in state.Alerts)
        {
            var heard = scene.Channel.Heard(fingerprint);
            if (!alert.IsFiring(scene.Now))
            {
                Assert.True(heard is null or { EndsAt: not null }, $"{alert.Labels} is believed to fire");
            }
            else if (!muters.Mute(alert.Labels, scene.Now).IsMuted)
            {
                Assert.True(heard?.StartsAt == alert.Alert.StartsAt, $"{alert.Labels} is not known to fire");
                Assert.Null(heard!.EndsAt);
            }
        }
    }

    /// <summary>Whatever stands there says what is muted of it, unless a dead letter is in the way.</summary>
    private static void AssertShown(HubScene scene)
    {
        var state = scene.State;
        var muters = state.Muters(scene.Hub.Settings.Rules.Intervals);
        foreach (var group in state.Groups.Values)
        {
            foreach (var (i, channel) in scene.Channels.Index())
            {
                var id = new IntegrationId("webhook", i);
                if (group.Announcement(id) is { Receipt: not null } known && group.Delivery(id) is null)
                {
                    ulong[] open =
                    [
                        .. group
                            .Alerts.Where(alert => known.Open.Contains(alert.Key) && alert.Value.IsFiring(scene.Now))
                            .Select(static alert => alert.Key),
                    ];
                    // Whoever does not hear of ends is not shown the last one either.
                    if (open.Length == 0 && i > 0)
                    {
                        continue;
                    }

                    var muted = open.Where(alert => muters.Mute(group.Alerts[alert].Labels, scene.Now).IsMuted);
                    Assert.Equal(
                        FingerprintSet.Of(muted),
                        FingerprintSet.Of(channel.Shown(group.Id.Key)!.Muted.SelectMany(static each => each.Alerts))
                    );
                }
            }
        }
    }

    /// <summary>Whatever a flush decided to tell was told, then or by what took its place; unless it was refused.</summary>
    private static void AssertAnnounced(HubScene scene)
    {
        foreach (var flush in scene.Flushes)
        {
            if (
                flush.Integrations[0].Decision is not Decision.Tell tell
                || scene.Attempts.Exists(a =>
                    a.Step is NextStep.GiveUp
                    && a.Delivery is { IsShown: false }
                    && a.Delivery.Integration == HubScene.First
                )
            )
            {
                continue;
            }

            // What was muted before it could be told is not told: so it is with everything that is muted.
            foreach (var alert in tell.Alerts.Where(alert => !IsMutedAfter(scene, flush, alert)))
            {
                Assert.True(
                    scene.Channel.Arrived.Exists(each => each.At >= flush.Now && Says(each.Notification, alert)),
                    $"{alert.Labels} {alert.StartsAt:T} to {alert.EndsAt:T} was decided at {flush.Now:T} and never told"
                );
            }
        }
    }

    /// <summary>The same of the alert, or of a later fire of it.</summary>
    private static bool Says(Notification notification, Alert alert) =>
        notification.Alerts.Any(told =>
            told.Labels.Equals(alert.Labels)
            && (
                told.StartsAt > alert.StartsAt
                || told.StartsAt == alert.StartsAt && (alert.EndsAt is null || told.EndsAt is not null)
            )
        );

    private static bool IsMutedAfter(HubScene scene, Flush flush, Alert alert) =>
        scene.Flushes.Exists(later =>
            later.Now > flush.Now
            && later.Mutes.ContainsKey(alert.Labels.Fingerprint)
            && later.Group.Alerts[alert.Labels.Fingerprint].IsFiring(later.Now)
        );

    private static int Seconds(HubScene scene) => Seconds(scene.Now);

    private static int Seconds(DateTimeOffset time) => (int)(time - GroupScene.Start).TotalSeconds;
}
