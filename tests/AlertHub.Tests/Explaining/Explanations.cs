using System.Text;
using System.Text.Json;
using AlertHub.Configuration;
using AlertHub.Explaining;
using AlertHub.Grouping;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Explaining;

public sealed class Explanations
{
    [Fact]
    public void An_alert_that_waits_with_its_group()
    {
        var scene = Scene();
        scene.Fire("a", "b");

        Approve(scene, "waits", "a");
    }

    [Fact]
    public void An_alert_that_was_told_and_is_silenced_and_inhibited()
    {
        var scene = Scene();
        scene.Fire("a", "b");
        scene.Pass(TimeSpan.FromMinutes(2));
        scene.Silence("a");
        scene.Fire("above-a");

        Approve(scene, "muted", "a");
        Approve(scene, "told", "b");
    }

    [Fact]
    public void An_alert_whose_end_is_owed_at_night()
    {
        var scene = Scene(route => route with { MuteTimeIntervals = ["night"] });
        scene.Fire("a");
        scene.PassTo(GroupScene.Start.AddMinutes(9.75));
        scene.Resolve("a");
        scene.PassTo(GroupScene.Start.AddMinutes(12));

        Approve(scene, "night", "a");
    }

    [Fact]
    public void An_alert_whose_end_was_told()
    {
        var scene = Scene();
        scene.Fire("a");
        scene.Pass(TimeSpan.FromMinutes(2));
        scene.Resolve("a");
        scene.Pass(TimeSpan.FromMinutes(2));

        Approve(scene, "over", "a");
    }

    [Fact]
    public async Task What_waits_to_be_told_is_being_told_or_was_given_up()
    {
        var hub = new HubScene(HubScene.Config());
        hub.Channels[0].Answer = Answer.IsDown;
        hub.Channels[1].Answer = Answer.Refuses;
        hub.Fire("a");
        hub.Pass(31);
        await Approve(hub, "waiting");

        hub.Channels[0].Answer = Answer.Hangs;
        hub.Pass(20);
        await Approve(hub, "under-way");

        hub.Channels[0].Answer = Answer.Takes;
        hub.Resolve("a");
        hub.Pass(600);
        await Approve(hub, "dead");
    }

    [Fact]
    public async Task What_was_told_is_to_show_a_silence()
    {
        var hub = new HubScene(HubScene.Config(integrations: 1));
        hub.Fire("a");
        hub.Pass(60);
        hub.Silence("a");
        await Approve(hub, "to-be-shown");

        hub.Channels[0].Answer = Answer.IsDown;
        hub.Pass(60);
        await Approve(hub, "waits-to-be-shown");
    }

    private static async Task Approve(HubScene hub, string path)
    {
        var fingerprint = GroupScene.Labels("a").Fingerprint;
        var explanation = (await hub.Hub.ExplainAsync(fingerprint, CancellationToken.None))!;
        Approved.Matches($"explain/{path}.txt", ExplanationText.Render([explanation]));
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body, new() { Indented = true }))
        {
            ExplanationJson.Render(json, explanation);
        }

        Approved.Matches($"explain/{path}.json", Encoding.UTF8.GetString(body.ToArray()) + "\n");
    }

    [Fact]
    public async Task What_was_given_up_may_have_arrived()
    {
        var hub = new HubScene(HubScene.Config());
        hub.Channels[0].Answer = Answer.LosesIt;
        hub.Fire("a");
        hub.Pass(60);

        await Approve(hub, "may-have-arrived");
    }

    [Fact]
    public void Alerts_of_one_group_follow_each_other_and_what_they_share_is_said_once()
    {
        var scene = Scene();
        scene.Fire("a", "b", "c");
        scene.Pass(TimeSpan.FromMinutes(2));
        scene.Silence("a");
        scene.Fire("d", "above-a");
        scene.Resolve("c");

        Approve(scene, "several", "a", "b", "c", "d");
        Approve(scene, "several-alike", "a", "b");
    }

    [Fact]
    public void A_group_that_many_share_comes_after_the_last_of_them_and_those_of_each_before()
    {
        var config = GroupScene.Config();
        var scene = new GroupScene(
            config with
            {
                Route = config.Route with
                {
                    Receiver = "team",
                    Routes =
                    [
                        config.Route with
                        {
                            GroupBy = ["name"],
                            Continue = true,
                            Matchers = Some.Matchers("alertname=\"A\""),
                        },
                        config.Route with
                        {
                            GroupBy = [],
                            Matchers = Some.Matchers("alertname=~\"A.*\""),
                        },
                    ],
                },
            }
        );
        scene.Fire("a", "b");

        Approve(scene, "shared", "a", "b");
    }

    [Fact]
    public async Task Alerts_are_found_by_matchers_as_many_as_are_asked_for()
    {
        var hub = new HubScene(HubScene.Config());
        hub.Fire("a");
        hub.Fire("b");

        Assert.Equal(2, (await hub.Hub.ExplainAsync(Some.Matchers("name=~\"a|b\""), 9, CancellationToken.None)).Count);
        Assert.Single(await hub.Hub.ExplainAsync(Some.Matchers("name=~\"a|b\""), 1, CancellationToken.None));
        Assert.Empty(await hub.Hub.ExplainAsync(Some.Matchers("name=\"c\""), 9, CancellationToken.None));
    }

    [Fact]
    public void It_asks_the_same_rules_that_decide()
    {
        var scene = Scene();
        scene.Fire("a");
        var group = Assert.Single(Explain(scene, "a").Groups);
        Flush? flush = null;
        scene.Flushed = done => flush = done;
        scene.PassTo(group.Group!.Due);

        Assert.Equal(group.Next!.Next, flush!.Next);
    }

    private static Explanation Explain(GroupScene scene, string name) =>
        Explanation.Of(
            scene.Alert(name),
            scene.Routing,
            id => scene.Groups.FirstOrDefault(group => group.Id == id),
            scene.Muters,
            scene.Now
        );

    private static void Approve(GroupScene scene, string path, params IEnumerable<string> names) =>
        Approved.Matches(
            $"explain/{path}.txt",
            ExplanationText.Render([.. names.Select(name => Explain(scene, name))])
        );

    private static GroupScene Scene(Func<RouteConfig, RouteConfig>? change = null)
    {
        var config = GroupScene.Config(rules: [GroupScene.Inhibits("a") with { Name = "above" }]);
        return new(
            config with
            {
                Route = new()
                {
                    Receiver = "nobody",
                    Routes =
                    [
                        new() { Receiver = "nobody", Matchers = Some.Matchers("alertname=\"B\"") },
                        new() { Receiver = "nobody", Matchers = Some.Matchers("severity=~\"page|warn\"") },
                        (change ?? (route => route))(config.Route) with
                        {
                            Matchers = Some.Matchers("alertname=\"A\""),
                        },
                        new() { Receiver = "nobody" },
                    ],
                },
                Receivers = [new() { Name = "nobody" }, .. config.Receivers],
                TimeIntervals = [new() { Name = "night", Intervals = [TimeIntervalText.Parse("times: 03:10-03:20")] }],
            }
        );
    }
}
