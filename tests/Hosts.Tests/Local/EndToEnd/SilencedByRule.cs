using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>A rule of <c>autosilence</c> in hub.yml, in the whole process.</summary>
public sealed class SilencedByRule
{
    private const string HubConfig = """
        autosilence:
          - {name: maintenance, matchers: ['maintenance="true"'], duration: 4h, equal: [site]}
        """;

    [Fact]
    public async Task What_matches_is_silent_from_its_first_moment_with_all_that_is_equal_and_through_a_kill()
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        await using var hub = await LastingHub.StartAsync(
            $$"""
            route: {receiver: hook, group_by: [alertname, site], group_wait: 0s, group_interval: 100ms, repeat_interval: 1h}
            receivers: [{name: hook, webhook_configs: [{url: '{{webhooks.Address}}'}]}]
            """,
            hubConfig: HubConfig
        );

        await hub.PostAsync(Alerts("""{"alertname":"Down","site":"north","maintenance":"true"}"""));
        await hub.PostAsync(
            Alerts("""{"alertname":"Slow","site":"north"}""", """{"alertname":"Slow","site":"south"}""")
        );
        await DecidedAsync(hub, 3);
        await webhooks.UntilAsync(static posts => Told.Of(posts).Count > 0, "the one that differs");
        Assert.Equal(["Slow south"], Names(webhooks));

        var silences = (await hub.Api.SilencesAsync([])).Json.AsArray();
        var silence = Assert.Single(silences)!;
        Assert.Equal(
            (
                "active",
                "made by the rule \"maintenance\" of hub.yml",
                "alerthub",
                """[{"isEqual":true,"isRegex":false,"name":"site","value":"north"}]""",
                TimeSpan.FromHours(4)
            ),
            (
                $"{silence["status"]!["state"]}",
                $"{silence["comment"]}",
                $"{silence["createdBy"]}",
                silence["matchers"]!.ToJsonString(),
                Time(silence, "endsAt") - Time(silence, "startsAt")
            )
        );
        var id = $"{silence["id"]}";
        Assert.Contains(
            "by a rule of hub.yml: made by the rule",
            await hub.Child.LineAsync($"silence {id} made"),
            StringComparison.Ordinal
        );
        Assert.Equal([$"Down north {id}", $"Slow north {id}", "Slow south "], await SilencedAsync(hub));

        // Recorded, too, or it would rightly be told once more.
        await hub.Child.LineAsync(": delivered");
        await hub.KillAsync();
        await hub.RestartAsync();

        Assert.Equal(silences.ToJsonString(), (await hub.Api.SilencesAsync([])).Json.ToJsonString());
        await hub.PostAsync(
            Alerts(
                """{"alertname":"Down","site":"north","maintenance":"true"}""",
                """{"alertname":"Full","site":"north"}""",
                """{"alertname":"Full","site":"south"}"""
            )
        );
        await DecidedAsync(hub, 5);
        await webhooks.UntilAsync(static posts => Told.Of(posts).Count > 1, "the next one that differs");
        Assert.Equal(["Slow south", "Full south"], Names(webhooks));

        // Nothing of them got lost: whoever ends the silence is told, and not overruled by the rule.
        Assert.Equal(200, (await hub.Api.DeleteSilenceAsync(id)).Status);
        await hub.PostAsync(Alerts("""{"alertname":"Down","site":"north","maintenance":"true"}"""));
        await webhooks.UntilAsync(static posts => Told.Of(posts).Count > 4, "those that were silent");
        Assert.Equal(["Down north", "Full north", "Slow north"], Names(webhooks).Skip(2).Order());
        Assert.Single((await hub.Api.SilencesAsync([])).Json.AsArray());
    }

    private static string Alerts(params string[] labels) =>
        $"[{string.Join(',', labels.Select(static each => $$"""{"labels":{{each}}}"""))}]";

    /// <summary>Until every group was flushed once: what it had to tell is told or on its way.</summary>
    private static async Task DecidedAsync(LastingHub hub, int groups)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (
            (await hub.Api.GetAsync("hub/explain", patience.Token))
                .Json.AsArray()
                .SelectMany(static alert => alert!["groups"]!.AsArray())
                .Count(static group => (bool)group!["hasFlushed"]!) < groups
        )
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task<IEnumerable<string>> SilencedAsync(LastingHub hub) =>
        (await hub.Api.AlertsAsync([]))
            .Json.AsArray()
            .Select(static alert =>
                $"{alert!["labels"]!["alertname"]} {alert["labels"]!["site"]} {string.Join(' ', alert["status"]!["silencedBy"]!.AsArray())}"
            )
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(RecordingWebhooks webhooks) =>
        Told.Of(webhooks.Posts).Select(static told => $"{told.Name} {told.Label("site")}");

    private static DateTimeOffset Time(JsonNode silence, string name) => DateTimeOffset.Parse($"{silence[name]}", null);
}
