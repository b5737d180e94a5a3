using AlertHub;
using AlertHub.Lambda.Configuration;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Configuration;

[Collection(SharedDynalite.Name)]
public sealed class WhatIsInForce(Dynalite dynalite) : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    private ConfigScene scene = null!;

    public async Task InitializeAsync() => scene = await ConfigScene.StartAsync(dynalite);

    public async Task DisposeAsync() => await scene.DisposeAsync();

    private static async Task<(string Receiver, long Version)> ReadAsync(ConfigInForce inForce)
    {
        var rules = (await inForce.GetAsync(default)).Settings.Rules;
        return (Assert.Single(rules.Routing.Receivers).Name, rules.Version);
    }

    [Fact]
    public async Task Where_nothing_is_that_is_said_until_something_is()
    {
        var inForce = scene.Open();

        var e = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await inForce.GetAsync(default));
        Assert.StartsWith("no configuration is in force yet: deploy", e.Message, StringComparison.Ordinal);

        await scene.AppendAsync(ConfigScene.Text("a"));
        Assert.Equal(("a", 1), await ReadAsync(inForce));
    }

    [Fact]
    public async Task A_change_is_found_after_five_seconds_and_until_then_nobody_is_asked()
    {
        await scene.AppendAsync(ConfigScene.Text("a"));
        var inForce = scene.Open();
        Assert.Equal(("a", 1), await ReadAsync(inForce));
        await scene.AppendAsync(ConfigScene.Text("b"));
        scene.Gate.Reset();

        scene.Clock.Advance(ConfigInForce.Interval - Moment);
        Assert.Equal(("a", 1), await ReadAsync(inForce));
        Assert.Empty(scene.Gate.Operations);

        scene.Clock.Advance(Moment);
        Assert.Equal(("b", 2), await ReadAsync(inForce));
        Assert.Equal(2, scene.Gate.Operations.Count);

        scene.Clock.Advance(ConfigInForce.Interval);
        Assert.Equal(("b", 2), await ReadAsync(inForce));
        Assert.Equal(3, scene.Gate.Operations.Count);
        Assert.Equal([1, 2], scene.Used.Select(static used => used.Settings.Rules.Version));
    }

    [Fact]
    public async Task Many_who_ask_at_once_cause_one_question()
    {
        await scene.AppendAsync(ConfigScene.Text("a"));
        var inForce = scene.Open();
        scene.Gate.Reset();

        var loaded = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await inForce.GetAsync(default)))
        );

        Assert.Single(loaded.Distinct());
        Assert.Equal(2, scene.Gate.Operations.Count);
    }

    [Fact]
    public async Task Who_meets_something_newer_catches_up_at_once()
    {
        await scene.AppendAsync(ConfigScene.Text("a"));
        var inForce = scene.Open();
        await inForce.GetAsync(default);
        await scene.AppendAsync(ConfigScene.Text("b"));

        Assert.Equal(2, (await inForce.CatchUpAsync(2, default)).Settings.Rules.Version);
        scene.Gate.Reset();
        Assert.Equal(2, (await inForce.CatchUpAsync(1, default)).Settings.Rules.Version);
        Assert.Empty(scene.Gate.Operations);
    }

    [Fact]
    public async Task One_that_this_program_cannot_use_is_passed_over_and_what_is_used_has_its_number()
    {
        await scene.AppendAsync(new() { Alertmanager = "of_long_ago: true" });
        await scene.AppendAsync(ConfigScene.Text("a"));
        await scene.AppendAsync(ConfigScene.Text("b") with { Alertmanager = "of_a_newer_program: true" });
        await scene.AppendAsync(
            new()
            {
                Alertmanager =
                    "route: {receiver: a}\nreceivers: [{name: a, slack_configs: [{api_url: 'https://hooks.slack.com/x', channel: c}]}]",
            }
        );
        var inForce = scene.Open();

        for (var check = 0; check < 3; check++)
        {
            Assert.Equal(("a", 4), await ReadAsync(inForce));
            scene.Clock.Advance(ConfigInForce.Interval);
        }

        var error = Assert.Single(scene.Log.Lines, static line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Version 4 of the configuration", error, StringComparison.Ordinal);
        Assert.Contains("works by version 2: alertmanager.yml:2:", error, StringComparison.Ordinal);
        Assert.Contains("write ssm:/alerthub/secrets/NAME", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hooks.slack.com", error, StringComparison.Ordinal);
        await scene.AppendAsync(ConfigScene.Text("c"));
        Assert.Equal(("c", 5), await ReadAsync(inForce));
    }

    [Fact]
    public async Task Where_none_can_be_used_the_newest_says_why()
    {
        await scene.AppendAsync(new() { Alertmanager = "one: true" });
        await scene.AppendAsync(new() { Alertmanager = "two: true" });

        var e = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await scene.Open().GetAsync(default));

        Assert.StartsWith("version 2 of the configuration", e.Message, StringComparison.Ordinal);
        Assert.Contains("two", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_storage_does_not_tell_what_was_in_force_stands_and_that_is_said_once_a_minute()
    {
        await scene.AppendAsync(ConfigScene.Text("a"));
        var inForce = scene.Open();
        await inForce.GetAsync(default);
        scene.Gate.Verdict = static (_, _) => new GateVerdict.Refused(400, "AccessDeniedException");

        for (var check = 0; check < 13; check++)
        {
            scene.Clock.Advance(ConfigInForce.Interval);
            Assert.Equal(("a", 1), await ReadAsync(inForce));
            Assert.Equal(("a", 1), await ReadAsync(inForce));
        }

        Assert.Equal(2, scene.Log.Lines.Count(static line => line.StartsWith("Warning", StringComparison.Ordinal)));
        scene.Gate.Verdict = static (_, _) => GateVerdict.Pass;
        await scene.AppendAsync(ConfigScene.Text("b"));
        scene.Clock.Advance(ConfigInForce.Interval);
        Assert.Equal(("b", 2), await ReadAsync(inForce));
    }

    [Fact]
    public async Task Whoever_starts_without_the_storage_is_told()
    {
        scene.Gate.Verdict = static (_, _) => new GateVerdict.Refused(400, "AccessDeniedException");

        var e = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await scene.Open().GetAsync(default));

        Assert.Contains(scene.Table, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_does_not_take_it_works_by_the_former_and_is_asked_again()
    {
        await scene.AppendAsync(ConfigScene.Text("a"));
        var fails = false;
        using var inForce = new ConfigInForce(
            scene.Store,
            scene.Host,
            (_, _) => fails ? throw new StorageUnavailableException("not now") : Task.CompletedTask,
            scene.Clock,
            scene.Log
        );
        await inForce.GetAsync(default);
        await scene.AppendAsync(ConfigScene.Text("b"));

        fails = true;
        scene.Clock.Advance(ConfigInForce.Interval);
        Assert.Equal(("a", 1), await ReadAsync(inForce));
        fails = false;
        scene.Clock.Advance(ConfigInForce.Interval);
        Assert.Equal(("b", 2), await ReadAsync(inForce));
    }

    /// <summary>The file name counts; Alertmanager's folders are nowhere.</summary>
    [Theory]
    [InlineData("templates/*.tmpl", "b")]
    [InlineData("/etc/alertmanager/slack.tmpl", "b")]
    [InlineData("s?ack.tmpl", "b")]
    [InlineData("*.other", null)]
    [InlineData("templates/[", "is no glob")]
    public void Patterns_of_templates_stand_for_the_files_of_those_names(string pattern, string? found)
    {
        var text = new ConfigText
        {
            Alertmanager = $$$"""
                route: {receiver: a}
                receivers:
                - name: a
                  webhook_configs: [{url: 'http://127.0.0.1:9/{{ template "mine" . }}'}]
                templates: ['{{{pattern}}}']
                """,
            Templates = new Dictionary<string, string> { ["slack.tmpl"] = "{{ define \"mine\" }}b{{ end }}" },
        };

        using var loaded = text.Load(scene.Host, out var objections);

        Assert.Equal(found == "is no glob", loaded is null);
        Assert.Equal(
            found is null,
            loaded?.Warnings.Any(static w => w.Contains("no template file is called", StringComparison.Ordinal)) == true
        );
        Assert.Equal(found == "is no glob" ? 1 : 0, objections.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b.tmpl")]
    public void A_template_file_has_a_name_and_no_folder(string name)
    {
        var text = ConfigScene.Text("a") with { Templates = new Dictionary<string, string> { [name] = "" } };

        Assert.Null(text.Load(scene.Host, out var objections));
        Assert.StartsWith($"\"{name}\" is no name", Assert.Single(objections), StringComparison.Ordinal);
    }
}
