using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary>A process with an alertmanager.yml that is changed under it, and what its commands say of it.</summary>
public sealed class Reloading : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private RecordingWebhooks webhooks = null!;
    private HubProcess hub = null!;
    private AlertmanagerApi api = null!;

    public async Task InitializeAsync()
    {
        webhooks = await RecordingWebhooks.StartAsync();
        await WriteAsync("first");
        hub = await HubProcess.StartAsync(
            folder.File("data"),
            null,
            $"--config.file={folder.File("alertmanager.yml")}"
        );
        api = new(hub.Http.BaseAddress!);
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        await webhooks.DisposeAsync();
    }

    public void Dispose()
    {
        api.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_hangup_puts_a_changed_file_into_force()
    {
        await WriteAsync("second");
        hub.Child.Signal(ChildProcess.HangUp);
        await hub.Child.LineAsync("again, it is in force");

        await FireAsync("A");
        await webhooks.ArrivedAsync("\"A\"");

        Assert.Equal("/second", Assert.Single(webhooks.Posts).Path);
        Assert.Contains(
            "\nalerthub_receivers_without_destination 1\n",
            (await api.GetAsync("metrics")).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_invalid_file_changes_nothing_and_says_why()
    {
        await File.WriteAllTextAsync(folder.File("alertmanager.yml"), "route: {receiver: nobody}\n");
        hub.Child.Signal(ChildProcess.HangUp);
        Assert.Contains(
            "alertmanager.yml:1:",
            await hub.Child.LineAsync("cannot be used, so what it said before stays in force"),
            StringComparison.Ordinal
        );
        var answer = await api.ReloadAsync();
        Assert.Equal(500, answer.Status);
        Assert.Contains("nobody", answer.Body, StringComparison.Ordinal);
        Assert.Contains(
            "alertmanager_config_last_reload_successful 0",
            (await api.GetAsync("metrics")).Body,
            StringComparison.Ordinal
        );

        await FireAsync("A");
        await webhooks.ArrivedAsync("\"A\"");

        Assert.Equal("/first", Assert.Single(webhooks.Posts).Path);
    }

    [Fact]
    public async Task A_receiver_without_a_destination_is_named_once()
    {
        Assert.Single(
            hub.Child.Written.Errors.Split('\n'),
            static line =>
                line.Contains("receiver \\\"later\\\": opsgenie is not supported yet", StringComparison.Ordinal)
        );
        await WriteAsync("second");
        Assert.Equal(200, (await api.ReloadAsync()).Status);
        Assert.Single(
            hub.Child.Written.Errors.Split('\n'),
            static line =>
                line.Contains("receiver \\\"later\\\": opsgenie is not supported yet", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_route_to_a_destination_that_does_not_exist_is_an_error_at_each_reload_and_nothing_dies_of_it()
    {
        await File.WriteAllTextAsync(
            folder.File("alertmanager.yml"),
            "route: {receiver: pager, group_wait: 0s}\nreceivers: [{name: pager, pagerduty_configs: [{routing_key: x}]}]\n"
        );
        Assert.Equal(200, (await api.ReloadAsync()).Status);
        Assert.Equal(200, (await api.ReloadAsync()).Status);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Errors("receiver \\\"pager\\\": pagerduty is not supported yet: nobody is told by it") < 2)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.NotEqual(0, Errors("reaches nobody"));
        await FireAsync("A");
        var metrics = (await api.GetAsync("metrics")).Body;
        Assert.Contains("\nalerthub_receivers_without_destination 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nalerthub_dead_letters 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nalerthub_undelivered 0\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_somebody_is_told_is_explained_on_the_command_line()
    {
        await FireAsync("A");
        await using var known = HubProcess.Run(["explain", "alertname=A", $"--url={hub.Http.BaseAddress}"]);
        Assert.Equal(0, await known.ExitAsync());
        Assert.Contains("hook", known.Written.Output, StringComparison.Ordinal);

        await using var unknown = HubProcess.Run(["explain", "alertname=B", $"--url={hub.Http.BaseAddress}"]);
        Assert.Equal(1, await unknown.ExitAsync());
        Assert.Contains("No such alert is known", unknown.Written.Errors, StringComparison.Ordinal);

        await using var alone = HubProcess.Run(["explain", "alertname=A", $"--url=http://127.0.0.1:{FreePort.Next()}"]);
        Assert.Equal(1, await alone.ExitAsync());
        Assert.Contains("does not answer; is AlertHub running?", alone.Written.Errors, StringComparison.Ordinal);
    }

    private async Task FireAsync(string name)
    {
        var answer = await api.PostAlertsAsync($$"""[{"labels":{"alertname":"{{name}}"} }]""");
        Assert.Equal(200, answer.Status);
    }

    private int Errors(string text) =>
        hub
            .Child.Written.Errors.Split('\n')
            .Count(line =>
                line.Contains("level=error", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal)
            );

    private Task WriteAsync(string path) =>
        File.WriteAllTextAsync(
            folder.File("alertmanager.yml"),
            $$"""
            route: {receiver: hook, group_wait: 0s}
            receivers:
              - {name: hook, webhook_configs: [{url: '{{webhooks.Address}}{{path}}' }] }
              - {name: later, opsgenie_configs: [{api_key: x}]}
            """
        );
}
