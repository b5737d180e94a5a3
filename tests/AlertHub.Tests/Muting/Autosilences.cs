using AlertHub.Configuration;
using AlertHub.Muting;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Muting;

public sealed class Autosilences
{
    private readonly HubScene scene = new(
        HubScene.Config(integrations: 1),
        new AutosilenceRule
        {
            Name = "maintenance",
            Matchers = Some.Matchers("name=~\"a|b\""),
            Duration = TimeSpan.FromHours(4),
            Equal = ["alertname", "name", "instance"],
        }
    );

    private Silence Only => Assert.Single(scene.State.Silences.All);

    [Fact]
    public void It_is_silent_from_the_first_moment()
    {
        scene.Fire("a");
        scene.Pass(3600);

        Assert.Empty(scene.Channel.Arrived);
        Assert.Equal(["alertname=\"A\"", "name=\"a\"", "instance=\"\""], Only.Matchers.Select(m => m.ToString()));
        Assert.Equal(GroupScene.Start.AddHours(4), Only.EndsAt);
        Assert.Equal("made by the rule \"maintenance\" of hub.yml", Only.Comment);
        Assert.True(Guid.TryParse(Only.Id, out _));
    }

    [Fact]
    public async Task Whoever_sent_it_is_told_what_was_made()
    {
        var alert = new AlertHub.Alerts.PostedAlert { Labels = GroupScene.Labels("a") }.Take(scene.Now, null, out _)!;
        var result = await scene.Hub.IngestAsync([new(null, [alert, alert])], CancellationToken.None);

        Assert.Equal([Only], result!.Silences);
    }

    [Fact]
    public void While_it_fires_there_is_no_second_one()
    {
        scene.Fire("a");
        scene.Pass(60);
        scene.Fire("a");
        scene.Pass(4 * 3600);
        scene.Fire("a");
        scene.Pass(60);

        Assert.Equal(SilenceState.Expired, Only.State(scene.Now));
        Assert.Single(scene.Channel.Arrived);
    }

    [Fact]
    public void Whoever_ends_it_is_not_overruled_until_the_alert_fires_again()
    {
        scene.Fire("a");
        scene.Pass(60);
        scene.Unsilence("a");
        scene.Fire("a");
        scene.Pass(60);
        Assert.Single(scene.Channel.Arrived);

        scene.Resolve("a");
        scene.Pass(60);
        scene.Fire("a");
        Assert.Equal(2, scene.State.Silences.All.Count());
    }

    [Fact]
    public void What_is_silenced_already_or_not_meant_or_over_makes_none()
    {
        scene.Silence("b");
        scene.Fire("b");
        scene.Fire("c");
        scene.Resolve("a");

        Assert.Single(scene.State.Silences.All);
    }

    [Fact]
    public void An_alert_without_any_of_the_labels_silences_nothing()
    {
        var rules = new[]
        {
            new AutosilenceRule
            {
                Name = "m",
                Matchers = Some.Matchers("x=\"y\""),
                Duration = TimeSpan.FromHours(1),
            },
        };
        var alert = new AlertHub.Alerts.PostedAlert { Labels = Some.Labels(("x", "y")) }.Take(scene.Now, null, out _)!;

        Assert.Null(Autosilence.Compile(rules).For(null, alert, Silences.Empty, scene.Now));
    }
}
