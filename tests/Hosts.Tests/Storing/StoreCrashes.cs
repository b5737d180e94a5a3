using System.Collections.Immutable;
using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Local.Storage;
using AlertHub.Storing;
using AlertHub.Storing.Rows;
using AlertHub.Tests.Storing;
using Hosts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Storing;

/// <summary>
/// A process with a store is killed, and what is found in its file compared with what a model says: all that it was told
/// is stored is there, and of the change under way all or nothing. <c>CRASHES=1000 dotnet test</c> kills it so often.
/// </summary>
/// <remarks>
/// A kill leaves to the operating system what was written to it, so this proves nothing of power cuts; for these the
/// pragmas stand, and SQLite's word that with synchronous FULL the log is synced before a commit returns
/// (https://www.sqlite.org/wal.html#performance_considerations).
/// </remarks>
public sealed class StoreCrashes
{
    private static readonly string[] Points =
    [
        "before BEGIN IMMEDIATE",
        "before INSERT INTO journal",
        "after INSERT INTO journal",
        "before COMMIT",
        "after COMMIT",
        "before INSERT INTO snapshot",
        "after INSERT INTO snapshot",
        "before UPDATE mark",
        "after UPDATE mark",
        "before DELETE FROM journal",
        "after DELETE FROM snapshot",
        "within ",
    ];

    private static int Count =>
        int.Parse(Environment.GetEnvironmentVariable("CRASHES") ?? "24", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Wherever_it_is_killed_all_that_was_acknowledged_is_there_and_nothing_half() =>
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (Count + 2) / 3),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (life, _) =>
            {
                using var folder = new TemporaryFolder();
                var (random, now) = (new Random(life), new RandomChanges(0).Now);
                // The same file is killed three times.
                for (var death = 0; death < 3; death++)
                {
                    var point = Points[(life * 3 + death) % Points.Length].Split(' ', 2);
                    var count =
                        point[0] == "within" ? random.Next(1, 10_000)
                        : point[1] is "BEGIN IMMEDIATE" or "COMMIT"
                        || point[1].Contains("INTO", StringComparison.Ordinal)
                            ? random.Next(1, 250)
                        : random.Next(1, 6);
                    now = await LiveAndDieAsync(folder, life * 3 + death, now, point, count);
                }
            }
        );

    [Fact]
    public async Task Under_load_every_request_is_there_whole_or_not_at_all()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Max(4, Count / 6)),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) =>
            {
                using var folder = new TemporaryFolder();
                var changes = new RandomChanges(0);
                await using var child = Start(["store-load", folder.Path, StoreProgram.Text(changes.Now)]);
                var request = new Random(seed).Next(1, 300);
                await child.LineAsync($"stored {seed % 4}-{request}");
                child.Signal(ChildProcess.Kill);
                await child.ExitAsync();

                var state = Read(folder);
                var stored = state
                    .Alerts.Values.GroupBy(alert => alert.Labels["request"]!)
                    .ToDictionary(same => same.Key, same => same.Count());
                Assert.All(
                    Stored(child),
                    each => Assert.True(stored.ContainsKey(each), $"{each} is lost (seed {seed})")
                );
                Assert.All(stored, each => Assert.Equal(8, each.Value));
                Assert.Equal(stored.Keys.Order(), state.Messages.Keys.Order());
                Assert.Equal(state.Alerts.Count, state.Groups.Values.Sum(group => group.Alerts.Count));
                Assert.InRange(stored.Count - Stored(child).Length, 0, 4);
            }
        );
    }

    /// <summary>When it died.</summary>
    private static async Task<DateTimeOffset> LiveAndDieAsync(
        TemporaryFolder folder,
        int seed,
        DateTimeOffset start,
        string[] point,
        int count
    )
    {
        var model = new RandomChanges(seed) { Now = start };
        var memory = new MemoryStore(model.Rules, await OpenAsync(folder, model));
        await using var child = Start([
            "store-life",
            folder.Path,
            seed.ToString(CultureInfo.InvariantCulture),
            StoreProgram.Text(start),
            point[0],
            count.ToString(CultureInfo.InvariantCulture),
            point[1],
        ]);
        Assert.NotEqual(0, await child.ExitAsync());

        var acknowledged = Stored(child).Length;
        for (var i = 0; i < acknowledged; i++)
        {
            await model.ChangeAsync(memory);
        }

        var (stored, before) = (Read(folder), await memory.ReadAsync(default));
        var diedAt = model.Now;
        await model.ChangeAsync(memory);
        var after = await memory.ReadAsync(default);
        if (Text(stored, before) != StateText.Of(before) && Text(stored, after) != StateText.Of(after))
        {
            Assert.Fail(
                $"killed {string.Join(' ', point)} for the {count}th time after {acknowledged} changes (seed {seed}): {child.Written.Errors}\n"
                    + $"against the state before the next:\n{Differences(Text(stored, before), StateText.Of(before))}\n"
                    + $"against the state after it:\n{Differences(Text(stored, after), StateText.Of(after))}"
            );
        }

        return diedAt;
    }

    /// <summary>What the store says after a start, and once more after it was opened again.</summary>
    private static async Task<HubState> OpenAsync(TemporaryFolder folder, RandomChanges changes)
    {
        var clock = new ManualClock(changes.Now);
        var texts = new List<string>();
        HubState? state = null;
        for (var i = 0; i < 2; i++)
        {
            await using var store = await SqliteStore.OpenAsync(
                folder.Path,
                changes.Rules,
                clock,
                NullLogger<SqliteStore>.Instance,
                default,
                StoreProgram.Settings
            );
            state = await store.ReadAsync(default);
            texts.Add(StateText.Of(state));
        }

        Assert.Equal(texts[0], texts[1]);
        return state!;
    }

    /// <summary>What stands in the file, without anything that a start would make of it.</summary>
    private static HubState Read(TemporaryFolder folder)
    {
        using var file = StoreFile.Open(folder.File("alerthub.db"), new());
        var replay = new Replay();
        file.Load(replay);
        return replay.State();
    }

    /// <summary>Heartbeats may be lost: then an alert is as it was before them.</summary>
    private static string Text(HubState stored, HubState expected)
    {
        return StateText.Of(
            stored with
            {
                Alerts = All(stored.Alerts, expected.Alerts),
                Groups = stored.Groups.ToImmutableDictionary(
                    static group => group.Key,
                    group =>
                        expected.Find(group.Key) is { } wanted
                            ? group.Value with
                            {
                                Alerts = All(group.Value.Alerts, wanted.Alerts),
                            }
                            : group.Value
                ),
            }
        );

        static AlertMap All(AlertMap alerts, AlertMap later) =>
            AlertMap.Of(
                alerts.Values.Select(alert => later.Find(alert.Fingerprint) is { } known ? Beaten(alert, known) : alert)
            );

        static TrackedAlert Beaten(TrackedAlert alert, TrackedAlert later) =>
            alert.UpdatedAt < later.UpdatedAt
            && later.IsFiring(later.UpdatedAt)
            && alert with
            {
                UpdatedAt = later.UpdatedAt,
                Alert = alert.Alert with { EndsAt = later.Alert.EndsAt },
            } == later
                ? later
                : alert;
    }

    private static string Differences(string stored, string expected)
    {
        var (found, wanted) = (stored.Split('\n'), expected.Split('\n'));
        return string.Join(
            '\n',
            found
                .Except(wanted)
                .Select(static line => $"stored   {line}")
                .Concat(wanted.Except(found).Select(static line => $"expected {line}"))
        );
    }

    private static string[] Stored(ChildProcess child) =>
        [
            .. child
                .Written.Output.Split('\n')
                .Where(line => line.StartsWith("stored ", StringComparison.Ordinal))
                .Select(line => line["stored ".Length..]),
        ];

    private static ChildProcess Start(IEnumerable<string> arguments) =>
        ChildProcess.Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Hosts.Tests.dll"), .. arguments]);
}
