using AlertHub.Tests.Support;
using FlowLogs.Backup;
using FlowLogs.Functions;
using FlowLogs.Incoming;
using Hosts.Tests.FlowLogs.Streams;

namespace Hosts.Tests.FlowLogs.Whole;

/// <summary>
/// Whatever HEC answers, wherever an environment dies, whatever of the backup fails and however Lambda hands records over again:
/// each log event ends with Splunk or in the backup, and what cannot be read is in the backup as it came.
/// </summary>
public sealed class NothingIsLost
{
    private const int Seeds = 120;

    public static TheoryData<int> Tens { get; } = [.. Enumerable.Range(0, Seeds / 10)];

    [Theory]
    [MemberData(nameof(Tens))]
    public async Task Every_event_is_with_Splunk_or_in_the_backup(int ten)
    {
        for (var seed = ten * 10; seed < (ten * 10) + 10; seed++)
        {
            await TryAsync(new(seed), seed);
        }
    }

    private static async Task TryAsync(Random random, int seed)
    {
        await using var hec = await HecServer.StartAsync(seed % 3 == 0 ? HecServer.Acknowledging : HecServer.Plain);
        var isCalm = seed % 6 == 5;
        var mortality = new Mortality();
        var trouble = isCalm ? 0 : random.Next(3);
        var isOver = false;
        using var life = new FlowLogLife(
            hec,
            new(mortality, () => !isOver && trouble > 0 && random.Next(6) == 0),
            mortality,
            random,
            // Calm ones have no silence that would have to end.
            isCalm ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(400)
        );
        hec.Script(
            Enumerable.Range(0, random.Next(40)).Select(_ => isCalm ? Calm(random) : RandomScripts.Step(random))
        );
        var mapping = new EventSourceMapping(
            new()
            {
                BatchSize = random.Next(1, 12),
                BisectBatchOnFunctionError = random.Next(2) == 0,
                MaximumRetryAttempts = isCalm || random.Next(3) > 0 ? -1 : random.Next(4),
            },
            async (payload, end) =>
            {
                if (!isCalm && random.Next(5) == 0)
                {
                    mortality.DieAfter(random.Next(1, 12));
                }

                life.Left = !isCalm && random.Next(12) == 0 ? TimeSpan.FromMilliseconds(530) : TimeSpan.FromSeconds(60);
                return await life.InvokeAsync(payload, end);
            },
            TimeProvider.System
        )
        {
            OnFailure = (key, document, _) =>
            {
                life.Backup.Put(key, document.ToArray());
                return Task.CompletedTask;
            },
        };
        FlowLogSample[] samples = [.. new FlowLogSamples(seed).Mix(random.Next(1, 40), 12)];
        var now = DateTimeOffset.UtcNow;
        mapping.Add(
            samples.Select(
                (sample, i) =>
                    new StreamedRecord
                    {
                        SequenceNumber = $"{49_590_338_271_490_256_608_559_692_538m + i}",
                        Data = sample.Data,
                        Arrived = now - TimeSpan.FromMinutes(random.Next(4) == 0 ? 90 : 1),
                    }
            )
        );

        await mapping.DrainAsync();
        AssertKept(hec, life, samples, $"seed {seed}, drained");

        for (var round = 0; !await IsReplayedAsync(life, mortality, isCalm ? 0 : random.Next(10), round); round++)
        {
            AssertKept(hec, life, samples, $"seed {seed}, replay {round}");
        }

        isOver = true;
        AssertKept(hec, life, samples, $"seed {seed}, replayed");
        Assert.DoesNotContain(
            life.Backup.Objects.Keys,
            static key => Replaying.ByItself.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
        );
        if (isCalm)
        {
            Assert.Empty(
                hec.Taken.CountBy(static id => id)
                    .Where(static each => each.Value > 1)
                    .Select(each => $"seed {seed}: {each.Key}")
            );
        }
    }

    /// <summary>Answers after which HEC has each event once, whoever asks again.</summary>
    private static HecScript Calm(Random random) =>
        random.Next(4) switch
        {
            0 => new HecScript.Says(503, 9),
            1 => new HecScript.Page(502),
            2 => new HecScript.TakesBut(24),
            _ => new HecScript.Usual(),
        };

    /// <param name="places">After which it dies, within the first rounds; 0 for never.</param>
    private static async Task<bool> IsReplayedAsync(FlowLogLife life, Mortality mortality, int places, int round)
    {
        Assert.True(round < 100, "the replay comes to no end");
        if (places > 0 && round < 20)
        {
            mortality.DieAfter(places);
        }

        var replayed = await life.ReplayAsync([.. Replaying.ByItself]);
        mortality.DieAfter(int.MaxValue);
        return replayed is { Stopped: null };
    }

    private static void AssertKept(HecServer hec, FlowLogLife life, FlowLogSample[] samples, string when)
    {
        // One whose fields HEC would not take is there without its id: then its line is what is known of it.
        var lines = samples
            .SelectMany(static sample => Events(new() { SequenceNumber = "", Data = sample.Data }))
            .ToDictionary(static each => each.Line, static each => each.Id);
        var kept = hec.Taken.Select(taken => lines.GetValueOrDefault(taken, taken)).ToHashSet();
        HashSet<string> unreadable = [];
        foreach (var (key, content) in life.Backup.Objects)
        {
            foreach (var line in BackupText.Read(content, 1 << 26))
            {
                kept.UnionWith(Ids(line));
                unreadable.Add(Convert.ToBase64String(line.Record.Data.Span));
            }
        }

        Assert.Empty(samples.SelectMany(static sample => sample.Ids).Except(kept).Select(id => $"{when}: {id}"));
        Assert.Empty(
            samples
                .Where(static sample => sample is { IsPoison: true, Flows: [] })
                .Select(static sample => Convert.ToBase64String(sample.Data))
                .Except(unreadable)
                .Select(data => $"{when}: {data}")
        );
    }

    private static IEnumerable<string> Ids(BackupLine line)
    {
        var ids = Events(line.Record).ConvertAll(static each => each.Id);
        return line.Only is { } only ? only.Select(ordinal => ids[ordinal]) : ids;
    }

    private static List<(string Id, string Line)> Events(StreamRecord record)
    {
        List<(string, string)> events = [];
        LogRecords.Read(
            record,
            LogRecords.MostBytes,
            (_, id, _, line) =>
                events.Add((System.Text.Encoding.UTF8.GetString(id), System.Text.Encoding.UTF8.GetString(line))),
            static (_, _) => { }
        );
        return events;
    }
}
