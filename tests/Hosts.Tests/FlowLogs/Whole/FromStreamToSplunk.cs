using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using FlowLogs;
using Hosts.Tests.FlowLogs.Streams;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Whole;

/// <summary>The program as a process, between a Kinesis stream, S3, SQS, Parameter Store and Splunk's collector.</summary>
public sealed class FromStreamToSplunk(Kinesalite kinesis, Fauxqs fauxqs)
    : IClassFixture<Kinesalite>,
        IClassFixture<Fauxqs>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_event_of_a_stream_is_with_Splunk_and_what_is_none_is_in_the_backup(bool hasAck)
    {
        await using var scene = await FlowLogScene.StartAsync(
            fauxqs,
            server: hasAck ? HecServer.Acknowledging : HecServer.Plain
        );
        var stream = await kinesis.CreateStreamAsync(shards: 2);
        FlowLogSample[] samples = [.. new FlowLogSamples(hasAck ? 2 : 1).Mix(200)];
        await stream.PutAsync(samples);
        var mapping = scene.Mapping(new() { StreamArn = stream.Arn, BatchSize = 40 });

        await mapping.DrainAsync(stream);

        Assert.Equal(Ids(samples).Order(), scene.Hec.Taken.Order());
        Assert.All(mapping.Batches, static batch => Assert.Equal(batch.Records.Count, batch.Done));
        var lines = await LinesAsync(scene, Names.UnreadablePrefix);
        Assert.Equal(
            samples
                .Where(static sample => sample is { IsPoison: true, Flows: [] })
                .Select(static sample => Convert.ToBase64String(sample.Data))
                .Order(),
            lines.Select(static line => (string)line["data"]!).Order()
        );
        Assert.All(
            lines,
            line =>
            {
                Assert.Equal(stream.Arn, (string?)line["stream"]);
                Assert.NotEmpty((string)line["reason"]!);
                Assert.NotEmpty((string)line["sequence_number"]!);
            }
        );
        Assert.Empty(await scene.KeysAsync(Names.UndeliveredPrefix));
        Assert.Empty(await scene.AlertsAsync());
        AssertNoToken(scene);
    }

    [Fact]
    public async Task While_the_token_is_refused_all_goes_to_the_backup_and_comes_back_in_order()
    {
        await using var scene = await FlowLogScene.StartAsync(fauxqs);
        var samples = new FlowLogSamples(3);
        FlowLogSample[] first = [.. Enumerable.Range(0, 12).Select(_ => samples.Message(5))];
        var stream = await kinesis.CreateStreamAsync();
        var mapping = scene.Mapping(new() { StreamArn = stream.Arn, BatchSize = 4 });
        scene.Hec.IsDisabled = true;

        await stream.PutAsync(first);
        await mapping.DrainAsync(stream);

        Assert.Empty(scene.Hec.Taken);
        Assert.Equal(3, (await scene.KeysAsync(Names.UndeliveredPrefix)).Count);
        var alert = Assert.Single(await scene.AlertsAsync())[0]!;
        Assert.Equal(
            ("FlowLogTokenRefused", "critical"),
            ((string?)alert["labels"]!["alertname"], (string?)alert["labels"]!["severity"])
        );
        var requests = scene.Hec.Requests;
        Assert.InRange(requests, 1, 4);

        // Still refused: nothing is lost, and the replay stops.
        var replayed = await ReplayAsync(scene);
        Assert.Equal((1, 0), ((int)replayed["objects"]!, (int)replayed["events"]!));
        Assert.Contains("disabled", (string)replayed["stopped"]!, StringComparison.Ordinal);
        Assert.Equal(3, (await scene.KeysAsync(Names.UndeliveredPrefix)).Count);

        scene.Hec.IsDisabled = false;
        scene.Hec.Token = "another";
        scene.Store["/alerthub/flow-logs/hec-token"] = "another";
        replayed = await ReplayAsync(scene);

        Assert.Equal((3, 60), ((int)replayed["objects"]!, (int)replayed["events"]!));
        Assert.Null((string?)replayed["stopped"]);
        Assert.Equal(Ids(first), scene.Hec.Taken);
        Assert.Empty(await scene.KeysAsync());
        AssertNoToken(scene);
    }

    [Fact]
    public async Task What_HEC_will_not_take_is_put_aside_until_it_is_asked_for()
    {
        await using var scene = await FlowLogScene.StartAsync(fauxqs, v => v[Names.IndexVariable] = "nobodys");
        var stream = await kinesis.CreateStreamAsync();
        FlowLogSample[] samples = [new FlowLogSamples(4).Message(7)];
        await stream.PutAsync(samples);

        await scene.Mapping(new() { StreamArn = stream.Arn }).DrainAsync(stream);

        Assert.Empty(scene.Hec.Taken);
        var line = Assert.Single(await LinesAsync(scene, Names.RefusedPrefix));
        Assert.Contains("index", (string)line["reason"]!, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await ReplayAsync(scene))["objects"]!);
        var again = await scene.InvokeAsync(Names.Replay, """{"command":"replay","from":"refused/"}""");
        Assert.Equal("""{"objects":1,"events":0,"stopped":null}""", again.Text);
        Assert.Single(await scene.KeysAsync(Names.RefusedPrefix));
    }

    [Fact]
    public async Task What_Lambda_gave_up_is_delivered_out_of_its_own_record()
    {
        await using var scene = await FlowLogScene.StartAsync(fauxqs, v => v[Names.BackupAfterVariable] = "86400");
        var stream = await kinesis.CreateStreamAsync();
        FlowLogSample[] samples = [.. Enumerable.Range(0, 3).Select(_ => new FlowLogSamples(5).Message(4))];
        await stream.PutAsync(samples);
        scene.Hec.Script(Enumerable.Repeat(new HecScript.Page(502), 10));

        await scene.Mapping(new() { StreamArn = stream.Arn, MaximumRetryAttempts = 1 }).DrainAsync(stream);

        Assert.StartsWith(Names.GivenUpPrefix, Assert.Single(await scene.KeysAsync()), StringComparison.Ordinal);
        Assert.Empty(scene.Hec.Taken);

        var replayed = await ReplayAsync(scene);

        Assert.Equal((1, 12), ((int)replayed["objects"]!, (int)replayed["events"]!));
        Assert.Equal(Ids(samples), scene.Hec.Taken);
        Assert.Empty(await scene.KeysAsync());
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_sends_leaves_nothing_behind()
    {
        await using var scene = await FlowLogScene.StartAsync(fauxqs);
        var stream = await kinesis.CreateStreamAsync();
        var mix = new FlowLogSamples(7);
        FlowLogSample[] samples = [.. Enumerable.Range(0, 20).Select(_ => mix.Message(30))];
        await stream.PutAsync(samples);
        var mapping = scene.Mapping(new() { StreamArn = stream.Arn, BatchSize = 5 });
        scene.Hec.Posting = before =>
        {
            if (before % 3 == 1)
            {
                scene.Environment(Names.Stream).Process!.Signal(ChildProcess.Kill);
            }
        };

        await mapping.DrainAsync(stream);

        Assert.Equal(Ids(samples), scene.Hec.Taken.Distinct());
        Assert.InRange(scene.Environment(Names.Stream).Starts, 2, 10);
        Assert.Empty(await scene.KeysAsync());
    }

    [Fact]
    public async Task A_burst_of_rejected_flows_is_told_to_the_hub()
    {
        await using var scene = await FlowLogScene.StartAsync(fauxqs, v => v[Names.RejectBurstVariable] = "30");
        var stream = await kinesis.CreateStreamAsync();
        FlowLogSample[] samples = [new FlowLogSamples(6).Message(400, "REJECT", "10.0.0.66")];
        await stream.PutAsync(samples);

        await scene.Mapping(new() { StreamArn = stream.Arn }).DrainAsync(stream);

        Assert.Equal(Ids(samples), scene.Hec.Taken);
        var alerts = await scene.AlertsAsync();
        Assert.NotEmpty(alerts);
        Assert.All(
            alerts,
            static alert =>
                Assert.Equal(
                    ("FlowLogRejectBurst", "10.0.0.66"),
                    ((string?)alert[0]!["labels"]!["alertname"], (string?)alert[0]!["labels"]!["source_address"])
                )
        );
    }

    [Fact]
    public async Task An_event_that_is_none_of_its_own_is_an_error_that_says_so()
    {
        await using var scene = await FlowLogScene.StartAsync(fauxqs);

        var stream = await scene.InvokeAsync(Names.Stream, """{"Records":[{"Sns":{}}]}""");
        var replay = await scene.InvokeAsync(Names.Replay, """{"command":"delete"}""");

        Assert.Contains("no kinesis.sequenceNumber", stream.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("the event is no command", replay.Error!.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(IEnumerable<FlowLogSample> samples) =>
        samples.SelectMany(static sample => sample.Ids);

    private static async Task<JsonNode> ReplayAsync(FlowLogScene scene)
    {
        var result = await scene.InvokeAsync(Names.Replay, """{"command":"replay"}""");
        Assert.True(result.Error is null, result.Error?.Message);
        return JsonNode.Parse(result.Text)!;
    }

    private static async Task<IReadOnlyList<JsonNode>> LinesAsync(FlowLogScene scene, string prefix)
    {
        List<JsonNode> lines = [];
        foreach (var key in await scene.KeysAsync(prefix))
        {
            using var content = new System.IO.Compression.GZipStream(
                new MemoryStream(await scene.S3.BytesAsync(scene.Bucket, key)),
                System.IO.Compression.CompressionMode.Decompress
            );
            using var text = new StreamReader(content, Encoding.UTF8);
            while (await text.ReadLineAsync() is { } line)
            {
                lines.Add(JsonNode.Parse(line)!);
            }
        }

        return lines;
    }

    private static void AssertNoToken(FlowLogScene scene)
    {
        var (output, errors) = scene.Environment(Names.Stream).Process!.Written;
        Assert.DoesNotContain(scene.Hec.Token, output + errors, StringComparison.Ordinal);
    }
}
