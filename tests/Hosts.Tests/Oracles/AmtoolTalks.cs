using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>amtool 0.25 works with ours as with its own server.</summary>
public sealed partial class AmtoolTalks : IAsyncLifetime, IDisposable
{
    private const string Configuration = """
        global: {slack_api_url: 'https://hooks.slack.example/secret'}
        route:
          receiver: team
          group_by: [alertname]
          group_wait: 1h
          routes:
            - receiver: pager
              matchers: ['severity="page"']
        inhibit_rules:
          - source_matchers: ['severity="page"']
            target_matchers: ['severity="note"']
            equal: [instance]
        receivers:
          - name: team
            slack_configs: [{channel: '#ops'}]
          - name: pager
        """;

    private readonly TemporaryFolder folder = new();
    private LastingHub hub = null!;

    public async Task InitializeAsync() => hub = await LastingHub.StartAsync(Configuration);

    public async Task DisposeAsync() => await hub.DisposeAsync();

    public void Dispose() => folder.Dispose();

    private Task<string> AskAsync(params IEnumerable<string> arguments) => AskAsync(hub, arguments);

    private static async Task<string> AskAsync(LastingHub hub, params IEnumerable<string> arguments)
    {
        var answer = await Amtool.AskAsync([.. arguments, $"--alertmanager.url={hub.Address}"]);
        Assert.True(answer.ExitCode == 0, $"{string.Join(' ', arguments)}: {answer.Output}{answer.Errors}");
        return answer.Output;
    }

    [Fact]
    public async Task It_adds_alerts_and_finds_them()
    {
        await AskAsync("alert", "add", "alertname=DiskFull", "instance=db-1", "--annotation=summary=full");
        await AskAsync("alert", "add", "Down", "severity=page");

        Assert.Contains("DiskFull", await AskAsync("alert", "query", "instance=~db.*"), StringComparison.Ordinal);
        var all = JsonNode.Parse(await AskAsync("alert", "query", "-o", "json"))!.AsArray();
        Assert.Equal(2, all.Count);
        Assert.Equal(
            "pager",
            $"{all.Single(a => $"{a!["labels"]!["alertname"]}" == "Down")!["receivers"]![0]!["name"]}"
        );
    }

    [Fact]
    public async Task It_asks_for_alerts_of_a_receiver_or_a_state_and_shows_them_in_every_form()
    {
        await AskAsync("alert", "add", "Down", "severity=page", "instance=db-1", "--annotation=summary=it is down");
        await AskAsync("alert", "add", "Slow", "severity=note", "instance=db-1", "--generator-url=http://db.example/");
        await AskAsync("alert", "add", "Full", "severity=note", "instance=db-2");
        await AskAsync("silence", "add", "alertname=Full", "--comment=planned");

        Assert.Equal(["Down"], await NamesAsync());
        Assert.Equal(["Slow"], await NamesAsync("--inhibited"));
        Assert.Equal(["Full"], await NamesAsync("--silenced"));
        Assert.Equal(["Down", "Full", "Slow"], await NamesAsync("--active", "--inhibited", "--silenced"));
        Assert.Equal(["Down"], await NamesAsync("--receiver=pager", "--active", "--inhibited", "--silenced"));
        Assert.Equal(["Full"], await NamesAsync("--silenced", "instance!=db-1", "severity=~no.*"));
        Assert.Empty(await NamesAsync("instance=db-3"));

        var simple = await AskAsync("alert", "query");
        Assert.Matches(@"Down +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC +it is down +active", simple);
        var extended = await AskAsync("alert", "query", "--inhibited", "-o", "extended");
        Assert.Contains("instance=\"db-1\"", extended, StringComparison.Ordinal);
        Assert.Contains("http://db.example/", extended, StringComparison.Ordinal);

        async Task<IEnumerable<string>> NamesAsync(params string[] arguments) =>
            JsonNode
                .Parse(await AskAsync(["alert", "query", "-o", "json", .. arguments]))!
                .AsArray()
                .Select(static alert => $"{alert!["labels"]!["alertname"]}")
                .Order();
    }

    [Fact]
    public async Task It_adds_changes_and_ends_silences()
    {
        await AskAsync("alert", "add", "DiskFull", "instance=db-1");
        var id = (await AskAsync("silence", "add", "alertname=DiskFull", "--comment=planned", "--author=us")).Trim();
        Assert.Matches(Uuid(), id);
        Assert.Contains("planned", await AskAsync("silence", "query"), StringComparison.Ordinal);
        Assert.DoesNotContain("DiskFull", await AskAsync("alert", "query"), StringComparison.Ordinal);
        Assert.Contains("DiskFull", await AskAsync("alert", "query", "--silenced"), StringComparison.Ordinal);

        await AskAsync("silence", "update", "--duration=2h", "--comment=longer", id);
        Assert.Contains("longer", await AskAsync("silence", "query", "-o", "extended"), StringComparison.Ordinal);

        await AskAsync("silence", "expire", id);
        Assert.DoesNotContain("longer", await AskAsync("silence", "query"), StringComparison.Ordinal);
        Assert.Contains("longer", await AskAsync("silence", "query", "--expired"), StringComparison.Ordinal);
        Assert.Contains("DiskFull", await AskAsync("alert", "query"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_imports_the_silences_that_it_exported()
    {
        await AskAsync("silence", "add", "alertname=DiskFull", "--comment=planned", "--author=us");
        await File.WriteAllTextAsync(folder.File("silences.json"), await AskAsync("silence", "query", "-o", "json"));

        await using var other = await LastingHub.StartAsync(Configuration);
        await AskAsync(other, "silence", "import", "--force", folder.File("silences.json"));

        Assert.Equal("planned", $"{Assert.Single((await other.Api.SilencesAsync([])).Json.AsArray())!["comment"]}");
        await AskAsync(other, "silence", "expire", (await AskAsync(other, "silence", "query", "-q")).Trim());
        Assert.Empty((await AskAsync(other, "silence", "query", "-q")).Trim());
    }

    [Fact]
    public async Task It_shows_the_configuration_and_walks_its_routes()
    {
        var config = await AskAsync("config", "show");
        Assert.Contains("slack_api_url: \"<secret>\"", config, StringComparison.Ordinal);
        Assert.Contains("pager", await AskAsync("config", "routes", "show"), StringComparison.Ordinal);
        Assert.Equal("pager", (await AskAsync("config", "routes", "test", "severity=page")).Trim());
        Assert.Equal("team", (await AskAsync("config", "routes", "test", "severity=note")).Trim());
        var file = folder.File("shown.yml");
        await File.WriteAllTextAsync(file, config);
        var verdict = await Amtool.AskAsync("check-config", file);
        Assert.True(verdict.ExitCode == 0, $"{verdict.Output}{verdict.Errors}\n{config}");
        Assert.Contains("disabled", await AskAsync("cluster", "show"), StringComparison.Ordinal);
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();
}
