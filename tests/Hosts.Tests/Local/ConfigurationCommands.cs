using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary><c>check</c> and <c>routes</c> of the real program, in a folder with a configuration; what they print is approved.</summary>
public sealed class ConfigurationCommands : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ConfigurationCommands()
    {
        Write(
            "alertmanager.yml",
            """
            global:
              slack_api_url: https://hooks.slack.com/services/T0/B0/topsecret
            route:
              receiver: ops
              group_by: [alertname, cluster]
              routes:
                - matchers: [severity="page"]
                  receiver: pager
                  group_wait: 10s
                  continue: true
                  routes:
                    - matchers: [team=~"db|dba"]
                      receiver: database
                      active_time_intervals: [office]
                - matchers: [severity="info"]
                  receiver: quiet
                  mute_time_intervals: [night, weekend]
                - matchers: [team="web", env!="test"]
                  receiver: web
                  repeat_interval: 12h
                  labels: {channel: web}
                - matchers: [team="web"]
                  receiver: quiet
                  group_by: ['...']
            receivers:
              - name: ops
                slack_configs: [{channel: '#ops', title: '{{ .Foo '}]
              - name: pager
                pagerduty_configs: [{routing_key: topsecret}]
              - name: database
                webhook_configs: [{url: http://db.example/hook}]
              - name: web
                slack_configs: [{channel: '#web'}]
                webhook_configs: [{url: http://web.example/hook}]
              - name: quiet
            templates: ['templates/*.tmpl', 'more/*.tmpl']
            time_intervals:
              - name: office
                time_intervals:
                  - times: [{start_time: 09:00, end_time: 17:00}]
                    weekdays: ['monday:friday']
                    location: Europe/Zurich
              - name: weekend
                time_intervals: [{weekdays: [saturday, sunday]}]
              - name: night
                time_intervals:
                  - times: [{start_time: 22:00, end_time: 24:00}]
                  - times: [{start_time: 00:00, end_time: 06:00}]
            """
        );
        Write("hub.yml", "routes: [{name: escalation, route: '{}/{severity=\"page\"}'}]");
        Write("wrong-hub.yml", "routes: [{name: escalation, route: '{}/{severity=\"pgae\"}'}]");
        Write("templates/a.tmpl", "{{ define \"x\" }}hello{{ end }}");
        Write(
            "bad.yml",
            """
            route:
              receiver: opps
              group_wait: 12x
              colour: red
            receivers:
              - name: ops
            """
        );
        Write("bad-template.yml", "route: {receiver: a}\nreceivers: [{name: a}]\ntemplates: [broken/*, '[']");
        Write(
            "calls.yml",
            """
            route: {receiver: a}
            receivers:
              - name: a
                slack_configs:
                  - api_url: https://hooks.slack.com/services/T0/B0/topsecret
                    title: '{{ template "acme.titel" . }}'
                    text: |
                      {{ range .Alerts.Firng }}{{ .Labels.alertname }}{{ end }}
                    footer: '{{ template "acme.title" . }}'
            templates: [calls/*]
            """
        );
        Write("calls/acme.tmpl", "{{ define \"acme.title\" }}\n{{ .CommonLabel.team }}{{ end }}");
        Write("broken/b.tmpl", "fine\n{{ nonsense }}");
    }

    [Theory]
    [InlineData("check", 0, "check", "alertmanager.yml", "--hub", "hub.yml")]
    [InlineData("check-strict", 1, "check", "--strict", "calls.yml")]
    [InlineData("check-calls", 0, "check", "calls.yml")]
    [InlineData("check-several", 1, "check", "bad.yml", "alertmanager.yml", "missing.yml", "templates")]
    [InlineData("check-templates", 1, "check", "bad-template.yml")]
    [InlineData("check-wrong-hub", 1, "check", "alertmanager.yml", "--hub", "alertmanager.yml")]
    [InlineData("check-nothing", 2, "check")]
    [InlineData("check-help", 0, "check", "--help")]
    [InlineData("check-swapped", 1, "check", "hub.yml", "--hub", "alertmanager.yml")]
    [InlineData("check-no-hub", 1, "check", "alertmanager.yml", "--hub=missing.yml")]
    [InlineData("check-wrong-route", 1, "check", "alertmanager.yml", "--hub=wrong-hub.yml")]
    [InlineData("check-bad-option", 2, "check", "--bogus", "alertmanager.yml")]
    [InlineData("routes", 0, "routes", "alertmanager.yml", "--hub", "hub.yml")]
    [InlineData("routes-keys", 0, "routes", "alertmanager.yml", "--keys", "--hub", "hub.yml")]
    [InlineData("routes-help", 0, "routes", "--help")]
    [InlineData(
        "routes-set",
        0,
        "routes",
        "alertmanager.yml",
        "{severity=\"page\", team=\"dba\"}",
        "--verify.receivers=",
        "--time=2026-11-20T12:00"
    )]
    [InlineData("routes-of-a-bad-file", 1, "routes", "bad.yml")]
    [InlineData("routes-root", 0, "routes", "alertmanager.yml", "alertname=Up", "--time=2026-11-20T12:00Z")]
    [InlineData(
        "routes-continue",
        0,
        "routes",
        "alertmanager.yml",
        "alertname=Disk \"full\"",
        "severity=page",
        "team=\"web\"",
        "--hub=hub.yml",
        "--time=2026-11-20T12:00Z",
        "--verify.receivers=pager,web"
    )]
    [InlineData(
        "routes-inactive",
        0,
        "routes",
        "alertmanager.yml",
        "severity=page",
        "team=dba",
        "--time=2026-11-20T16:00Z"
    )]
    [InlineData(
        "routes-active",
        0,
        "routes",
        "alertmanager.yml",
        "severity=page",
        "team=dba",
        "--time=2026-11-20T15:59Z"
    )]
    [InlineData("routes-muted", 0, "routes", "alertmanager.yml", "severity=info", "--time=2026-11-22T23:00:00+01:00")]
    [InlineData(
        "routes-wrong",
        1,
        "routes",
        "alertmanager.yml",
        "a=b",
        "--time=2026-11-20T12:00Z",
        "--verify.receivers=web"
    )]
    [InlineData("routes-of-a-bad-template", 0, "routes", "bad-template.yml")]
    [InlineData("routes-no-label", 2, "routes", "alertmanager.yml", "severity=~page")]
    [InlineData("routes-label-twice", 2, "routes", "alertmanager.yml", "a=1", "a=2")]
    [InlineData("routes-bad-time", 2, "routes", "alertmanager.yml", "a=1", "--time=noon")]
    public async Task What_is_printed_is_approved(string name, int status, params string[] arguments)
    {
        await using var hub = HubProcess.Run(arguments, folder: folder.Path);

        Assert.Equal(status, await hub.ExitAsync());
        var (output, errors) = hub.Written;
        Assert.DoesNotContain("topsecret", output + errors, StringComparison.Ordinal);
        Approved.Matches(
            $"commands/{name}.txt",
            $"$ alerthub {string.Join(' ', arguments)}\n\n{output}\n{(errors.Length > 0 ? $"\nstandard error:\n{errors}\n" : "")}"
        );
    }

    [Fact]
    public async Task Of_ten_thousand_routes_those_passed_by_are_counted_unless_all_are_asked_for()
    {
        Write(
            "many.yml",
            $"""
            route:
              receiver: a
              routes:
            {string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"  - matchers: [service=\"{i}\"]"))}
            receivers: [name: a]
            """.Replace("[name: a]", "[{name: a}]", StringComparison.Ordinal)
        );

        await using var hub = HubProcess.Run(["routes", "many.yml", "service=9999"], folder: folder.Path);

        Assert.Equal(0, await hub.ExitAsync());
        Assert.Contains("service=\"9999\"", hub.Written.Output, StringComparison.Ordinal);
        Assert.Contains("and 9989 more (--all)", hub.Written.Output, StringComparison.Ordinal);
        Assert.InRange(hub.Written.Output.Split('\n').Length, 10, 30);
    }

    [Theory]
    [InlineData("FILE \"\": it must be a file", "check", "")]
    [InlineData("FILE \"\": it must be a file", "routes", "")]
    [InlineData("--hub \"\": it must be a file", "check", "alertmanager.yml", "--hub", "")]
    [InlineData("--hub \"\": it must be a file", "check", "--hub=", "alertmanager.yml")]
    [InlineData("standard input can be read once", "check", "--hub", "-", "-")]
    [InlineData("standard input can be read once", "check", "-", "-")]
    [InlineData("standard input can be read once", "routes", "-", "--hub=-")]
    [InlineData("routes needs FILE: alertmanager.yml", "routes")]
    [InlineData("Required argument missing for option: '--hub'", "check", "alertmanager.yml", "--hub")]
    [InlineData("looks like several labels", "routes", "alertmanager.yml", "team=db,severity=page")]
    [InlineData("no label", "routes", "alertmanager.yml", "{team=~\"db\"}")]
    [InlineData("--all is about an alert", "routes", "alertmanager.yml", "--all")]
    [InlineData("--time is about an alert", "routes", "alertmanager.yml", "--time=2026-11-20T12:00Z")]
    [InlineData("--verify.receivers is about an alert", "routes", "alertmanager.yml", "--verify.receivers=a")]
    [InlineData("--keys lists all routes", "routes", "alertmanager.yml", "--keys", "a=b")]
    [InlineData("did you mean check?", "chekc")]
    [InlineData("did you mean check?", "check-config", "alertmanager.yml")]
    [InlineData("did you mean check alertmanager.yml?", "alertmanager.yml")]
    [InlineData("amtool's \"config routes\" is \"routes\" here", "config", "routes", "test")]
    [InlineData("the commands are check, routes, explain, dead", "frobnicate")]
    [InlineData("\"routes FILE\" draws the tree", "routes", "show")]
    public async Task A_line_that_makes_no_sense_is_refused_in_one_sentence(string sentence, params string[] arguments)
    {
        await using var hub = HubProcess.Run(arguments, folder: folder.Path);

        Assert.Equal(2, await hub.ExitAsync());
        var (output, errors) = hub.Written;
        Assert.Equal("", output);
        Assert.StartsWith("alerthub: ", errors, StringComparison.Ordinal);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("check alertmanager.yml")]
    [InlineData("routes --help")]
    public async Task A_full_disk_is_no_crash(string arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AlertHub.Local.dll");
        await using var hub = ChildProcess.Start(
            "sh",
            ["-c", $"dotnet exec '{program}' {arguments} >/dev/full"],
            folder: folder.Path
        );

        Assert.Equal(1, await hub.ExitAsync());
        Assert.StartsWith(
            "alerthub: standard output cannot be written: ",
            hub.Written.Errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', hub.Written.Errors);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), text);
    }

    public void Dispose() => folder.Dispose();
}
