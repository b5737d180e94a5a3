using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Muting;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api.AlertmanagerV2;

/// <summary>Requests to one running Alertmanager 0.25, and to ours: the same verdicts, and the same alerts and silences after them.</summary>
public sealed partial class AsAlertmanagerReads : IAsyncLifetime
{
    private const string Configuration = """
        route:
          receiver: a
          group_by: [r]
        receivers:
          - name: a
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromMinutes(5);

    private RealAlertmanager alertmanager = null!;

    public async Task InitializeAsync() => alertmanager = await RealAlertmanager.StartAsync(Configuration);

    [Fact]
    public async Task Posted_alerts_get_its_verdict_and_are_kept_as_it_keeps_them()
    {
        var kept = new Dictionary<ulong, ShownAlert>();
        var differences = new Differences();
        foreach (var row in WireCase.Read("posted-alerts.txt"))
        {
            var theirs = await WireCase.AskAsync(alertmanager.Http, "api/v2/alerts", row.Body);
            var ours = "200 none";
            if (AlertsBody.Read(row.Body, new(), out var refusal) is { } posted)
            {
                // What only ours takes is not among theirs.
                foreach (var alert in AlertsBody.Take(posted, Now, ResolveTimeout, out refusal))
                {
                    if (row.Ours is null)
                    {
                        kept[alert.Fingerprint] = new() { Alert = alert, Receivers = ["a"] };
                    }
                }
            }

            differences.Compare(row.Row, theirs, refusal is null ? ours : WireCase.Verdict(refusal), row.Ours);
        }

        differences.None();

        var body = new ArrayBufferWriter<byte>();
        Answers.Alerts(body, kept.Values.Where(shown => shown.Alert.IsFiring(Now)));
        differences.Compare(
            Lines(await alertmanager.Http.GetStringAsync(new Uri("api/v2/alerts", UriKind.Relative))),
            Lines(Encoding.UTF8.GetString(body.WrittenSpan))
        );

        // Grouping follows the alerts in its own time.
        var groups = "";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (groups.Split("\"fingerprint\"").Length <= kept.Values.Count(shown => shown.Alert.IsFiring(Now)))
        {
            groups = await alertmanager.Http.GetStringAsync(
                new Uri("api/v2/alerts/groups", UriKind.Relative),
                patience.Token
            );
        }

        body.Clear();
        Answers.Groups(
            body,
            kept.Values.Where(shown => shown.Alert.IsFiring(Now))
                .GroupBy(shown => shown.Alert.Labels.Only(["r"]))
                .Select(alerts => new ShownGroup
                {
                    Labels = alerts.Key,
                    Receiver = "a",
                    Alerts = [.. alerts],
                })
        );
        differences.Compare(
            Lines(groups),
            Lines(Encoding.UTF8.GetString(body.WrittenSpan).Replace(",\"routeLabels\":{}", ""))
        );
        differences.None();
    }

    [Fact]
    public async Task Posted_silences_get_its_verdict_and_are_kept_as_it_keeps_them()
    {
        var kept = new List<Silence>();
        var differences = new Differences();
        foreach (var row in WireCase.Read("posted-silences.txt"))
        {
            var theirs = await WireCase.AskAsync(alertmanager.Http, "api/v2/silences", row.Body);
            var ours = "200 object";
            if (SilenceBody.Read(row.Body, new(), out var refusal) is { } posted)
            {
                var outcome = posted.Request.Apply(null, $"{Guid.NewGuid()}", Now);
                refusal =
                    outcome is SilenceOutcome.Refused no ? Refusal.Invalid(no.Objection)
                    : posted.Id is { } id ? Refusal.NoSuchSilence(id)
                    : null;
                if (refusal is null && row.Ours is null && outcome is SilenceOutcome.Kept yes)
                {
                    kept.Add(yes.Silence);
                }
            }

            differences.Compare(row.Row, theirs, refusal is null ? ours : WireCase.Verdict(refusal), row.Ours);
        }

        differences.None();

        var body = new ArrayBufferWriter<byte>();
        Answers.Silences(body, kept, Now);
        var silences = await alertmanager.Http.GetStringAsync(new Uri("api/v2/silences", UriKind.Relative));
        differences.Compare(SilenceLines(silences), SilenceLines(Encoding.UTF8.GetString(body.WrittenSpan)));
        differences.None();
    }

    /// <summary>An alert a line; times that are told from when it came are told so, and offsets taken out.</summary>
    private static string[] Lines(string alerts) =>
        AlertTimes()
            .Replace(
                alerts.Replace("\"mutedBy\":[],", ""),
                match =>
                    $"\"endsAt\":\"{Relative(match, "end")}\"{match.Groups["middle"]}\"startsAt\":\"{Relative(match, "start")}\"{match.Groups["status"]}\"updatedAt\":\"now\""
            )
            .Replace("},{\"ann", "},\n{\"ann")
            .Split('\n');

    private static string[] SilenceLines(string silences) =>
        [
            .. SilenceTimes()
                .Replace(
                    silences.Replace("\"annotations\":{},", ""),
                    match =>
                        $"\"id\":\"\"{match.Groups["status"]}\"updatedAt\":\"now\"{match.Groups["middle"]}\"endsAt\":\"{Relative(match, "end")}\"{match.Groups["matchers"]}\"startsAt\":\"{Relative(match, "start")}\""
                )
                .TrimEnd()
                .Trim('[', ']')
                .Replace("},{\"id", "}\n{\"id")
                .Split('\n')
                .Order(StringComparer.Ordinal),
        ];

    private static string Relative(Match match, string group)
    {
        var (time, came) = (WireTime.Parse(match.Groups[group].Value), WireTime.Parse(match.Groups["update"].Value));
        return time == came ? "now"
            : time == came + ResolveTimeout ? "now + 5m"
            : $"{time:yyyy-MM-dd'T'HH:mm:ss.fff}";
    }

    public async Task DisposeAsync() => await alertmanager.DisposeAsync();

    [GeneratedRegex(
        """
            "endsAt":"(?<end>[^"]*)"(?<middle>,"fingerprint":"[0-9a-f]+","receivers":\[[^\]]*\],)"startsAt":"(?<start>[^"]*)"(?<status>,"status":\{[^}]*\},)"updatedAt":"(?<update>[^"]*)"
            """
    )]
    private static partial Regex AlertTimes();

    [GeneratedRegex(
        """
            "id":"[^"]*"(?<status>,"status":\{[^}]*\},)"updatedAt":"(?<update>[^"]*)"(?<middle>,"comment":.*?,)"endsAt":"(?<end>[^"]*)"(?<matchers>,"matchers":\[.*?\],)"startsAt":"(?<start>[^"]*)"
            """
    )]
    private static partial Regex SilenceTimes();
}
