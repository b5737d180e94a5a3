using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

/// <summary>
/// What holds whatever HEC and the network do: each event has a fate; none is called accepted that HEC does not have; and
/// HEC has none twice, but for those whose post was lost, or ended without its place being named.
/// </summary>
public sealed class RandomScripts
{
    private const int Seeds = 60;

    public static TheoryData<int> Tens { get; } = [.. Enumerable.Range(0, Seeds / 10)];

    [Theory]
    [MemberData(nameof(Tens))]
    public async Task Every_event_has_a_fate_and_it_is_true(int ten)
    {
        for (var seed = ten * 10; seed < (ten * 10) + 10; seed++)
        {
            await TryAsync(new(seed), hasAck: seed % 3 == 0, $"seed {seed}");
        }
    }

    private static async Task TryAsync(Random random, bool hasAck, string seed)
    {
        await using var hec = await HecScene.StartAsync(
            s =>
                s with
                {
                    MostEvents = random.Next(1, 9),
                    MostBytes = random.Next(60, 600),
                    InFlight = random.Next(1, 5),
                    Attempts = random.Next(1, 5),
                    Gzip = random.Next(2) == 0,
                    Timeout = TimeSpan.FromMilliseconds(400),
                },
            hasAck ? HecServer.Acknowledging : null
        );
        var script = Enumerable.Range(0, random.Next(30)).Select(_ => Step(random)).ToArray();
        hec.Server.Script(script);
        hec.Server.Patience = random.Next(3);
        hec.Server.LostAcks = random.Next(4) == 0 ? 1 : 0;
        var count = random.Next(1, 40);
        var events = HecScene.Events(
            count,
            [.. Enumerable.Range(0, count).Where(_ => random.Next(8) == 0).Select(i => (i, Wrong(random, i)))]
        );
        using var deadline = new CancellationTokenSource();
        if (random.Next(4) == 0)
        {
            deadline.CancelAfter(random.Next(1, 60));
        }

        var delivery = await hec.SendAsync(events, deadline.Token);

        var taken = hec.Server.Taken.ToLookup(static id => id);
        var mayRepeat = hec.Server.LostPosts.ToHashSet();
        foreach (var (index, fate) in delivery.Fates.Index())
        {
            var id = $"e{index}";
            Assert.True(
                fate is not Fate.Accepted || taken.Contains(id),
                $"{seed}: {id} is called accepted and is not there"
            );
            Assert.True(
                fate is not Fate.Refused { Kind: Refusal.Event } || !taken.Contains(id) || mayRepeat.Contains(id),
                $"{seed}: {id} is called refused and is there"
            );
            Assert.True(
                taken[id].Count() <= 1 || mayRepeat.Contains(id),
                $"{seed}: {id} was taken {taken[id].Count()} times though no post of it was lost"
            );
        }
    }

    /// <summary>What HEC, or the network, does with a post.</summary>
    internal static HecScript Step(Random random) =>
        random.Next(14) switch
        {
            0 => new HecScript.Says(503, 9, random.Next(4)),
            1 => new HecScript.Says(503, 9, random.Next(4), Names: false),
            2 => new HecScript.Says(429, 26, random.Next(3)),
            3 => new HecScript.Says(500, 8, random.Next(3)),
            4 => new HecScript.TakesBut(24 + random.Next(2)),
            5 => new HecScript.Page(random.Next(2) == 0 ? 502 : 413),
            6 => new HecScript.Reset(random.Next(2) == 0),
            7 when random.Next(5) == 0 => new HecScript.Silent(random.Next(2) == 0),
            8 => new HecScript.Cut(),
            9 => new HecScript.Says(400, 15, random.Next(3)),
            _ => new HecScript.Usual(),
        };

    private static string Wrong(Random random, int index) =>
        random.Next(4) switch
        {
            0 => HecScene.BadFields(index),
            1 => $$"""{"event":"","host":"e{{index}}"}""",
            2 => $$"""{"fields":{},"host":"e{{index}}"}""",
            _ => $$$"""{"event":"e{{{index}}}","index":"other"}""",
        };
}
