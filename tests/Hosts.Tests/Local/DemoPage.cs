using System.Globalization;
using System.Text.RegularExpressions;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed partial class DemoPage : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private ChildProcess hub = null!;
    private Uri page = null!;

    public async Task InitializeAsync()
    {
        // A webhook that would be posted to, were there posting.
        hub = HubProcess.Run(
            ["--demo", "--web.listen-address", "127.0.0.1:0", "--storage.path", folder.File("data")],
            "http://127.0.0.1:9/services/T0/B0/topsecret"
        );
        page = new(Address().Match(await hub.LineAsync("as Slack would show them")).Value);
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_page_loads_nothing_and_runs_no_script_but_its_own()
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(page);
        var html = await response.Content.ReadAsStringAsync();

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("""<(img|link|iframe|script[^>]* src)\b""", html);
        Assert.DoesNotContain("topsecret", html, StringComparison.Ordinal);
        // The samples hold markup; in the page it stands escaped, inside one element of data.
        Assert.Equal(2, Script().Count(html));
        Assert.False(Directory.Exists(folder.File("data")), "the demo made a storage");
    }

    [Fact]
    public async Task A_browser_draws_every_sample_and_nothing_it_does_not_know()
    {
        var (dom, log) = await DrawnAsync(page);

        var samples = Assert.Single(Count().Matches(dom)).Groups[1].Value;
        Assert.Equal(samples, $"{Article().Count(dom)}");
        Assert.DoesNotContain("class=\"block unknown\"", dom, StringComparison.Ordinal);
        Assert.Contains("HighLoad", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_with_words_shows_only_what_has_them_all()
    {
        var (dom, log) = await DrawnAsync(new(page, "#find=rds-event%20FAILOVER%20completed"));

        var found = Assert.Single(Found().Matches(dom)).Groups;
        var shown = int.Parse(found["shown"].Value, CultureInfo.InvariantCulture);
        Assert.InRange(shown, 1, 9);
        Assert.Equal(int.Parse(found["all"].Value, CultureInfo.InvariantCulture) - shown, Hidden().Count(dom));
        Assert.Contains("RDS failover", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_shown_each_and_together_as_one_group()
    {
        await using var own = HubProcess.Run(
            [
                "--demo.file",
                Repository.File("events", "aws", "rds-event-recovery.json"),
                "--demo.file",
                Repository.File("events", "sns", "metric-alarm.json"),
                "--web.listen-address",
                "127.0.0.1:0",
                "--storage.path",
                folder.File("data"),
            ],
            "http://127.0.0.1:9/services/T0/B0/topsecret"
        );
        var address = new Uri(Address().Match(await own.LineAsync("as Slack would show them")).Value);

        var (dom, _) = await DrawnAsync(address);

        Assert.Equal("3", Assert.Single(Count().Matches(dom)).Groups[1].Value);
        Assert.Contains("FIRING (2): RDS unavailable, checkout-api-5xx", dom, StringComparison.Ordinal);
    }

    private async Task<(string Dom, string Log)> DrawnAsync(Uri address)
    {
        await using var browser = ChildProcess.Start(
            "chromium",
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                $"--user-data-dir={folder.File("profile")}",
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--dump-dom",
                address.AbsoluteUri,
            ]
        );
        Assert.Equal(0, await browser.ExitAsync());
        return browser.Written;
    }

    [GeneratedRegex(@"http://[^\s]+/")]
    private static partial Regex Address();

    [GeneratedRegex("<script")]
    private static partial Regex Script();

    [GeneratedRegex("<p id=\"count\">([0-9]+) messages</p>")]
    private static partial Regex Count();

    [GeneratedRegex("<p id=\"count\">(?<shown>[0-9]+) of (?<all>[0-9]+) messages</p>")]
    private static partial Regex Found();

    [GeneratedRegex("<div hidden=\"\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("<article")]
    private static partial Regex Article();
}
