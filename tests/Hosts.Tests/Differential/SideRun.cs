using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>One scenario at one side: does its steps when they are due.</summary>
internal sealed partial class SideRun(Scenario scenario, Pace pace, ISideProcess process)
{
    /// <summary>A valid id that no silence has.</summary>
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    /// <summary>What amtool may take, in real milliseconds.</summary>
    private const int UsualMs = 250;

    /// <summary>What a reload may take. A slower one moves what follows from it, and proves nothing.</summary>
    private const int UsualReloadMs = 150;

    private readonly Dictionary<string, string> silences = [];

    /// <summary>How late the latest step was done, in real milliseconds.</summary>
    public int LateMs { get; private set; }

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var answers = new List<string>();
        foreach (var (ms, step) in scenario.Steps.OrderBy(s => s.AtMs))
        {
            await pace.UntilAsync(ms);
            answers.Add(await TryAsync(ms, step));
            var late = (int)(DateTimeOffset.UtcNow - pace.At(ms)).TotalMilliseconds;
            LateMs = step switch
            {
                // Its steps leave it seconds; who needs more does the next one late.
                Step.Restart => LateMs,
                Step.Amtool => Math.Max(LateMs, late - UsualMs),
                Step.Reload => Math.Max(LateMs, late - UsualReloadMs),
                _ => Math.Max(LateMs, late),
            };
        }

        await pace.UntilAsync(scenario.EndMs);
        return answers;
    }

    /// <summary>A program that answers nothing any more is a difference, not the end of the others' scenarios.</summary>
    private async Task<string> TryAsync(int ms, Step step)
    {
        try
        {
            return await DoAsync(ms, step);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return $"{step.GetType().Name}: no answer ({exception.Message})";
        }
    }

    private async Task<string> DoAsync(int ms, Step step)
    {
        var api = process.Api;
        switch (step)
        {
            case Step.Post post:
                var posted = await api.PostAlertsAsync(new JsonArray([.. post.Alerts.Select(Json)]).ToJsonString());
                return $"alerts {string.Join(", ", post.Alerts.Select(Told))}: {posted.Status}";
            case Step.PostBody body:
                return $"alerts: {(await api.PostAlertsAsync(Filled(body.Json, ms))).Status}";
            case Step.Silence silence:
                return await SilenceAsync(silence);
            case Step.Unsilence(var name):
                var deleted = await api.DeleteSilenceAsync(silences.GetValueOrDefault(name, Nobody));
                return $"delete silence {name}: {deleted.Status}";
            case Step.Amtool amtool:
                return await AmtoolAsync(amtool, ms);
            case Step.Reload(var config):
                return $"reload: {(await process.ReloadAsync(scenario.Name, config)).Status}";
            case Step.Restart:
                return $"restart: exit code {await process.RestartAsync()}";
            case Step.Look:
                var seen = await api.AlertsAsync([$"scenario=\"{scenario.Name}\""]);
                return $"shown: {seen.Status} {string.Join(", ", seen.Json.AsArray().Select(a => Shown(a!.AsObject())).Order())}";
            default:
                throw new InvalidOperationException($"nobody does {step}");
        }
    }

    private async Task<string> SilenceAsync(Step.Silence silence)
    {
        var known = silences.TryGetValue(silence.Name, out var id);
        var answer = await process.Api.PostSilenceAsync(Json(silence, id).ToJsonString());
        var now = answer.Status == 200 ? (string?)answer.Json["silenceID"] : null;
        silences[silence.Name] = now ?? id ?? Nobody;
        var what = (known, now == id) switch
        {
            (false, _) => "",
            (true, true) => ", same id",
            (true, false) => ", new id",
        };
        return $"silence {silence.Name}, {silence.Matchers}: {answer.Status}{what}";
    }

    private async Task<string> AmtoolAsync(Step.Amtool amtool, int ms)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("silences.json");
        if (amtool.Import is { } import)
        {
            await File.WriteAllTextAsync(file, new JsonArray(Json(import, "")).ToJsonString());
        }

        await using var child = ChildProcess.Start(
            "/usr/bin/amtool",
            [
                $"--alertmanager.url={process.Address}",
                .. process.AmtoolArguments,
                .. amtool.Arguments.Select(a => Filled(a, ms).Replace("$import", file, StringComparison.Ordinal)),
            ]
        );
        var code = await child.ExitAsync();
        if (amtool.Makes is { } name && Id().Match(child.Written.Output) is { Success: true } id)
        {
            silences[name] = id.Value;
        }

        return $"amtool {string.Join(' ', amtool.Arguments)}: exit code {code}";
    }

    private JsonNode Json(PostedAlert alert)
    {
        var json = new JsonObject
        {
            ["labels"] = Members([.. alert.Labels, ("scenario", scenario.Name)]),
            ["annotations"] = Members(PostedAlert.Pairs(alert.Annotations, "summary")),
            ["generatorURL"] = "http://prometheus.example/graph?g0.expr=up",
        };
        if (alert.StartsAtMs is { } start)
        {
            json["startsAt"] = Text(start);
        }

        if (alert.EndsAtMs is { } end)
        {
            json["endsAt"] = Text(end);
        }

        return json;
    }

    private JsonObject Json(Step.Silence silence, string? id)
    {
        var matchers = silence
            .Matchers.Split(' ')
            .Append($"scenario={scenario.Name}")
            .Select(m => Matcher().Match(m).Groups)
            .Select(m => new JsonObject
            {
                ["name"] = m[1].Value,
                ["value"] = m[3].Value,
                ["isRegex"] = m[2].Value.Contains('~', StringComparison.Ordinal),
                ["isEqual"] = m[2].Value[0] == '=',
            });
        var json = new JsonObject
        {
            ["matchers"] = new JsonArray([.. matchers]),
            ["startsAt"] = Text(silence.FromMs),
            ["endsAt"] = Text(silence.ToMs),
            ["createdBy"] = "somebody",
            ["comment"] = silence.Name,
        };
        if (id is not null)
        {
            json["id"] = id;
        }

        return json;
    }

    private string Filled(string text, int ms) =>
        Placeholder()
            .Replace(
                text,
                m =>
                    m.Value switch
                    {
                        "$scenario" => scenario.Name,
                        "$at" => Text(ms),
                        _ when m.Groups["at"] is { Success: true } at => Text(int.Parse(at.Value, null)),
                        _ => silences.GetValueOrDefault(m.Groups["id"].Value, Nobody),
                    }
            );

    private string Text(int ms) => pace.At(ms).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Told(PostedAlert alert) =>
        string.Create(CultureInfo.InvariantCulture, $"{alert.Series} [{alert.StartsAtMs}..{alert.EndsAtMs}]");

    private static string Shown(JsonObject alert)
    {
        var status = alert["status"]!;
        return $"{Received.Series(alert["labels"]!.AsObject())} {status["state"]}"
            + $" inhibited by {status["inhibitedBy"]!.ToJsonString()}, silenced by {status["silencedBy"]!.AsArray().Count}"
            + $", to {string.Join(' ', alert["receivers"]!.AsArray().Select(r => $"{r!["name"]}"))}";
    }

    private static JsonObject Members(IEnumerable<(string Name, string Value)> pairs) =>
        new(pairs.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, p.Value)));

    [GeneratedRegex("^([^=!~]+)(=~|!~|!=|=)(.*)$")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\$(scenario|at:(?<at>[0-9]+)|at|id:(?<id>\w+))")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
