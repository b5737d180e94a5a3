using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>Alerts, groups and silences after the same posts: bodies as a real Alertmanager 0.25 writes them.</summary>
public sealed class ListingsByAlertmanager
{
    private const string Configuration = """
        route:
          receiver: team
          group_by: [alertname]
          group_wait: 1h
          routes:
            - receiver: pager
              matchers: ['severity="page"']
              group_by: [instance]
              continue: true
            - receiver: night
              matchers: ['severity=~"page|info"']
              group_by: ['...']
        receivers: [{name: team}, {name: pager}, {name: night}]
        inhibit_rules:
          - source_matchers: ['severity="page"']
            target_matchers: ['severity="info"']
            equal: [instance]
        """;

    /// <summary>What 0.25 does not say, and what is another each time.</summary>
    private static readonly string[] Apart = ["updatedAt", "mutedBy", "routeLabels", "id"];

    [Fact]
    public async Task They_list_the_same()
    {
        await using var alertmanager = await RealAlertmanager.StartAsync(Configuration);
        await using var server = await HubServer.StartAsync(Configuration);
        using var ours = new AlertmanagerApi(server.Address);
        AlertmanagerApi[] both = [alertmanager.Api, ours];
        var end = DateTimeOffset.UtcNow.AddHours(1).ToString("O");
        var start = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O");
        string Alert(string labels) =>
            $$"""{"labels":{{{labels}}},"startsAt":"{{start}}","endsAt":"{{end}}","annotations":{"a":"<b> & \"c\""},"generatorURL":"http://p/g?x=1&y=<2>"}""";
        foreach (var api in both)
        {
            var posted = await api.PostAlertsAsync(
                $"""
                [{Alert("\"alertname\":\"A\",\"severity\":\"page\",\"instance\":\"1\"")},
                 {Alert("\"alertname\":\"A\",\"severity\":\"info\",\"instance\":\"1\"")},
                 {Alert("\"alertname\":\"A\",\"severity\":\"info\",\"instance\":\"2\"")},
                 {Alert("\"alertname\":\"B\",\"x\":\"ü\",\"empty\":\"\"")}]
                """
            );
            Assert.Equal((200, ""), (posted.Status, posted.Body));
            var silenced = await api.PostSilenceAsync(
                $$"""{"matchers":[{"name":"alertname","value":"B|C","isRegex":true},{"name":"y","value":"z","isRegex":false,"isEqual":false}],"startsAt":"{{end}}","endsAt":"{{end.Replace("20", "21", StringComparison.Ordinal)}}","createdBy":"us","comment":"<planned>"}"""
            );
            Assert.Equal(200, silenced.Status);
            var now = await api.PostSilenceAsync(
                $$"""{"matchers":[{"name":"x","value":"ü","isRegex":false}],"startsAt":"2020-01-01T00:00:00Z","endsAt":"{{end}}","createdBy":"us","comment":"now"}"""
            );
            Assert.Equal(200, now.Status);
        }

        // Which inhibits and which group an alert is in, it works out a moment after it answered.
        foreach (
            var query in new[]
            {
                "alerts/groups",
                "alerts",
                "alerts?active=false",
                "alerts?silenced=false",
                "alerts?inhibited=false",
                "alerts?receiver=night",
                "alerts?receiver=pager&filter=instance=%221%22",
                "alerts/groups?receiver=pager",
                "alerts/groups?filter=severity=%22info%22",
                "alerts/groups?active=false",
                "silences?filter=y!=%22z%22",
                "receivers",
            }
        )
        {
            await PollAsync(query, both);
        }
    }

    private static async Task PollAsync(string query, AlertmanagerApi[] both)
    {
        for (var attempt = 0; ; attempt++)
        {
            var theirs = Comparable(await both[0].GetAsync($"api/v2/{query}"));
            var ours = Comparable(await both[1].GetAsync($"api/v2/{query}"));
            if (theirs == ours || attempt == 100)
            {
                Assert.Equal($"{query} {theirs}", $"{query} {ours}");
                return;
            }

            await Task.Delay(100);
        }
    }

    private static string Comparable(ApiAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        return Without(answer.Json)!.ToJsonString();
    }

    private static JsonNode? Without(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(
                    members
                        .Where(m => !Apart.Contains(m.Key) && !IsOfNewer(members, m.Key))
                        .Select(m => KeyValuePair.Create(m.Key, Masked(m.Key, m.Value)))
                );
            case JsonArray items:
                return new JsonArray([.. items.Select(Without)]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Annotations of silences.</summary>
    private static bool IsOfNewer(JsonObject members, string name) =>
        name == "annotations" && members.ContainsKey("matchers");

    private static JsonNode? Masked(string name, JsonNode? value) =>
        name == "silencedBy" ? value!.AsArray().Count : Without(value);
}
