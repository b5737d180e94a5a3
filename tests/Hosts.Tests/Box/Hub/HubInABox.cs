using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AlertHub.Lambda;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Hub;

/// <summary>The hub as it would be deployed, from a producer to Slack.</summary>
public abstract class HubInABox(AppAssembly assembly)
{
    [Fact]
    public async Task An_alarm_at_the_topic_and_on_the_bus_is_told_once_and_so_is_its_end()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config());

        var alarm = SampleEvents.Alarm();
        await hub.Box.PublishAsync("AlarmsTopic", alarm.ToJsonString(), "ALARM");
        await hub.Slack.TakesAsync($"ALARM: {alarm["AlarmName"]}");
        var change = JsonNode.Parse(SampleEvents.Read("eventbridge/metric-alarm.json"))!.AsObject();
        Assert.Equal(1, await hub.Box.PutEventAsync(change));
        await hub.Box.CountsAsync(Names.NotifiedMetric, 1);

        alarm["OldStateValue"] = "ALARM";
        alarm["NewStateValue"] = "OK";
        alarm["StateChangeTime"] = DateTimeOffset.UtcNow.ToString("O");
        await hub.Box.PublishAsync("AlarmsTopic", alarm.ToJsonString(), "OK");
        await hub.Slack.TakesAsync($"OK: {alarm["AlarmName"]}");
        await hub.Box.CountsAsync(Names.NotifiedMetric, 2);
        Assert.Equal(2, hub.Slack.Posts.Count(post => post.Shows($"{alarm["AlarmName"]}")));
    }

    [Fact]
    public async Task What_prometheus_posts_is_told_if_it_has_a_token()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config());

        using var stranger = new HttpClient { BaseAddress = hub.Api.BaseAddress };
        using var refused = await stranger.PostAsJsonAsync("api/v2/alerts", new JsonArray(HubBox.Alert("A")));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "only-for-alerts-of-the-shop");
        using var taken = await stranger.PostAsJsonAsync("api/v2/alerts", new JsonArray(HubBox.Alert("ShopDown")));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var forbidden = await stranger.GetAsync("hub/config");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await hub.PostAsync(HubBox.Alert("DiskFull")));
        await hub.Slack.TakesAsync("DiskFull");
        await hub.Slack.TakesAsync("ShopDown");
        var alerts = await hub.Api.GetFromJsonAsync<JsonArray>("api/v2/alerts?filter=tenant%3D%22shop%22");
        Assert.Equal("ShopDown", (string?)Assert.Single(alerts!)!["labels"]!["alertname"]);
    }

    [Fact]
    public async Task Groups_silences_inhibition_and_repeats_work()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(
            HubBox.Config(
                "group_wait: 2s, group_interval: 3s, repeat_interval: 6s",
                "inhibit_rules: [{source_matchers: [alertname=Cause], target_matchers: [alertname=Symptom], equal: [host]}]"
            )
        );

        using var silence = await hub.Api.PostAsJsonAsync(
            "api/v2/silences",
            JsonNode.Parse(
                $$"""
                {"matchers": [{"name": "alertname", "value": "Quiet", "isRegex": false}],
                 "startsAt": "{{DateTimeOffset.UtcNow:O}}", "endsAt": "{{DateTimeOffset.UtcNow.AddHours(1):O}}",
                 "createdBy": "somebody", "comment": "known"}
                """
            )
        );
        Assert.Equal(HttpStatusCode.OK, silence.StatusCode);

        await hub.PostAsync(HubBox.Alert("Cause", null, ("host", "a")));
        await hub.PostAsync(
            HubBox.Alert("Symptom", null, ("host", "a")),
            HubBox.Alert("Symptom", null, ("host", "b")),
            HubBox.Alert("Quiet"),
            HubBox.Alert("Group", null, ("host", "a")),
            HubBox.Alert("Group", null, ("host", "b"))
        );
        var group = await hub.Slack.TakesAsync("Group");
        Assert.True(group.Shows("2"), group.Body);
        await hub.Slack.UntilAsync(
            static posts => posts.Count(static post => post.Taken && post.Shows("Cause")) >= 3,
            "two repeats"
        );

        var posts = hub.Slack.Posts;
        Assert.DoesNotContain(posts, static post => post.Shows("Quiet"));
        Assert.All(
            posts.Where(static post => post.Shows("Symptom")),
            static post => Assert.False(post.Body.Contains("host=a", StringComparison.Ordinal), post.Body)
        );
        Assert.Contains(posts, static post => post.Shows("Symptom"));
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_used_changes_nothing_and_one_that_can_is_taken_back_by_its_number()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        var first = (await hub.Api.GetFromJsonAsync<JsonNode>("hub/config"))!;
        Assert.Equal((1, "deployment"), ((int)first["version"]!, (string?)first["by"]));

        var refused = await hub.ConfigureAsync("route: {receiver: nobody}", HttpStatusCode.BadRequest);
        Assert.NotEmpty(refused["objections"]!.AsArray());
        Assert.Equal(2, (int)(await hub.ConfigureAsync(HubBox.Config()))["version"]!);

        using var back = await hub.Api.PostAsJsonAsync("hub/config/rollback", new { version = 1 });
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        var now = (await hub.Api.GetFromJsonAsync<JsonNode>("hub/config"))!;
        Assert.Equal((3, (string?)first["alertmanager"]), ((int)now["version"]!, (string?)now["alertmanager"]));
    }

    [Fact]
    public async Task Nothing_is_lost_while_functions_are_killed()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config());
        string[] names = [.. Enumerable.Range(0, 25).Select(static i => $"Killed{i:D2}x")];
        using (hub.Box.KillAtRandom(share: 0.004, seed: 7))
        {
            foreach (var (place, name) in names.Index())
            {
                if (place % 2 == 0)
                {
                    await hub.PostUntilTakenAsync(HubBox.Alert(name));
                }
                else
                {
                    await hub.Box.PublishAsync("AlarmsTopic", $$"""{"title": "{{name}}"}""");
                }
            }

            // Whichever: what a killed function held back waits for the sweep, which is to come.
            await hub.Box.UntilAsync(() => names.Count(name => Told(hub, [name])) >= 12, "half of them are told", Long);
        }

        await SweptUntilAsync(hub, () => Told(hub, names), "all are told");
        Assert.NotEmpty(hub.Box.Functions.SelectMany(static function => function.Errors));
    }

    [Fact]
    public async Task Five_thousand_alerts_at_once_are_a_few_messages()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config("group_wait: 5s, group_interval: 1h, repeat_interval: 4h"));
        const int Alerts = 5000;
        const int InOne = 500;
        for (var from = 0; from < Alerts; from += InOne)
        {
            await hub.PostUntilTakenAsync([
                .. Enumerable
                    .Range(from, InOne)
                    .Select(static i => HubBox.Alert($"Burst{i % 5}", null, ("instance", $"node-{i}"))),
            ]);
        }

        await hub.Box.UntilAsync(
            () => hub.Slack.Posts.Count(static post => post.Taken) >= 5,
            "all groups are told",
            Long
        );
        await hub.Box.CountsAsync(Names.NotifiedMetric, 5);
        Assert.Equal(5, hub.Slack.Posts.Count);
        Assert.All(hub.Slack.Posts, static post => Assert.True(post.Shows("1000") || post.Shows("1,000"), post.Body));
        Assert.Equal(Alerts, hub.Box.Metric(Names.AcceptedMetric));
    }

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    private static bool Told(HubBox hub, IEnumerable<string> names) =>
        names.All(name => hub.Slack.Posts.Any(post => post.Taken && post.Shows(name)));

    /// <summary>With a sweep each time, since nothing waits for a minute here.</summary>
    private static async Task SweptUntilAsync(HubBox hub, Func<bool> holds, string what)
    {
        var next = DateTimeOffset.UtcNow.AddSeconds(12);
        await hub.Box.UntilAsync(
            async () =>
            {
                if (DateTimeOffset.UtcNow > next)
                {
                    await hub.Box.SweepAsync();
                    next = DateTimeOffset.UtcNow.AddSeconds(5);
                }

                return holds();
            },
            what,
            Long
        );
    }
}

public sealed class ManagedHubInABox(ManagedAssembly assembly) : HubInABox(assembly), IClassFixture<ManagedAssembly>;

public sealed class NativeHubInABox(NativeAssembly assembly) : HubInABox(assembly), IClassFixture<NativeAssembly>;
