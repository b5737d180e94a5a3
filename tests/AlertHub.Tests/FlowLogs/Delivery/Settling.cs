using AlertHub.Tests.Support;
using FlowLogs;
using FlowLogs.Delivery;
using FlowLogs.Hec;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs.Delivery;

/// <summary>Which records may leave the stream, and what the backup must have before.</summary>
public sealed class Settling
{
    private static readonly Fate Busy = new Fate.Undelivered("busy");

    [Theory]
    [InlineData(Refusal.Event, Names.RefusedPrefix)]
    [InlineData(Refusal.Index, Names.RefusedPrefix)]
    [InlineData(Refusal.Token, Names.UndeliveredPrefix)]
    [InlineData(Refusal.Channel, Names.UndeliveredPrefix)]
    [InlineData(Refusal.Setting, Names.UndeliveredPrefix)]
    internal void What_is_refused_is_put_aside_at_once(Refusal kind, string prefix)
    {
        var settlement = Of([Due(0)], [Left(3, (1, new Fate.Refused(kind, "why")))]);

        var aside = Assert.Single(settlement.Asides);
        Assert.Equal(1, settlement.Checkpoint);
        Assert.Equal((0, prefix, 1, "why"), (aside.Index, aside.Prefix, aside.Events, aside.Line.Reason));
        Assert.Equal([1], aside.Line.Only);
    }

    [Fact]
    public void Nothing_left_is_nothing_to_do()
    {
        var settlement = Of([Due(0), Due(1)], [Left(3), Left(0)]);

        Assert.Equal(2, settlement.Checkpoint);
        Assert.Empty(settlement.Asides);
        Assert.Equal(0, Of([], []).Checkpoint);
    }

    [Fact]
    public void A_young_record_that_may_be_delivered_yet_stays_with_all_behind_it()
    {
        var refused = new Fate.Refused(Refusal.Event, "why");
        var settlement = Of(
            [Due(0), Due(1), Due(2)],
            [Left(2, (0, refused)), Left(2, (0, refused), (1, Busy)), Left(2, (0, refused))]
        );

        Assert.Equal(1, settlement.Checkpoint);
        Assert.Equal(0, Assert.Single(settlement.Asides).Index);
    }

    [Fact]
    public void An_old_record_goes_to_the_backup_and_the_next_young_one_stays()
    {
        var settlement = Of([Due(0), Due(1)], [Left(2, (0, Busy), (1, Busy)), NotTried("time is up")], old: 1);

        var aside = Assert.Single(settlement.Asides);
        Assert.Equal((1, 0), (settlement.Checkpoint, aside.Index));
        Assert.Null(aside.Line.Only);
    }

    [Fact]
    public void What_was_not_tried_goes_whole_or_as_far_as_it_was_due()
    {
        var settlement = Of(
            [Due(0), Due(1) with { Only = [4, 5] }],
            [NotTried("no token"), NotTried("no token")],
            old: 2
        );

        Assert.Equal(
            [(Names.UndeliveredPrefix, 0, "no token", null), (Names.UndeliveredPrefix, 2, "no token", "4,5")],
            settlement.Asides.Select(static aside =>
                (
                    aside.Prefix,
                    aside.Events,
                    aside.Line.Reason,
                    aside.Line.Only is { } only ? string.Join(',', only) : null
                )
            )
        );
    }

    [Fact]
    public void Parts_that_nobody_can_read_are_put_aside_alone()
    {
        var outcome = Left(2, (0, new Fate.Refused(Refusal.Event, "why")), (1, new Fate.Refused(Refusal.Event, "why")));
        outcome.Unreadable.Add((new byte[] { 7 }, "it is empty"));

        var settlement = Of([Due(0)], [outcome]);

        Assert.Equal([Names.RefusedPrefix, Names.UnreadablePrefix], settlement.Asides.Select(static a => a.Prefix));
        // Whole, the record would bring the part along.
        Assert.Equal([0, 1], settlement.Asides[0].Line.Only);
        Assert.Equal([7], settlement.Asides[1].Line.Record.Data.ToArray());
        Assert.Equal("it is empty", settlement.Asides[1].Line.Reason);
    }

    [Fact]
    public void Every_event_is_accepted_or_in_one_aside_or_still_in_the_stream() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                var count = random.Next(1, 8);
                DueRecord[] due = [.. Enumerable.Range(0, count).Select(i => Any(random, i))];
                Outcome[] outcomes = [.. due.Select(one => Any(random, one))];
                bool[] old = [.. due.Select(_ => random.Next(3) > 0)];

                var settlement = Settlement.Of(due, outcomes, one => old[Array.IndexOf(due, one)]);

                var expected = Enumerable
                    .Range(0, count)
                    .FirstOrDefault(i => outcomes[i].IsUndelivered && !old[i], count);
                Assert.Equal(expected, settlement.Checkpoint);
                Assert.All(settlement.Asides, aside => Assert.InRange(aside.Index, 0, settlement.Checkpoint - 1));
                for (var index = 0; index < settlement.Checkpoint; index++)
                {
                    var asides = settlement.Asides.Where(aside => aside.Index == index).ToList();
                    Assert.Equal(Left(due[index], outcomes[index]).Order(), asides.SelectMany(Meant).Order());
                    Assert.Equal(
                        outcomes[index].NotTried is null ? outcomes[index].Unreadable.Count : 0,
                        asides.Count(static aside => aside.Prefix == Names.UnreadablePrefix)
                    );
                }
            },
            tests: 2000
        );

    /// <summary>Records of the property have so many events, all of them due unless it says otherwise.</summary>
    private const int Events = 6;

    private static IEnumerable<int> Left(DueRecord due, Outcome outcome) =>
        outcome.NotTried is null
            ? outcome.Left.Select(static left => left.Ordinal)
            : due.Only ?? [.. Enumerable.Range(0, Events)];

    private static IEnumerable<int> Meant(Aside aside) =>
        aside.Prefix == Names.UnreadablePrefix ? [] : aside.Line.Only ?? [.. Enumerable.Range(0, Events)];

    private static DueRecord Any(Random random, int index) =>
        Due(index) with
        {
            Only = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, Events).Where(_ => random.Next(2) == 0)],
        };

    private static Outcome Any(Random random, DueRecord due)
    {
        if (random.Next(6) == 0)
        {
            return NotTried("time is up");
        }

        int[] ordinals = [.. due.Only ?? [.. Enumerable.Range(0, Events)]];
        var share = random.Next(4);
        var outcome = Left(
            ordinals.Length,
            [.. ordinals.Where(_ => random.Next(3) < share).Select(ordinal => (ordinal, Fate(random)))]
        );
        if (random.Next(4) == 0)
        {
            outcome.Unreadable.Add((new byte[] { 1 }, "it is empty"));
        }

        return outcome;
    }

    private static Fate Fate(Random random) =>
        random.Next(3) == 0 ? Busy : new Fate.Refused((Refusal)random.Next(5), "why");

    private static Settlement Of(DueRecord[] due, Outcome[] outcomes, int old = 0) =>
        Settlement.Of(due, outcomes, one => Array.IndexOf(due, one) < old);

    private static DueRecord Due(int index) => new(new() { SequenceNumber = $"{index}", Data = new byte[] { 9 } });

    private static Outcome NotTried(string why) => new() { NotTried = why };

    private static Outcome Left(int encoded, params (int, Fate)[] left)
    {
        var outcome = new Outcome { Encoded = encoded };
        outcome.Left.AddRange(left);
        return outcome;
    }
}
