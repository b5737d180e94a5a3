using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Lambda;
using AlertHub.Lambda.Configuration;
using AlertHub.Lambda.Functions;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Configuration;

/// <summary>The custom resource of a stack, answered where CloudFormation waits for it.</summary>
[Collection(SharedDynalite.Name)]
public sealed class Deployments(Dynalite dynalite) : IAsyncLifetime
{
    private readonly RecordedLog<ConfigureFunction> log = new();
    private readonly Queue<int> statuses = [];
    private ConfigScene scene = null!;
    private WebServer formation = null!;

    public async Task InitializeAsync()
    {
        scene = await ConfigScene.StartAsync(dynalite);
        formation = await WebServer.StartAsync(
            (_, context) =>
            {
                context.Response.StatusCode = statuses.TryDequeue(out var status) ? status : 200;
                return Task.CompletedTask;
            }
        );
    }

    public async Task DisposeAsync()
    {
        await formation.DisposeAsync();
        await scene.DisposeAsync();
    }

    private static JsonObject Files(string receiver, string? hub = null, params (string, string)[] templates) =>
        new()
        {
            ["ServiceToken"] = "arn:aws:lambda:eu-west-1:123456789012:function:configure",
            [Names.AlertmanagerProperty] = ConfigScene.Text(receiver).Alertmanager,
            [Names.HubProperty] = hub,
            [Names.TemplatesProperty] = new JsonObject(
                templates.Select(static t => KeyValuePair.Create(t.Item1, (JsonNode?)t.Item2))
            ),
        };

    private async Task<JsonObject> AnswerAsync(
        string type,
        JsonNode? properties,
        string? physicalId = null,
        ConfigVersions? versions = null,
        TimeSpan? left = null
    )
    {
        var request = new JsonObject
        {
            ["RequestType"] = type,
            ["ResponseURL"] = $"{formation.Address}stack?X-Amz-Signature=secret",
            ["StackId"] = "arn:aws:cloudformation:eu-west-1:123456789012:stack/hub/guid",
            ["RequestId"] = "one",
            ["LogicalResourceId"] = "Configuration",
            ["ResourceType"] = "Custom::AlertHubConfiguration",
            ["PhysicalResourceId"] = physicalId,
            ["ResourceProperties"] = properties,
        };
        using var http = new HttpClient();
        var end = DateTime.UtcNow + (left ?? TimeSpan.FromSeconds(60));
        var configure = new ConfigureFunction(versions ?? scene.Versions(), http, TimeProvider.System, log);
        await configure.HandleAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(request.ToJsonString())),
            new InvocationContext(() => end - DateTime.UtcNow)
        );
        return JsonNode.Parse(formation.Requests.Last().Body)!.AsObject();
    }

    private async Task<IReadOnlyList<ConfigEntry>> EntriesAsync() => (await scene.Store.HistoryAsync(default)).Entries;

    [Fact]
    public async Task The_first_puts_its_files_in_force_and_answers_as_CloudFormation_wants_it()
    {
        var answer = await AnswerAsync(
            "Create",
            Files("a", "routes: []", ("slack.tmpl", "{{ define \"a\" }}{{ end }}"))
        );

        Assert.Equal(
            """{"Status":"SUCCESS","Reason":"","PhysicalResourceId":"configuration","StackId":"arn:aws:cloudformation:eu-west-1:123456789012:stack/hub/guid","RequestId":"one","LogicalResourceId":"Configuration","Data":{"Version":"1"}}""",
            answer.ToJsonString()
        );
        var request = Assert.Single(formation.Requests);
        Assert.Equal(
            ("PUT", "/stack?X-Amz-Signature=secret", ""),
            (request.Method, request.Path, request["Content-Type"])
        );
        Assert.Equal($"{Encoding.UTF8.GetByteCount(request.Body)}", request["Content-Length"]);
        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal("deployment", entry.By);
        var text = (await scene.Store.ReadAsync(entry, default))!;
        Assert.Equal(
            (ConfigScene.Text("a").Alertmanager, "routes: []", "slack.tmpl"),
            (text.Alertmanager, text.Hub, Assert.Single(text.Templates).Key)
        );
        Assert.Single(scene.Prepared);
        Assert.DoesNotContain(log.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_files_again_do_not_undo_what_people_changed_and_others_do()
    {
        await AnswerAsync("Create", Files("a"));
        await scene.AppendAsync(ConfigScene.Text("changed"));

        var same = await AnswerAsync("Update", Files("a"), "configuration");
        Assert.Equal("""{"Version":"2"}""", same["Data"]!.ToJsonString());
        Assert.Equal(2, (await EntriesAsync()).Count);

        var other = await AnswerAsync("Update", Files("b"), "configuration");
        Assert.Equal("""{"Version":"3"}""", other["Data"]!.ToJsonString());
        // As when CloudFormation takes an update back.
        Assert.Equal("4", $"{(await AnswerAsync("Update", Files("a"), "configuration"))["Data"]!["Version"]}");
        Assert.Equal(
            ["deployment", "ann", "deployment", "deployment"],
            (await EntriesAsync()).Select(static e => e.By)
        );
    }

    [Fact]
    public async Task A_template_alone_is_a_change()
    {
        await AnswerAsync("Create", Files("a", null, ("a.tmpl", "1")));
        await AnswerAsync("Update", Files("a", null, ("a.tmpl", "2")));

        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_fail_the_deployment_with_all_that_is_wrong()
    {
        await AnswerAsync("Create", Files("a"));

        var answer = await AnswerAsync("Update", Files("a", "nonsense: [1]\nroutes: [{}]"), "configuration");

        Assert.Equal("FAILED", $"{answer["Status"]}");
        Assert.Contains(
            "hub.yml:1:1: error: nonsense: unknown key \"nonsense\"",
            $"{answer["Reason"]}",
            StringComparison.Ordinal
        );
        Assert.Contains("\nhub.yml:2:", $"{answer["Reason"]}", StringComparison.Ordinal);
        Assert.Single(await EntriesAsync());
        // Which CloudFormation takes back then; nothing has changed.
        Assert.Equal("SUCCESS", $"{(await AnswerAsync("Update", Files("a"), "configuration"))["Status"]}");
        Assert.Single(await EntriesAsync());
    }

    [Fact]
    public async Task Of_many_objections_so_many_are_told_as_CloudFormation_takes()
    {
        var hub = string.Join('\n', Enumerable.Range(0, 500).Select(static i => $"\"é\\\"{i}\": 1"));

        var answer = await AnswerAsync("Create", Files("a", hub));

        Assert.InRange(Encoding.UTF8.GetByteCount(formation.Requests.Last().Body), 3800, 4096);
        Assert.Equal("FAILED", $"{answer["Status"]}");
        Assert.StartsWith("hub.yml:1:1: ", $"{answer["Reason"]}", StringComparison.Ordinal);
        Assert.EndsWith("… (the log has all of it)", $"{answer["Reason"]}", StringComparison.Ordinal);
        Assert.Contains(log.Lines, static line => line.Contains("hub.yml:500:1: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null", "Alertmanager is missing or no text")]
    [InlineData("""{"Alertmanager":["a"]}""", "Alertmanager is missing or no text")]
    [InlineData("""{"Alertmanager":"a","Templates":{"a.tmpl":["b"]}}""", "Templates, \"a.tmpl\": this is no text")]
    public async Task Properties_of_another_form_are_said_to_be(string properties, string words)
    {
        var answer = await AnswerAsync("Create", JsonNode.Parse(properties));

        Assert.Equal("FAILED", $"{answer["Status"]}");
        Assert.Contains(words, $"{answer["Reason"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_stack_leaves_everything()
    {
        await AnswerAsync("Create", Files("a"));
        scene.Gate.Reset();

        var answer = await AnswerAsync("Delete", Files("a"), "of-an-older-version");

        Assert.Equal(("SUCCESS", "of-an-older-version"), ($"{answer["Status"]}", $"{answer["PhysicalResourceId"]}"));
        Assert.Empty(scene.Gate.Operations);
    }

    [Fact]
    public async Task Whoever_is_overtaken_tries_again()
    {
        var overtakes = true;
        var versions = scene.Versions(prepare: () =>
        {
            if (overtakes)
            {
                overtakes = false;
                scene.AppendAsync(ConfigScene.Text("b")).GetAwaiter().GetResult();
            }
        });

        var answer = await AnswerAsync("Create", Files("a"), versions: versions);

        Assert.Equal("2", $"{answer["Data"]!["Version"]}");
    }

    [Fact]
    public async Task Tables_that_are_not_there_are_named()
    {
        scene.Gate.Verdict = static (_, _) => new GateVerdict.Refused(400, "ResourceNotFoundException");

        var answer = await AnswerAsync("Create", Files("a"));

        Assert.Equal("FAILED", $"{answer["Status"]}");
        Assert.Equal($"there is no table \"{scene.Table}\"; deploy the stack that holds it", $"{answer["Reason"]}");
    }

    [Fact]
    public async Task A_fault_of_ours_is_answered_without_what_it_says()
    {
        var versions = scene.Versions(prepare: static () => throw new InvalidOperationException("quotes a secret"));

        var answer = await AnswerAsync("Create", Files("a"), versions: versions);

        Assert.Equal("a fault of AlertHub's: InvalidOperationException; the log has its place", $"{answer["Reason"]}");
        Assert.DoesNotContain(log.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_hangs_is_answered_before_Lambda_ends_it()
    {
        var versions = scene.Versions(
            catchUp: static (_, _) => new TaskCompletionSource().Task // It does not even heed the token.
        );

        var answer = await AnswerAsync("Create", Files("a"), versions: versions, left: TimeSpan.FromSeconds(3));

        Assert.Equal("FAILED", $"{answer["Status"]}");
        Assert.Contains("could not be put in force within", $"{answer["Reason"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_taken_is_given_again()
    {
        statuses.Enqueue(503);
        statuses.Enqueue(500);

        Assert.Equal("SUCCESS", $"{(await AnswerAsync("Create", Files("a")))["Status"]}");

        Assert.Equal(3, formation.Requests.Count);
        Assert.Single(await EntriesAsync());
    }

    [Fact]
    public async Task An_answer_that_is_never_taken_fails_the_invocation_so_that_Lambda_tries_again()
    {
        foreach (var status in Enumerable.Repeat(403, 20))
        {
            statuses.Enqueue(status);
        }

        var e = await Assert.ThrowsAsync<IOException>(() =>
            AnswerAsync("Create", Files("a"), left: TimeSpan.FromSeconds(3))
        );

        Assert.Contains("403", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_request_of_CloudFormation_changes_nothing()
    {
        using var http = new HttpClient();
        var configure = new ConfigureFunction(scene.Versions(), http, TimeProvider.System, log);

        var e = await Assert.ThrowsAsync<FormatException>(() =>
            configure.HandleAsync(new MemoryStream("{}"u8.ToArray()), new InvocationContext())
        );

        Assert.Contains("no ResponseURL", e.Message, StringComparison.Ordinal);
    }
}
