using System.Globalization;
using AlertHub.Delivering;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Delivering;

public sealed class GatesOfDestinations
{
    private static readonly DeliveryResult Down = new DeliveryResult.TryLater("it is down");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private DateTimeOffset now = Some.Now;

    [Fact]
    public void Where_nothing_fails_nobody_waits()
    {
        var gate = new Gate(budget: null);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Null(Ask(gate, i));
        }
    }

    [Fact]
    public void After_failures_in_a_row_it_is_left_alone_ever_longer_and_tried_by_one()
    {
        var gate = Failing();
        var length = Breaker.First;
        for (var i = 0; i < 12; i++)
        {
            Assert.True(State(gate).IsOpen);
            Assert.Equal(length, State(gate).ClosedUntil - now);
            Assert.True(Ask(gate, 1) >= length);

            now += length;
            Assert.Null(Ask(gate, 1));
            Assert.NotNull(Ask(gate, 2));
            gate.After(Down, now, random: 1);
            length = length * 2 < Breaker.Longest ? length * 2 : Breaker.Longest;
        }

        now += Breaker.Longest;
        Assert.Null(Ask(gate, 1));
        gate.After(new DeliveryResult.Delivered(), now, random: 1);
        Assert.False(State(gate).IsOpen);
        Assert.Null(Ask(gate, 2));
        Assert.Null(Ask(gate, 3));
    }

    [Fact]
    public void What_refuses_a_message_works()
    {
        var gate = new Gate(budget: null);
        for (var i = 0; i < 10; i++)
        {
            gate.After(i % 4 == 3 ? new DeliveryResult.Refused("400") : Down, now, random: 1);
        }

        Assert.False(State(gate).IsOpen);
    }

    [Fact]
    public void A_try_that_came_to_nothing_is_made_by_another()
    {
        var gate = Failing();
        now += Breaker.First;
        Assert.Null(Ask(gate, 1));
        Assert.NotNull(Ask(gate, 2));
        gate.Abandoned();

        Assert.Null(Ask(gate, 2));
    }

    [Fact]
    public void Another_configuration_is_tried_at_once()
    {
        var gate = Failing();
        gate.TryAgain(now);

        Assert.Null(Ask(gate, 1));
        Assert.NotNull(Ask(gate, 2));
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(7200, 3600)]
    public void What_it_asks_for_is_asked_of_all_within_reason(int asked, int waited)
    {
        var gate = new Gate(budget: null);
        gate.After(new DeliveryResult.TryLater("429", asked * Second), now, random: 1);

        Assert.Equal(waited * Second, Ask(gate, 1));
        Assert.False(State(gate).IsOpen);
        now += waited * Second;
        Assert.Null(Ask(gate, 1));
    }

    [Fact]
    public void No_more_is_sent_than_it_takes_and_whoever_was_due_first_is_first()
    {
        var gate = new Gate(new(Burst: 3, Each: Second));
        var (begin, queue, sent) = (
            now,
            new PriorityQueue<int, DateTimeOffset>(),
            new List<(int Group, DateTimeOffset At)>()
        );
        for (var group = 99; group >= 0; group--)
        {
            queue.Enqueue(group, now.AddTicks(99 - group));
        }

        var asked = 0;
        while (queue.TryDequeue(out var group, out var at))
        {
            now = at > now ? at : now;
            asked++;
            if (Ask(gate, group) is { } wait)
            {
                queue.Enqueue(group, now + wait);
            }
            else
            {
                sent.Add((group, now));
            }
        }

        foreach (var (i, (_, at)) in sent.Index())
        {
            Assert.True(at >= begin + ((i - 3) * Second), $"the {i}th was sent at {at:O}");
        }

        Assert.InRange(sent[^1].At - begin, 96 * Second, 105 * Second);
        // The first asked came in the wrong order; from then on the line holds.
        Assert.Equal(sent.Skip(3).Select(static s => s.Group).Order(), sent.Skip(3).Select(static s => s.Group));
        Assert.InRange(asked, 100, 500);
    }

    [Fact]
    public void Whoever_does_not_come_loses_its_place()
    {
        var gate = new Gate(new(Burst: 1, Each: Second));
        Assert.Null(Ask(gate, 9));
        Assert.NotNull(Ask(gate, 1));
        Assert.NotNull(Ask(gate, 2));
        Assert.Equal(2, State(gate).Waiting);

        now += Second;
        Assert.NotNull(Ask(gate, 2));
        now += 30 * Second;
        Assert.Null(Ask(gate, 2));
        Assert.Equal(0, State(gate).Waiting);
    }

    [Fact]
    public void After_an_outage_they_do_not_all_come_at_once()
    {
        var gate = Failing();
        var turns = Enumerable.Range(0, 500).Select(group => Ask(gate, group)!.Value).ToArray();

        Assert.Equal(turns.Length, turns.Distinct().Count());
        Assert.InRange(turns[^1] - turns[0], 5 * Second, 60 * Second);
    }

    [Fact]
    public void What_is_only_to_be_shown_goes_when_nothing_is_to_be_told()
    {
        var gate = new Gate(new(Burst: 1, Each: Second));
        Assert.Null(Ask(gate, 0));
        for (var group = 1; group < 100; group++)
        {
            Assert.NotNull(Ask(gate, group, isShown: true));
        }

        Assert.Equal(Second, Ask(gate, 500));
        now += Second;
        Assert.NotNull(Ask(gate, 1, isShown: true));
        Assert.Null(Ask(gate, 500));
        now += Second;
        Assert.Null(Ask(gate, 1, isShown: true));
    }

    [Fact]
    public void What_becomes_of_it_is_no_matter_to_what_is_to_be_told()
    {
        var gate = new Gate(budget: null);
        for (var i = 0; i < 10; i++)
        {
            gate.AfterShowing(Down, now);
        }

        gate.AfterShowing(new DeliveryResult.TryLater("429", 90 * Second), now);

        Assert.False(State(gate).IsOpen);
        Assert.Null(Ask(gate, 1));
        Assert.Equal(90 * Second, Ask(gate, 2, isShown: true));
        now += 90 * Second;
        Assert.Null(Ask(gate, 2, isShown: true));

        gate.AfterShowing(new DeliveryResult.TryLater("429", 90 * Second), now);
        gate.TryAgain(now);
        Assert.Null(Ask(gate, 2, isShown: true));
    }

    [Fact]
    public void It_closes_no_breaker()
    {
        var gate = Failing();
        now += Breaker.First;
        Assert.Null(Ask(gate, 1, isShown: true));
        gate.AfterShowing(new DeliveryResult.Delivered(), now);

        Assert.True(State(gate).IsOpen);
        Assert.Null(Ask(gate, 2));
    }

    private Gate Failing()
    {
        var gate = new Gate(budget: null);
        for (var i = 0; i < Breaker.MostFailures; i++)
        {
            Assert.Null(Ask(gate, i));
            gate.After(i % 2 == 0 ? Down : new DeliveryResult.Ambiguous("no answer"), now, random: 1);
        }

        return gate;
    }

    /// <summary>Groups are due in the order of their numbers.</summary>
    private TimeSpan? Ask(Gate gate, int group, bool isShown = false) =>
        gate.Wait(
            new()
            {
                RouteKey = group.ToString(CultureInfo.InvariantCulture),
                Labels = AlertHub.Alerts.Labels.Empty,
                Receiver = "ops",
            },
            Some.Now.AddTicks(group),
            now,
            isShown
        );

    private GateState State(Gate gate) => gate.State(new("ops", new("slack", 0)), now);
}
