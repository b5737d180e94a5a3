using System.Globalization;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>Destinations that fail in every way, told by a process as users run it.</summary>
public sealed class FaultyDestinations
{
    private const string Firing = """[{"labels":{"alertname":"Fault"},"startsAt":"2026-03-14T03:00:00Z"}]""";

    private const string Resolved =
        """[{"labels":{"alertname":"Fault"},"startsAt":"2026-03-14T03:00:00Z","endsAt":"2026-03-14T04:00:00Z"}]""";

    /// <summary>What it does, and how many requests come whole until it is told: where it may have had one, another.</summary>
    private static readonly (string Name, Fault[] Script, int Requests)[] Faults =
    [
        ("unavailable", [new Fault.Answer(503), new Fault.Answer(500), new Fault.Answer(502)], 4),
        ("busy", [new Fault.Answer(429, "", "Retry-After: 1"), new Fault.Answer(429)], 3),
        ("reset-at-once", [new Fault.ResetAtOnce(), new Fault.ResetAtOnce()], 1),
        ("reset-before-body", [new Fault.ResetBeforeBody()], 1),
        ("reset-after-body", [new Fault.ResetAfterBody()], 2),
        ("close", [new Fault.Close(), new Fault.Close()], 3),
        ("half-head", [new Fault.HalfHead()], 2),
        ("half-answer", [new Fault.HalfAnswer(200)], 1),
        ("half-refusal", [new Fault.HalfAnswer(500)], 2),
        ("noise", [new Fault.Noise()], 2),
        ("silent", [new Fault.Silence()], 2),
        ("endless", [new Fault.Trickle()], 2),
    ];

    [Fact]
    public async Task Each_is_told_when_it_has_recovered_and_no_more_often_than_needed()
    {
        var destinations = Faults
            .Select(static fault => (fault.Name, fault.Requests, Destination: new FaultyDestination(fault.Script)))
            .ToArray();
        await using var hub = await LastingHub.StartAsync(
            $$"""
            route:
              receiver: default
              group_by: [alertname]
              group_wait: 0s
              group_interval: 200ms
              routes: [{{string.Join(
                ", ",
                destinations.Select(static d => $"{{receiver: {d.Name}, continue: true}}")
            )}}]
            receivers:
              - name: default
            {{string.Join(
                '\n',
                destinations.Select(static d =>
                    $"  - {{name: {d.Name}, webhook_configs: [{{url: '{d.Destination.Address}', timeout: {(d.Name is "silent" or "endless" ? 1 : 30)}s}}]}}"
                )
            )}}
            """
        );

        await hub.PostAsync(Firing);
        await Task.WhenAll(destinations.Select(static d => d.Destination.ReceivesAsync(d.Requests)));
        await hub.PostAsync(Resolved);
        await Task.WhenAll(destinations.Select(static d => d.Destination.ReceivesAsync(d.Requests + 1)));

        Assert.All(
            destinations,
            static d =>
            {
                var requests = d.Destination.Requests.ToArray();
                Assert.True(requests.Length == d.Requests + 1, $"{d.Name}: {requests.Length} requests");
                Assert.All(
                    requests[..^1],
                    static r => Assert.Contains("\"status\":\"firing\"", r, StringComparison.Ordinal)
                );
                Assert.DoesNotContain("\"status\":\"firing\"", requests[^1], StringComparison.Ordinal);
            }
        );
        foreach (var (_, _, destination) in destinations)
        {
            await destination.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_that_hangs_holds_up_no_other_and_is_told_everything_once()
    {
        const int groups = 20;
        var release = new TaskCompletionSource();
        await using var slow = new FaultyDestination([
            .. Enumerable.Repeat(new Fault.AnswerAfter(release.Task, new(200)), groups),
        ]);
        await using var quick = await RecordingWebhooks.StartAsync();
        await using var hub = await LastingHub.StartAsync(
            $$"""
            route: {receiver: quick, group_by: [alertname], group_wait: 0s, routes: [{receiver: slow, continue: true}, {receiver: quick}]}
            receivers:
              - {name: slow, webhook_configs: [{url: '{{slow.Address}}', timeout: 1m}]}
              - {name: quick, webhook_configs: [{url: '{{quick.Address}}'}]}
            """
        );

        foreach (var name in Enumerable.Range(0, groups).Select(Name))
        {
            await hub.PostAsync($$$"""[{"labels":{"alertname":"{{{name}}}"}}]""");
        }

        await quick.UntilAsync(
            static posts => posts.Count == groups,
            "all of the quick one's, while the slow one hangs"
        );
        release.SetResult();
        await slow.ReceivesAsync(groups);

        Assert.All(
            Enumerable.Range(0, groups).Select(Name),
            name => Assert.Single(slow.Requests, r => r.Contains($"\"{name}\"", StringComparison.Ordinal))
        );

        static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"Load{i}");
    }

    [Fact]
    public async Task What_waits_for_one_that_is_down_outlives_the_process()
    {
        var port = FreePort.Next();
        await using var hub = await LastingHub.StartAsync(OneWebhook(new($"http://127.0.0.1:{port}/")));
        await hub.PostAsync(Firing);
        await hub.Child.LineAsync("no connection");
        await hub.KillAsync();
        await hub.RestartAsync();
        await hub.Child.LineAsync("no connection");

        await using var webhooks = await RecordingWebhooks.StartAsync(port);
        await webhooks.UntilAsync(static posts => posts.Count > 0, "what waited");
        await hub.PostAsync(Resolved);
        await webhooks.UntilAsync(static posts => posts.Count > 1, "its end");

        Assert.Equal(["firing", "resolved"], Told.Of(webhooks.Posts).Select(static told => told.Status));
    }

    [Fact]
    public async Task What_is_refused_is_a_dead_letter_that_outlives_the_process_until_somebody_has_it_sent()
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        webhooks.Script("/", [new(400), new(400)]);
        await using var hub = await LastingHub.StartAsync(OneWebhook(webhooks.Address, "1h"));
        await hub.PostAsync("""[{"labels":{"alertname":"One"}},{"labels":{"alertname":"Two"}}]""");
        await DeadAsync(hub, 2);
        await hub.KillAsync();
        await hub.RestartAsync();

        var (status, list) = await hub.RunAsync("dead");
        Assert.Equal(0, status);
        Assert.Equal(2, list.Split("answered 400").Length - 1);
        Assert.Equal(2, webhooks.Posts.Count);

        var one = (await DeadAsync(hub, 2)).First(static letter =>
            $"{letter!["groupKey"]}".Contains("One", StringComparison.Ordinal)
        );
        Assert.Equal(0, (await hub.RunAsync("dead", "--resend", $"{one!["id"]}")).Status);
        await webhooks.UntilAsync(
            static posts => Told.Of(posts).Any(static told => told.Is("One", "firing")),
            "the one"
        );
        await DeadAsync(hub, 1);
        Assert.Equal(0, (await hub.RunAsync("dead", "--resend", "--all")).Status);
        await webhooks.UntilAsync(
            static posts => Told.Of(posts).Any(static told => told.Is("Two", "firing")),
            "the other"
        );
        await DeadAsync(hub, 0);
        Assert.Equal(4, webhooks.Posts.Count);
    }

    [Fact]
    public async Task What_was_refused_is_told_by_the_next_flush_if_the_destination_is_mended_by_then()
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        webhooks.Script("/", [new(400)]);
        await using var hub = await LastingHub.StartAsync(OneWebhook(webhooks.Address));
        await hub.PostAsync(Firing);
        await webhooks.UntilAsync(static posts => Told.Of(posts).Count > 0, "what was refused");
        await DeadAsync(hub, 0);
        await hub.PostAsync(Resolved);
        await webhooks.UntilAsync(static posts => Told.Of(posts).Count > 1, "its end");

        Assert.Equal([400, 200, 200], webhooks.Posts.Select(static post => post.Answer));
    }

    private static string OneWebhook(Uri url, string interval = "100ms") =>
        $$"""
            route: {receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: {{interval}}, repeat_interval: 1h}
            receivers: [{name: hook, webhook_configs: [{url: '{{url}}'}]}]
            """;

    /// <summary>When there are so many dead letters.</summary>
    private static async Task<JsonArray> DeadAsync(LastingHub hub, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var list = (await hub.Api.GetAsync("hub/dead")).Json.AsArray();
            if (list.Count == count)
            {
                return list;
            }

            Assert.False(patience.IsCancellationRequested, $"{list}\n{hub.Child.Written.Errors}");
            await Task.Delay(20);
        }
    }
}
