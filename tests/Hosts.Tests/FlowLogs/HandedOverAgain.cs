using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AlertHub;
using AlertHub.Configuration;
using AlertHub.Tests.Support;
using FlowLogs;
using FlowLogs.Backup;
using FlowLogs.Functions;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs;

/// <summary>Records that stay in the stream, and come to the same environment once more.</summary>
public sealed class HandedOverAgain
{
    private readonly FlowLogSamples samples = new();

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public async Task What_HEC_has_of_them_is_not_sent_again(int mostEvents)
    {
        await using var hec = await HecScene.StartAsync(s =>
            s with
            {
                Attempts = 1,
                InFlight = 1,
                MostEvents = mostEvents,
            }
        );
        FlowLogSample[] all = [samples.Message(3), samples.Message(3), samples.Message(3)];
        // Either the second of three posts is stopped in its middle, or the only one is.
        hec.Server.Script(
            mostEvents == 3
                ? [new HecScript.Usual(), new HecScript.Says(503, 9, Takes: 1), new HecScript.Usual()]
                : [new HecScript.Says(503, 9, Takes: 4)]
        );
        var backup = new Kept();
        var function = Function(hec, backup);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""", await InvokeAsync(function, all));
        Assert.Equal("""{"batchItemFailures":[]}""", await InvokeAsync(function, all, from: 1));

        Assert.Equal(all.SelectMany(static sample => sample.Ids).Order(), hec.Server.Taken.Order());
        Assert.Empty(backup.Objects);
    }

    [Fact]
    public async Task An_old_record_leaves_the_stream_with_what_is_left_of_it_in_the_backup()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Attempts = 1 });
        hec.Server.Script(new HecScript.Says(503, 9, Takes: 1));
        var backup = new Kept();
        var sample = samples.Message(3);

        var answer = await InvokeAsync(Function(hec, backup), [sample], age: TimeSpan.FromHours(2));

        Assert.Equal("""{"batchItemFailures":[]}""", answer);
        var (key, content) = Assert.Single(backup.Objects);
        Assert.StartsWith(Names.UndeliveredPrefix, key, StringComparison.Ordinal);
        var line = Assert.Single(BackupText.Read(content, 1_000_000));
        Assert.Equal([1, 2], line.Only);
        Assert.Equal(sample.Data, line.Record.Data.ToArray());
    }

    [Fact]
    public async Task What_the_backup_does_not_take_stays_in_the_stream()
    {
        await using var hec = await HecScene.StartAsync();
        var function = Function(hec, new Kept { IsBroken = true });

        var answer = await InvokeAsync(function, [samples.Message(1), samples.Poison(4), samples.Message(1)]);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""", answer);
    }

    [Theory]
    [InlineData("{}", "the event has no Records, as that of a Kinesis stream has")]
    [InlineData("x", "the event cannot be read: it is not JSON: line 1, byte 0")]
    public async Task Another_event_is_refused_with_a_sentence(string text, string problem)
    {
        await using var hec = await HecScene.StartAsync();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var error = await Assert.ThrowsAsync<FlowLogException>(() =>
            Function(hec, new Kept()).HandleAsync(input, new InvocationContext())
        );

        Assert.Equal(problem, error.Message);
    }

    private static StreamFunction Function(HecScene hec, IBackup backup) =>
        new(
            new(RecordsDelivered.Deliverer(), hec.Connection(new TheToken(hec.Server.Token))),
            new(backup, new RecordedLog<Asides>()),
            new(
                new(Stream.Null, "test", TimeProvider.System),
                new(0),
                null,
                "test",
                0,
                TimeProvider.System,
                new RecordedLog<Reports>()
            ),
            TimeSpan.FromHours(1),
            TimeProvider.System,
            new RecordedLog<StreamFunction>()
        );

    private static async Task<string> InvokeAsync(
        StreamFunction function,
        FlowLogSample[] all,
        int from = 0,
        TimeSpan age = default
    )
    {
        var arrived = (DateTimeOffset.UtcNow - age).ToUnixTimeSeconds();
        var records = all.Select(
            (sample, index) =>
                new JsonObject
                {
                    ["kinesis"] = new JsonObject
                    {
                        ["sequenceNumber"] = index.ToString(CultureInfo.InvariantCulture),
                        ["data"] = Convert.ToBase64String(sample.Data),
                        ["approximateArrivalTimestamp"] = arrived,
                    },
                    ["eventID"] = $"shardId-000000000001:{index}",
                }
        );
        var text = new JsonObject { ["Records"] = new JsonArray([.. records.Skip(from)]) }.ToJsonString();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var answer = new StreamReader(await function.HandleAsync(input, new InvocationContext()));
        return await answer.ReadToEndAsync();
    }

    private sealed class TheToken(string token) : ISecretSource
    {
        public ValueTask<Secret> GetAsync(
            SecretReference reference,
            bool refresh,
            CancellationToken cancellationToken
        ) => ValueTask.FromResult(new Secret(token));
    }

    private sealed class Kept : IBackup
    {
        public List<(string Key, byte[] Content)> Objects { get; } = [];

        public bool IsBroken { get; init; }

        public Task PutAsync(string key, byte[] content, CancellationToken cancellationToken)
        {
            Objects.Add((key, content));
            return IsBroken ? Task.FromException(new IOException("the disk is full")) : Task.CompletedTask;
        }

        public IAsyncEnumerable<string> KeysAsync(string prefix, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
