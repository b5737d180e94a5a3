using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertHub.Local;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary>The real program with options and settings that cannot be: one line on standard error, and no other output.</summary>
public sealed partial class Options : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<(int Status, string Error)> RunAsync(string? slackWebhook, params string[] options)
    {
        await using var hub = HubProcess.Run(options, slackWebhook, folder.Path);
        var status = await hub.ExitAsync();
        Assert.Equal("", hub.Written.Output);
        return (status, hub.Written.Errors);
    }

    [Theory]
    [InlineData(2, "Unrecognized command or argument '--bogus'", "--bogus")]
    [InlineData(2, "Required argument missing for option: '--storage.path'", "--storage.path")]
    [InlineData(2, "--storage.path \"\": it must be a folder", "--storage.path", "")]
    [InlineData(2, "--storage.path \" \": it must be a folder", "--storage.path= ")]
    [InlineData(2, "--web.listen-address \"9093\": it must be host:port", "--web.listen-address", "9093")]
    [InlineData(2, "it must be host:port", "--web.listen-address", "127.0.0.1:70000")]
    [InlineData(2, "\"example.com\" is not an IP address", "--web.listen-address=example.com:9093")]
    [InlineData(2, "--sns.topic \"*\": it must be the ARN of a topic", "--sns.topic", "*")]
    [InlineData(1, "\"/dev/null/data\" cannot be written", "--storage.path", "/dev/null/data")]
    [InlineData(1, "this machine has no such address", "--web.listen-address", "192.0.2.1:9093")]
    [InlineData(1, "--demo: there is no folder events/", "--demo")]
    public async Task A_bad_option_is_named_with_what_to_do(int expected, string message, params string[] options)
    {
        // Copied away from the clone, or --demo would find the clone's samples beside the program.
        if (options is ["--demo"])
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            {
                File.Copy(file, folder.File(Path.GetFileName(file)));
            }

            await using var demo = ChildProcess.Start(
                "dotnet",
                ["exec", folder.File("AlertHub.Local.dll"), "--demo"],
                folder: folder.Path
            );
            Assert.Equal(expected, await demo.ExitAsync());
            Assert.Contains(message, demo.Written.Errors, StringComparison.Ordinal);
            return;
        }

        var (status, error) = await RunAsync(null, options);

        Assert.Equal(expected, status);
        Assert.StartsWith("alerthub: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("http://hooks.example.com/services/T0/B0/topsecret", "must begin with https://")]
    [InlineData("topsecret", "is not a URL")]
    [InlineData("file:/nowhere/webhook", "file:/nowhere/webhook: the file cannot be read")]
    [InlineData("env:NOT_SET_ANYWHERE", "env:NOT_SET_ANYWHERE: the environment variable")]
    public async Task A_bad_webhook_is_named_without_showing_it(string webhook, string message)
    {
        var (status, error) = await RunAsync(webhook);

        Assert.Equal(1, status);
        Assert.StartsWith("alerthub: SLACK_WEBHOOK_URL: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("topsecret", "#ops", "SLACK_BOT_TOKEN: it is not the token of a Slack app")]
    [InlineData("file:/nowhere/token", "#ops", "SLACK_BOT_TOKEN: file:/nowhere/token: the file cannot be read")]
    [InlineData("xoxb-topsecret", null, "SLACK_CHANNEL is not set")]
    public async Task A_bad_bot_is_named_without_showing_its_token(string token, string? channel, string message)
    {
        await using var hub = HubProcess.Run(
            [],
            folder: folder.Path,
            environment: new Dictionary<string, string?> { ["SLACK_BOT_TOKEN"] = token, ["SLACK_CHANNEL"] = channel }
        );

        Assert.Equal(1, await hub.ExitAsync());
        Assert.StartsWith($"alerthub: {message}", hub.Written.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", hub.Written.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_of_the_environment_writes_one_message_for_a_group()
    {
        await using var slack = await RecordingSlack.StartAsync();
        await using var hub = await HubProcess.StartAsync(
            folder.Path,
            slackWebhook: null,
            new Dictionary<string, string?>
            {
                ["SLACK_BOT_TOKEN"] = slack.Workspace.Token,
                ["SLACK_CHANNEL"] = "#ops",
                ["SLACK_API_URL"] = slack.PostMessage,
            }
        );

        foreach (var ends in (string[])["", ",\"endsAt\":\"2026-01-02T00:00:00Z\""])
        {
            using var alert = new StringContent(
                $$"""[{"labels":{"alertname":"DiskFull"},"startsAt":"2026-01-01T00:00:00Z"{{ends}}}]""",
                Encoding.UTF8,
                "application/json"
            );
            Assert.Equal(200, (await hub.PostAsync("/api/v2/alerts", alert)).Status);
            await slack.TakesAsync(ends.Length == 0 ? "FIRING: DiskFull" : "*Resolved* after 1 d 0 h");
        }

        var message = Assert.Single(slack.Workspace.Roots);
        Assert.StartsWith("RESOLVED: DiskFull", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (status, error) = await RunAsync(null, "--web.listen-address", $"{listener.LocalEndpoint}");

        Assert.Equal(1, status);
        Assert.Equal(
            $"alerthub: cannot listen on {listener.LocalEndpoint}: another process listens there; choose another with --web.listen-address",
            error
        );
    }

    [Fact]
    public async Task A_storage_in_use_is_said_in_one_line()
    {
        await using var first = await HubProcess.StartAsync(folder.File("data"), null);

        var (status, error) = await RunAsync(null, "--storage.path", folder.File("data"));

        Assert.Equal(1, status);
        Assert.Equal(
            $"alerthub: \"{folder.File("data")}\" is in use by another AlertHub; stop it or give this one its own folder with --storage.path",
            error
        );
    }

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, 9093, "another process listens there")]
    [InlineData(SocketError.AddressNotAvailable, 9093, "this machine has no such address")]
    [InlineData(SocketError.AddressFamilyNotSupported, 9093, "this machine has no such kind of address")]
    [InlineData(SocketError.AccessDenied, 80, "ports below 1024 need privileges")]
    [InlineData(SocketError.AccessDenied, 9093, "this user may not listen there")]
    [InlineData(SocketError.TooManyOpenSockets, 9093, "Too many open files")]
    public void Why_it_cannot_listen_is_said_as_it_is(SocketError error, int port, string reason)
    {
        var cause = new SocketException((int)error);

        Assert.StartsWith(reason, WebHost.Reason(cause, port), StringComparison.Ordinal);
        // As Kestrel wraps it.
        Assert.StartsWith(
            reason,
            WebHost.Reason(new IOException("bind", new InvalidOperationException("", cause)), port),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_failure_to_listen_of_no_known_cause_is_told_in_its_own_words() =>
        Assert.Equal("the disk is gone", WebHost.Reason(new IOException("the disk is gone."), 9093));

    [Fact]
    public async Task A_start_is_one_line_with_address_storage_and_configuration()
    {
        await using var hub = await HubProcess.StartAsync(folder.File("data"), null);

        Assert.Equal("", hub.Child.Written.Output);
        Assert.Matches(
            $"^ts=[-0-9T:.]+Z level=info component=HubHost msg=\"Listening on address={hub.Http.BaseAddress!.Authority}, keeping everything in {folder.File("data")}, working by the built-in configuration, as there is no .*alertmanager\\.yml.*\"$",
            hub.Child.Written.Errors
        );
    }

    [Fact]
    public async Task The_log_may_be_JSON()
    {
        await using var hub = await HubProcess.StartAsync(folder.File("data"), null, "--log.format=json");

        var line = JsonNode.Parse(hub.Child.Written.Errors)!;
        Assert.Equal(("info", hub.Http.BaseAddress!.Authority), ($"{line["level"]}", $"{line["address"]}"));
    }

    [Fact]
    public async Task A_configuration_with_errors_is_told_with_all_of_them()
    {
        await File.WriteAllTextAsync(
            folder.File("bad.yml"),
            "route: {receiver: a, group_wait: x}\nreceivers: [{name: b}]\n"
        );

        var (status, error) = await RunAsync(null, "--config.file", folder.File("bad.yml"));

        Assert.Equal(1, status);
        Assert.Equal(
            2,
            error.Split('\n').Count(static line => line.StartsWith("alerthub: ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_configuration_that_was_asked_for_must_be_there()
    {
        var (status, error) = await RunAsync(null, "--config.file", folder.File("none.yml"));

        Assert.Equal((1, $"alerthub: \"{folder.File("none.yml")}\": there is no such file"), (status, error));
    }

    [Fact]
    public async Task Every_flag_of_the_real_one_is_taken()
    {
        await using var real = ChildProcess.Start("/usr/bin/prometheus-alertmanager", ["--help"]);
        await real.ExitAsync();
        var help = real.Written.Output + real.Written.Errors;
        var flags = Flag()
            .Matches(help)
            .Select(static m => (Name: m.Groups[1].Value, Takes: m.Groups[2].Success))
            .ToArray();
        Assert.True(flags.Length > 25, help);
        string[] given =
        [
            .. flags
                .Where(static flag => flag.Name is not ("--help" or "--version"))
                .Select(static flag =>
                    flag switch
                    {
                        ("--config.file", _) => "--config.file=/nowhere/alertmanager.yml",
                        ("--web.systemd-socket", _) => "--no-web.systemd-socket",
                        ("--web.listen-address", _) => "--web.listen-address=127.0.0.1:0",
                        ("--web.external-url", _) => "--web.external-url=http://alerts.example/x",
                        ("--web.get-concurrency", _) => "--web.get-concurrency=0",
                        ("--log.level", _) => "--log.level=debug",
                        ("--log.format", _) => "--log.format=json",
                        (var name, true) when name.Contains("interval", StringComparison.Ordinal) => $"{name}=1m",
                        (var name, true)
                            when name.Contains("timeout", StringComparison.Ordinal)
                                || name.Contains("retention", StringComparison.Ordinal) => $"{name}=1m",
                        (var name, true) => $"{name}=x",
                        (var name, false) => name,
                    }
                ),
        ];

        var (status, error) = await RunAsync(null, given);

        Assert.Equal((1, "alerthub: \"/nowhere/alertmanager.yml\": there is no such folder"), (status, error));
    }

    [Fact]
    public async Task Flags_of_a_cluster_are_explained_in_one_line()
    {
        await using var hub = await HubProcess.StartAsync(
            folder.File("data"),
            null,
            "--cluster.peer=a:9094",
            "--cluster.peer=b:9094",
            "--cluster.listen-address",
            "0.0.0.0:9094"
        );

        var line = Assert.Single(
            hub.Child.Written.Errors.Split('\n'),
            static line => line.Contains("cluster", StringComparison.Ordinal)
        );
        Assert.Contains("--cluster.listen-address, --cluster.peer: this is no cluster", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--web.systemd-socket", "--web.systemd-socket: sockets handed over by systemd are not taken")]
    [InlineData("--data.retention=5 days", "--data.retention \"5 days\"")]
    [InlineData("--log.level=loud", "it must be one of debug, info, warn, error")]
    [InlineData("--web.external-url=nowhere", "--web.external-url: the URL must begin with")]
    public async Task A_flag_that_makes_no_sense_is_refused(string flag, string message)
    {
        var (status, error) = await RunAsync(null, flag);

        Assert.Equal(2, status);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_laid_out_as_that_of_Alertmanager()
    {
        await using var hub = HubProcess.Run(["--version"]);

        Assert.Equal(0, await hub.ExitAsync());
        Assert.Matches(@"^alerthub, version \d+\.\d+\.\d+ \(branch: \w+, revision: \w+\)\n", hub.Written.Output);
    }

    [Fact]
    public async Task Two_addresses_are_listened_at()
    {
        await using var hub = await HubProcess.StartAsync(
            folder.File("data"),
            null,
            "--web.listen-address=127.0.0.1:0"
        );

        await hub.Child.LineAsync("Listening on");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (hub.Child.Written.Errors.Split('\n').Length < 2)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.All(
            hub.Child.Written.Errors.Split('\n'),
            static line => Assert.Contains("Listening on", line, StringComparison.Ordinal)
        );
    }

    [GeneratedRegex(@"^  (?:-\w, |    )(--[a-z][a-z0-9.-]+)(=\S+)?", RegexOptions.Multiline)]
    private static partial Regex Flag();

    [Theory]
    [InlineData("127.0.0.1:9093", "127.0.0.1:9093")]
    [InlineData("0.0.0.0:1", "0.0.0.0:1")]
    [InlineData(":9093", "[::]:9093")]
    [InlineData("[::1]:9093", "[::1]:9093")]
    [InlineData("localhost:9093", "127.0.0.1:9093")]
    [InlineData("::1:9093", null)]
    [InlineData("[127.0.0.1:9093", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.0.0.1:", null)]
    [InlineData("127.0.0.1:+1", null)]
    [InlineData("127.0.0.1:65536", null)]
    [InlineData("", null)]
    public void Addresses_are_written_as_in_prometheus(string text, string? expected) =>
        Assert.Equal(expected, ListenAddress.Parse(text, out var _)?.ToString());
}
