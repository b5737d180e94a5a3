using System.Text;
using System.Text.Json;
using Hosts.Tests.Support;

namespace Hosts.Tests.Web;

public sealed class GroupsWithRouteLabels
{
    [Fact]
    public async Task Groups_are_listed_with_the_labels_that_their_notifications_would_have()
    {
        await using var server = await HubServer.StartAsync(
            """
            route:
              receiver: hook
              group_by: [alertname]
              labels: {team: ops, title: '{{ .CommonLabels.alertname }} on {{ len .Alerts }}'}
            receivers: [{name: hook}]
            """
        );
        using var alerts = new StringContent(
            """[{"labels":{"alertname":"A","i":"1"}},{"labels":{"alertname":"A","i":"2"}}]""",
            Encoding.UTF8,
            "application/json"
        );
        using var taken = await server.Http.PostAsync(new Uri("api/v2/alerts", UriKind.Relative), alerts);
        taken.EnsureSuccessStatusCode();

        var groups = await server.Http.GetStringAsync(new Uri("api/v2/alerts/groups", UriKind.Relative));
        Assert.Equal(
            """{"team":"ops","title":"A on 2"}""",
            JsonDocument.Parse(groups).RootElement[0].GetProperty("routeLabels").GetRawText()
        );
    }
}
