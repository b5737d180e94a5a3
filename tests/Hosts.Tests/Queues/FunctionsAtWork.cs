using System.Text;
using System.Text.Json.Nodes;
using AlertHub;
using AlertHub.Configuration;
using AlertHub.Lambda;
using AlertHub.Lambda.Queues;
using AlertHub.Notifying;
using AlertHub.Storing;
using AlertHub.Tests.Support;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.Queues;

/// <summary>What the functions do with what goes wrong: messages nobody can read, storage that fails, time that is up.</summary>
[Collection(FunctionQueues.Name)]
public sealed class FunctionsAtWork(Dynalite dynalite, Fauxqs fauxqs) : IAsyncLifetime
{
    private const string Topic = "arn:aws:sns:eu-central-1:123456789012:alarms";
    private const string Plain = """{"detail-type": "Deployment failed", "source": "shop"}""";

    private static readonly string Config = RunningHub.Config(
        "group_wait: 0s, group_interval: 1m, repeat_interval: 4h"
    );

    private readonly ScriptedChannel channel = new(static (_, _) => new DeliveryResult.Delivered());
    private FunctionScene? scene;

    private FunctionScene Scene => scene ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() =>
        scene = await FunctionScene.StartAsync(dynalite, fauxqs, channel, Config, Topic);

    public async Task DisposeAsync() => await Scene.DisposeAsync();

    [Fact]
    public async Task An_alarm_in_a_topics_envelope_is_told()
    {
        var envelope = new JsonObject
        {
            ["Type"] = "Notification",
            ["MessageId"] = "11111111-2222-4333-8444-555555555555",
            ["TopicArn"] = Topic,
            ["Message"] = SampleEvents.Alarm().ToJsonString(),
        }.ToJsonString();
        Assert.Empty(await Scene.IngestAsync((envelope, 1), (Plain, 1)));
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

        Assert.Equal(["Deployment failed", "checkout-api-5xx"], channel.Sent.Order());
        Assert.Equal(2, Metric(Names.AcceptedMetric));
        Assert.Equal(2, Metric(Names.NotifiedMetric));

        // SQS gives it again: nothing happens.
        Assert.Empty(await Scene.IngestAsync((envelope, 2)));
        await Scene.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
        Assert.Equal(2, channel.Sent.Count);
        Assert.Equal(2, Metric(Names.AcceptedMetric));
    }

    [Fact]
    public async Task What_we_fail_at_comes_again_and_the_others_of_its_batch_are_told()
    {
        var failing = Faulty();
        Assert.Equal(["m1"], await Scene.IngestAsync((Plain, 1), (Poison, 1), ("""{"title": "other"}""", 1)));
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

        Assert.Equal(["Deployment failed", "other"], channel.Sent.Order());
        Assert.Empty(await QuarantinedAsync());
        Assert.Contains(
            Scene.IngestLog.Lines,
            static line => line.Contains("a fault in AlertHub", StringComparison.Ordinal)
        );
        Assert.True(failing.Asked > 1);
    }

    [Fact]
    public async Task At_the_third_fault_it_is_announced_as_it_came_and_put_aside()
    {
        Faulty();
        Assert.Equal(["m0"], await Scene.IngestAsync((Poison, 2)));
        Assert.Empty(await Scene.IngestAsync((Poison, 3)));
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

        var alert = Assert.Single(Assert.Single(channel.Told).Alerts);
        Assert.Contains("ServerDown", alert.Annotations["raw"], StringComparison.Ordinal);
        Assert.Contains("InvalidCastException", alert.Annotations["description"], StringComparison.Ordinal);
        var (body, reason) = Assert.Single(await QuarantinedAsync());
        Assert.Equal(Poison, body);
        Assert.Contains("InvalidCastException", reason, StringComparison.Ordinal);
        Assert.Equal(1, Metric(Names.QuarantinedMetric));
    }

    [Fact]
    public async Task What_ends_the_function_again_and_again_is_put_aside_without_another_try()
    {
        Assert.Empty(await Scene.IngestAsync((Poison, 51), (Plain, 11)));

        var (body, reason) = Assert.Single(await QuarantinedAsync());
        Assert.Equal(Poison, body);
        Assert.Contains("received 51 times", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_storage_fails_all_of_a_batch_comes_again()
    {
        Use(new FailingStore(Scene.At.Store) { Fault = "the table is throttled" });

        Assert.Equal(["m0", "m1"], await Scene.IngestAsync((Plain, 5), (Poison, 5)));
        Assert.Empty(await QuarantinedAsync());
    }

    [Fact]
    public async Task An_event_of_nobody_we_know_is_an_alert_or_an_error()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Plain));
        await Scene.Ingest.HandleAsync(input, new InvocationContext());
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        Assert.Equal(["Deployment failed"], channel.Sent);

        Use(new FailingStore(Scene.At.Store) { Fault = "the table is throttled" });
        using var poison = new MemoryStream(Encoding.UTF8.GetBytes(Poison));
        await Assert.ThrowsAsync<AlertHub.Lambda.Functions.DeliveryFailedException>(() =>
            Scene.Ingest.HandleAsync(poison, new InvocationContext())
        );
    }

    [Fact]
    public async Task A_delivery_that_might_not_end_in_time_is_given_back()
    {
        Scene.Timeout = TimeSpan.FromSeconds(30);
        await Scene.FireAsync(isLost: false, "one", "A");
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        Assert.Empty(channel.Sent);

        Scene.Timeout = TimeSpan.FromSeconds(90);
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        Assert.Equal(["A"], channel.Sent);
    }

    [Fact]
    public async Task While_nothing_can_be_queued_the_sweep_sees_to_all()
    {
        Scene.Sqs.IsDown = true;
        await Scene.FireAsync(isLost: false, "one", "A");
        Scene.Sqs.IsDown = false;
        await Scene.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));

        Assert.Equal(["A"], channel.Sent);
    }

    [Fact]
    public async Task What_is_no_work_is_put_aside()
    {
        Assert.False(await Scene.FlushAsync("no work at all"));

        var (body, reason) = Assert.Single(await QuarantinedAsync());
        Assert.Equal("no work at all", body);
        Assert.Contains("no work of this hub's", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_that_nobody_told_of_is_found_and_told_once()
    {
        Scene.Alarms.Alarms.AddRange([Alarm("lost", TimeSpan.FromMinutes(3)), Alarm("quiet", default, "other")]);
        Scene.Alarms.Alarms.Add(Alarm("on its way", TimeSpan.FromSeconds(30)));
        await Scene.SweepAsync();
        await Scene.PassAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(5));
        Assert.Equal(["lost"], channel.Sent);

        await Scene.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30));
        Assert.Equal(["lost", "on its way"], channel.Sent);
        Assert.True(Metric(Names.SweptMetric) >= 5);
    }

    [Fact]
    public async Task The_sweep_brings_groups_under_the_configuration_in_force()
    {
        await Scene.FireAsync(isLost: false, "one", "A", "B");
        await Scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        var next = HubConfig.Load(
            new(
                "alertmanager.yml",
                Encoding.UTF8.GetBytes(Config.Replace("receiver: one", "receiver: two", StringComparison.Ordinal))
            ),
            null,
            out _
        );
        await Scene.Hub.UseAsync(Scene.Hub.Settings with { Rules = HubRules.Compile(next!, version: 2) }, default);
        await Scene.SweepAsync();

        var groups = (await Scene.Hub.ReadAsync(default)).Groups.Keys;
        Assert.Equal(["two", "two"], groups.Select(static id => id.Receiver));
    }

    [Fact]
    public async Task Where_CloudWatch_does_not_answer_the_sweep_does_the_rest()
    {
        Scene.Alarms.Fault = new AmazonCloudWatchException("Rate exceeded");
        await Scene.FireAsync(isLost: true, "one", "A");
        await Scene.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));

        Assert.Equal(["A"], channel.Sent);
        Assert.Equal(2, Metric(Names.SweptMetric));
    }

    private const string Poison = """{"title": "ServerDown"}""";

    private BrokenStore Faulty()
    {
        var store = new BrokenStore(Scene.At.Store, "ServerDown");
        Use(store);
        return store;
    }

    private void Use(IAlertStore store) =>
        Scene.At = Scene.At with
        {
            Keeper = new(
                new Hub(store, Scene.Hub.Settings, Scene.Clock, static () => 0),
                Scene.Queue,
                new RecordedLog<AlertHub.Api.Keeper>()
            ),
        };

    private MetricAlarm Alarm(string name, TimeSpan age, string? topic = null) =>
        new()
        {
            AlarmName = name,
            AlarmArn = $"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:{name}",
            ActionsEnabled = true,
            AlarmActions = [topic ?? Topic],
            StateValue = StateValue.ALARM,
            StateTransitionedTimestamp = (Scene.Clock.GetUtcNow() - age).UtcDateTime,
        };

    private double Metric(string name) => EmbeddedMetrics.Sum(Encoding.UTF8.GetString(Scene.Metrics.ToArray()), name);

    private async Task<IReadOnlyList<(string Body, string Reason)>> QuarantinedAsync() =>
        [
            .. (await Scene.ReceiveAsync(Scene.QuarantineUrl)).Select(static message =>
                (message.Body ?? "", message.MessageAttributes?[Quarantine.Reason].StringValue ?? "")
            ),
        ];
}
