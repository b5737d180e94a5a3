using System.Text;
using System.Text.Json;
using AlertHub.Storing;
using AlertHub.Storing.Rows;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Storing;

public sealed class Replays
{
    [Fact]
    public void Whatever_happens_the_rows_make_the_state_again() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            seed =>
            {
                var changes = new RandomChanges(seed);
                var store = new MemoryStore(changes.Rules);
                using var writer = new RowWriter();
                var replay = new Replay();
                var before = HubState.Empty;
                for (var i = 0; i < 60; i++)
                {
                    changes.ChangeAsync(store).GetAwaiter().GetResult();
                    var after = store.ReadAsync(default).AsTask().GetAwaiter().GetResult();
                    var touched = new Touched();
                    touched.AddDifferences(before, after);
                    writer.Clear();
                    writer.Write(before, after, touched);
                    writer.End();
                    // Whoever does not know what is only shown would tell it.
                    Assert.DoesNotContain("Shown", Deliveries(writer.Body));
                    replay.Apply(writer.Body, writer.Heartbeats.Span);
                    Assert.Equal(StateText.Of(after), StateText.Of(replay.State()));
                    before = after;
                }
            },
            tests: 100
        );

    /// <summary>Why each delivery of these rows is told.</summary>
    private static string?[] Deliveries(ReadOnlyMemory<byte> rows)
    {
        if (rows.IsEmpty)
        {
            return [];
        }

        using var json = JsonDocument.Parse(rows);
        return json.RootElement.TryGetProperty("groups", out var groups)
            ?
            [
                .. groups
                    .EnumerateArray()
                    .Where(static group => group.TryGetProperty("deliveries", out _))
                    .SelectMany(static group => group.GetProperty("deliveries").EnumerateArray())
                    .Where(static delivery => delivery.TryGetProperty("reason", out _))
                    .Select(static delivery => delivery.GetProperty("reason").GetString()),
            ]
            : [];
    }

    [Fact]
    public void A_group_of_before_there_were_receipts_has_none()
    {
        const string row = """
            {"v":1,"alerts":[],"groups":[{"receiver":"team","route":"{}","labels":{},"version":3,
            "due":"2026-03-14T03:00:00+00:00","flushed":true,
            "announcements":[{"kind":"slack","index":0,"at":"2026-03-14T03:00:00+00:00","firing":["00000000000000aa"]}]}]}
            """;
        var replay = new Replay();

        replay.Apply(Encoding.UTF8.GetBytes(row), []);

        var told = Assert.Single(replay.State().Groups.Values.Single().Announcements);
        Assert.Equal((1, null), (told.Firing.Count, told.Receipt));
    }
}
