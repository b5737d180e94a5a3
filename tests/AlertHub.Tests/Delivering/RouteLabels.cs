using AlertHub.Alerts;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Delivering;

public sealed class RouteLabels
{
    [Fact]
    public void Labels_of_a_route_go_out_rendered_by_what_is_told()
    {
        var scene = Scene(
            ("page", "no"),
            ("what", "{{ .GroupLabels.alertname | toUpper }}"),
            ("count", "{{ len .Alerts.Firing }}"),
            ("why", "{{ .NotificationReason }}"),
            ("themselves", "{{ .RouteLabels }}{{ routeLabels \"page\" }}")
        );
        scene.Fire("b");
        scene.Fire("c");
        scene.Pass(31);

        Assert.Equal("""{count="2", page="no", themselves="", what="A", why="first notification"}""", $"{Told(scene)}");
    }

    [Fact]
    public void A_label_that_cannot_be_rendered_goes_out_as_it_is_written()
    {
        var scene = Scene(("bad", "{{ .Alerts.Nobody }}"), ("good", "{{ .Status }}"));
        scene.Fire("b");
        scene.Pass(31);

        Assert.Equal("""{bad="{{ .Alerts.Nobody }}", good="firing"}""", $"{Told(scene)}");
    }

    private static HubScene Scene(params (string Name, string Value)[] labels)
    {
        var config = HubScene.Config(integrations: 1);
        return new(config with { Route = config.Route with { Labels = Some.Labels(labels) } });
    }

    private static Labels Told(HubScene scene) => Assert.Single(scene.Channel.Arrived).Notification.RouteLabels;
}
