using System.Buffers;
using System.Text;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Api.Client;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api.AlertmanagerV2;

public sealed class ClientOfAlertmanager : IAsyncLifetime
{
    private const string Configuration =
        "route: {receiver: a, group_by: [alertname]}\nreceivers: [{name: a}, {name: b}]\n";

    private RealAlertmanager alertmanager = null!;
    private AlertmanagerClient client = null!;

    public async Task InitializeAsync()
    {
        alertmanager = await RealAlertmanager.StartAsync(Configuration);
        client = new(alertmanager.Http);
    }

    [Fact]
    public async Task It_posts_and_finds_alerts_and_silences()
    {
        Assert.True(
            Ok(
                await client.PostAlertsAsync([
                    Alert("DiskFull") with
                    {
                        Annotations = new Dictionary<string, string> { ["summary"] = "<full>" },
                        GeneratorUrl = "http://prometheus/graph",
                    },
                    Alert("Down"),
                ])
            )
        );
        var alert = Assert.Single(
            Ok(
                await client.AlertsAsync(
                    new() { Matchers = ["alertname=\"DiskFull\"", "missing=\"\""], Receiver = "a|x" }
                )
            )
        );
        Assert.Equal(
            ("<full>", "http://prometheus/graph", "active", "a", 16),
            (
                alert.Annotations["summary"],
                alert.GeneratorUrl,
                alert.Status.State,
                Assert.Single(alert.Receivers).Name,
                alert.Fingerprint.Length
            )
        );
        Assert.Equal(alert.UpdatedAt + TimeSpan.FromMinutes(5), alert.EndsAt);

        var silence = new SilenceToPost
        {
            Matchers =
            [
                new()
                {
                    Name = "alertname",
                    Value = "Disk.*",
                    IsRegex = true,
                },
            ],
            StartsAt = DateTimeOffset.UtcNow,
            EndsAt = DateTimeOffset.UtcNow.AddHours(1),
            CreatedBy = "us",
            Comment = "planned",
        };
        var id = Ok(await client.PostSilenceAsync(silence));
        Assert.Equal("active", Ok(await client.SilenceAsync(id)).Status.State);
        Assert.Equal(id, Assert.Single(Ok(await client.SilencesAsync(["alertname=~\"Disk.*\""]))).Id);
        Assert.Equal(id, Ok(await client.PostSilenceAsync(silence with { Id = id, Comment = "still" })));
        Assert.Equal("still", Ok(await client.SilenceAsync(id)).Comment);

        // Grouping follows the alerts in its own time.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        IReadOnlyList<ApiGroup> groups = [];
        while (groups.Count < 2)
        {
            groups = Ok(await client.GroupsAsync(cancellationToken: patience.Token));
        }

        Assert.Equal(["Down", "DiskFull"], groups.Select(group => group.Labels["alertname"]).OrderDescending());
        Assert.Equal([id], groups.SelectMany(group => group.Alerts).SelectMany(a => a.Status.SilencedBy));
        Assert.Equal(
            "Down",
            Assert.Single(Ok(await client.AlertsAsync(new() { Silenced = false }))).Labels["alertname"]
        );

        Assert.True(Ok(await client.ExpireSilenceAsync(id)));
        Assert.Equal("expired", Ok(await client.SilenceAsync(id)).Status.State);
    }

    [Fact]
    public async Task It_reads_receivers_and_the_status_which_ours_writes_with_the_same_bytes()
    {
        Assert.Equal(["a", "b"], Ok(await client.ReceiversAsync()).Select(receiver => receiver.Name));
        var status = Ok(await client.StatusAsync());
        Assert.Equal("disabled", status.Cluster.Status);
        Assert.Contains("receiver: a", status.Config.Original);

        var body = new ArrayBufferWriter<byte>();
        Answers.Status(
            body,
            new()
            {
                Cluster = new() { Status = status.Cluster.Status },
                Config = status.Config.Original,
                Uptime = status.Uptime,
                Version = new()
                {
                    Version = status.VersionInfo.Version,
                    Revision = status.VersionInfo.Revision,
                    Branch = status.VersionInfo.Branch,
                    BuildUser = status.VersionInfo.BuildUser,
                    BuildDate = status.VersionInfo.BuildDate,
                    GoVersion = status.VersionInfo.GoVersion,
                },
            }
        );
        Assert.Equal(await BytesAsync("status"), Encoding.UTF8.GetString(body.WrittenSpan));

        body.Clear();
        Answers.Receivers(body, [new("a", AlertHub.Alerts.Labels.Empty), new("b", AlertHub.Alerts.Labels.Empty)]);
        Assert.Equal(await BytesAsync("receivers"), Encoding.UTF8.GetString(body.WrittenSpan));
    }

    [Fact]
    public async Task Objections_come_with_their_status_and_words()
    {
        Assert.Equal("400: bad matcher format: x", Failed(await client.AlertsAsync(new() { Matchers = ["x"] })));
        Assert.Equal("404: Not Found", Failed(await client.SilenceAsync($"{Guid.Empty}")));
        Assert.StartsWith("422: silenceID in path must be of type uuid", Failed(await client.SilenceAsync("a/b c")));
        Assert.StartsWith(
            "400: at least one label",
            Failed(await client.PostAlertsAsync([new() { Labels = new Dictionary<string, string>() }]))
        );

        using var nobody = new HttpClient { BaseAddress = new($"http://user:secret@127.0.0.1:{FreePort.Next()}/") };
        Assert.DoesNotContain("secret", Failed(await new AlertmanagerClient(nobody).StatusAsync()));
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json;", 200)]
    [InlineData("application/json; charset=latin1", 200)]
    [InlineData("application/JSON", 200)]
    [InlineData(" application/json ", 200)]
    [InlineData("text/plain", 415)]
    [InlineData("text/json", 415)]
    [InlineData("application/problem+json", 415)]
    [InlineData("application/*", 415)]
    [InlineData("*/*", 415)]
    [InlineData("garbage/", 400)]
    [InlineData(";", 400)]
    [InlineData("application/json x", 400)]
    [InlineData("application/json, text/plain", 400)]
    public async Task Content_types_get_its_verdict(string contentType, int status)
    {
        using var content = new ByteArrayContent("[]"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await alertmanager.Http.PostAsync(new Uri("api/v2/alerts", UriKind.Relative), content);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status, RequestForm.ContentType(contentType, 2)?.Status ?? 200);
    }

    [Theory]
    [InlineData("x", 422)]
    [InlineData("F45A83D9-9F0B-4A6B-B0F7-000000000000", 404)]
    [InlineData("f45a83d99f0b4a6bb0f7000000000000", 404)]
    [InlineData("f45a83d9-9f0b-4a6b-b0f7-00000000000", 422)]
    [InlineData("%7Bf45a83d9-9f0b-4a6b-b0f7-000000000000%7D", 422)]
    public async Task Ids_of_silences_get_its_verdict(string id, int status)
    {
        using var answer = await alertmanager.Http.GetAsync(new Uri($"api/v2/silence/{id}", UriKind.Relative));
        var ours = RequestForm.SilenceId(Uri.UnescapeDataString(id)) ?? Refusal.SilenceNotFound;
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(WireCase.Verdict(status, await answer.Content.ReadAsByteArrayAsync()), WireCase.Verdict(ours));
    }

    private static AlertToPost Alert(string name) =>
        new() { Labels = new Dictionary<string, string> { ["alertname"] = name } };

    private static T Ok<T>(ApiResult<T> result) => Assert.IsType<ApiResult<T>.Ok>(result).Value;

    private static string Failed<T>(ApiResult<T> result) => Assert.IsType<ApiResult<T>.Failed>(result).ToString();

    private Task<string> BytesAsync(string path) =>
        alertmanager.Http.GetStringAsync(new Uri($"api/v2/{path}", UriKind.Relative));

    public async Task DisposeAsync() => await alertmanager.DisposeAsync();
}
