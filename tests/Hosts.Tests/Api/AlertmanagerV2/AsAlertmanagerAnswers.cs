using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Alerts;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api.AlertmanagerV2;

/// <summary>Questions to one running Alertmanager 0.25, and to ours with the same alerts and silence.</summary>
public sealed class AsAlertmanagerAnswers : IAsyncLifetime
{
    private const string Configuration = """
        route:
          receiver: a
          group_by: [r]
          routes:
            - receiver: b
              matchers: ['severity="page"']
        receivers:
          - name: a
          - name: b
        inhibit_rules:
          - source_matchers: ['severity="page"']
            target_matchers: ['severity="info"']
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromMinutes(5);

    private RealAlertmanager alertmanager = null!;

    public async Task InitializeAsync() => alertmanager = await RealAlertmanager.StartAsync(Configuration);

    [Fact]
    public async Task Questions_get_its_answers()
    {
        Labels[] alerts =
        [
            Labels.Of(new Label("r", "1"), new("severity", "page")),
            Labels.Of(new Label("r", "2"), new("severity", "info")),
            Labels.Of(new Label("r", "3"), new("severity", "warn"), new("x", "1")),
            Labels.Of(new Label("r", "4"), new("severity", "page"), new("x", "1")),
            Labels.Of(new Label("r", "5")),
        ];
        var tracked = alerts.Select(labels => new PostedAlert { Labels = labels }.Take(Now, ResolveTimeout, out _)!);
        var silence = Matcher.Create("severity", MatchOperator.Equal, "warn", out _)!;
        var kept = (SilenceOutcome.Kept)
            new SilenceRequest { Matchers = [silence], EndsAt = Now.AddHours(1) }.Apply(null, "id", Now);
        var muters = new Muters
        {
            Inhibition = Inhibition
                .Compile([
                    new()
                    {
                        SourceMatchers = [Matcher.Create("severity", MatchOperator.Equal, "page", out _)!],
                        TargetMatchers = [Matcher.Create("severity", MatchOperator.Equal, "info", out _)!],
                    },
                ])
                .With(tracked, Now),
            Silences = Silences.Of(kept.Silence),
            Intervals = null!,
        };
        await Post(
            "api/v2/silences",
            $$"""{"matchers":[{"name":"severity","value":"warn","isRegex":false}],"startsAt":"{{Now:O}}","endsAt":"{{Now.AddHours(1):O}}","createdBy":"","comment":""}"""
        );
        await Post("api/v2/alerts", $"[{string.Join(',', alerts.Select(Json))}]");

        // Inhibition follows the alerts in its own time.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (
            !(await alertmanager.Http.GetStringAsync(Address("alerts"), patience.Token)).Contains("\"inhibitedBy\":[\"")
        )
        {
            await Task.Delay(20, patience.Token);
        }

        ShownAlert[] shown =
        [
            .. tracked.Select(alert => new ShownAlert
            {
                Alert = alert,
                Receivers = [alert.Labels["severity"] == "page" ? "b" : "a"],
                Mute = muters.Mute(alert.Labels, Now),
            }),
        ];
        var differences = new Differences();
        foreach (var row in Repository.Cases("api-queries.txt", '¦'))
        {
            using var answer = await alertmanager.Http.GetAsync(Address(row[0]));
            var theirs = await answer.Content.ReadAsByteArrayAsync();
            var (status, ours) = Answer(row[0], shown, kept.Silence);
            var (their, our) = (WireCase.Verdict((int)answer.StatusCode, theirs), WireCase.Verdict(status, ours));
            differences.Compare(row[0], their, our, row.ElementAtOrDefault(1));
            if (their == our && status == 200)
            {
                differences.Compare(row[0], Listed(theirs), Listed(ours));
            }
        }

        differences.None();
    }

    private static (int Status, byte[] Body) Answer(string request, IEnumerable<ShownAlert> alerts, Silence silence)
    {
        var (path, query) = request.Split('?', 2) is [var p, var q] ? (p, new QueryText(q)) : (request, new(null));
        var body = new ArrayBufferWriter<byte>();
        Refusal? refusal;
        if (path == "silences")
        {
            if (SilencesQuery.Parse(query, out refusal) is { } wanted)
            {
                Answers.Silences(body, ((Silence[])[silence]).Where(s => wanted.Wants(s, Now)), Now);
            }
        }
        else if (AlertsQuery.Parse(query, out refusal) is { } wanted)
        {
            Answers.Alerts(
                body,
                alerts.Where(a =>
                    wanted.Wants(a, a.Receivers.Select(name => new ShownReceiver(name, Labels.Empty)), Now)
                )
            );
        }

        refusal?.Write(body);
        return (refusal?.Status ?? 200, body.WrittenSpan.ToArray());
    }

    /// <summary>Of alerts; of silences, what they silence.</summary>
    private static string Listed(byte[] body) =>
        string.Join(
            "; ",
            JsonNode
                .Parse(body)!
                .AsArray()
                .Select(item => $"{item!["fingerprint"]} {item["matchers"]} {item["status"]!["state"]}")
        );

    private static string Json(Labels labels)
    {
        var body = new ArrayBufferWriter<byte>();
        var json = new GoJsonWriter(body, escapesHtml: false);
        json.Raw("{\"labels\":"u8);
        json.Labels(labels);
        json.Raw("}"u8);
        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    private async Task Post(string path, string json) =>
        Assert.StartsWith("200", await WireCase.AskAsync(alertmanager.Http, path, Encoding.UTF8.GetBytes(json)));

    /// <summary>The request as it is written, bad escapes included.</summary>
    private Uri Address(string request) =>
        new(
            $"{alertmanager.Address}api/v2/{request}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );

    public async Task DisposeAsync() => await alertmanager.DisposeAsync();
}
