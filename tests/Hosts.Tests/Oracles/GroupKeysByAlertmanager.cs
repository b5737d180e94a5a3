using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Oracles;

/// <summary>
/// The rows of Cases/group-keys.txt as routes of one running Alertmanager, which tells a webhook the key of each group. A
/// row's route is its receiver's, so an alert that comes to several routes is told apart.
/// </summary>
public sealed class GroupKeysByAlertmanager : IAsyncLifetime, IDisposable
{
    private const string Loopback = "127.0.0.1";

    private readonly TemporaryFolder folder = new();
    private readonly GroupKeyCase[] rows = [.. GroupKeyCase.All.Where(row => row.Steps.Count > 0)];
    private readonly ConcurrentDictionary<(string Receiver, string Fingerprint), string> keys = [];
    private readonly TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication webhook = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        webhook = builder.Build();
        webhook.Urls.Add($"http://{Loopback}:0");
        webhook.MapPost("/{receiver}", TellAsync);
        await webhook.StartAsync();
    }

    [Fact]
    public async Task It_gives_groups_the_same_keys()
    {
        var port = FreePort.Next();
        var config = folder.File("alertmanager.yml");
        await File.WriteAllTextAsync(config, Configuration());
        await using var alertmanager = ChildProcess.Start(
            "/usr/bin/prometheus-alertmanager",
            [
                $"--config.file={config}",
                $"--storage.path={folder.File("data")}",
                $"--web.listen-address={Loopback}:{port}",
                "--cluster.listen-address=",
            ]
        );
        await alertmanager.LineAsync("Listening on");

        using var http = new HttpClient();
        using var body = new ByteArrayContent(Alerts());
        body.Headers.ContentType = new("application/json");
        using var answer = await http.PostAsync(new Uri($"http://{Loopback}:{port}/api/v2/alerts"), body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(rows.Select(row => row.IsReached ? row.Key : "none"), rows.Select(Key));
    }

    private string Configuration() =>
        RouteYaml
            .Of(
                new()
                {
                    Receiver = "root",
                    Routes = [.. rows.Select((row, i) => row.Route($"r{i}") with { Continue = true })],
                },
                receiver => $"  webhook_configs: [{{url: \"{webhook.Urls.First()}/{receiver}\"}}]\n"
            )
            .Replace("route:\n", "route:\n  group_wait: 0s\n", StringComparison.Ordinal);

    private byte[] Alerts() =>
        JsonSerializer.SerializeToUtf8Bytes(
            rows.Select(row => new Dictionary<string, Dictionary<string, string>>
            {
                ["labels"] = row.Alert.ToDictionary(label => label.Name, label => label.Value),
            })
        );

    private async Task TellAsync(HttpContext context, string receiver)
    {
        using var message = await JsonDocument.ParseAsync(context.Request.Body);
        var key = message.RootElement.GetProperty("groupKey").GetString()!;
        foreach (var alert in message.RootElement.GetProperty("alerts").EnumerateArray())
        {
            keys[(receiver, alert.GetProperty("fingerprint").GetString()!)] = key;
        }

        if (rows.Where(row => row.IsReached).All(row => Key(row, Array.IndexOf(rows, row)) != "none"))
        {
            told.TrySetResult();
        }
    }

    private string Key(GroupKeyCase row, int i) => keys.GetValueOrDefault(($"r{i}", row.Alert.FingerprintText), "none");

    public async Task DisposeAsync() => await webhook.DisposeAsync();

    public void Dispose() => folder.Dispose();
}
