using AlertHub;
using AlertHub.Alerts;
using AlertHub.Local.Working;

namespace Hosts.Tests.Local.Working;

public sealed class WhatIsDue
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);
    private static readonly Work A = Flush("a");
    private static readonly Work B = Flush("b");

    private readonly Agenda agenda = new(DateTimeOffset.MinValue);

    [Fact]
    public void Comes_in_its_order_and_only_then()
    {
        agenda.Add([new(B, Start.AddSeconds(2)), new(A, Start.AddSeconds(1))]);

        Assert.Empty(Take(0));
        Assert.Equal([A], Take(1));
        Assert.Equal([B], Take(2));
        Assert.Empty(Take(3));
    }

    [Fact]
    public void Of_two_times_the_earlier_counts()
    {
        agenda.Add([new(A, Start.AddSeconds(5)), new(A, Start.AddSeconds(1)), new(A, Start.AddSeconds(9))]);

        Assert.Equal([A], Take(1));
        agenda.Done(A, [], Start);
        Assert.Empty(Take(10));
    }

    [Fact]
    public void Is_not_given_out_twice_at_once_but_again_when_it_is_done()
    {
        agenda.Add([new(A, Start)]);
        Assert.Equal([A], Take(0));

        agenda.Add([new(A, Start)]);
        Assert.Empty(Take(0));

        agenda.Done(A, [], Start);
        Assert.Equal([A], Take(0));
    }

    [Fact]
    public void Says_when_the_next_comes_and_that_something_comes_before()
    {
        agenda.Add([new(A, Start.AddSeconds(5))]);
        agenda.Take(Start, out var next, out var changed);
        Assert.Equal((Start.AddSeconds(5), false), (next, changed.IsCompleted));

        agenda.Add([new(B, Start.AddSeconds(9))]);
        Assert.False(changed.IsCompleted);

        agenda.Add([new(B, Start.AddSeconds(1))]);
        Assert.True(changed.IsCompleted);
    }

    [Fact]
    public void After_the_start_groups_wait_and_deliveries_do_not()
    {
        var delayed = new Agenda(Start.AddSeconds(30));
        Work deliver = new Work.Deliver(((Work.Flush)A).Group, new("webhook", 0));
        delayed.Add([new(A, Start), new(deliver, Start), new(B, Start.AddSeconds(40))]);

        Assert.Equal([deliver], delayed.Take(Start, out var next, out _));
        Assert.Equal(Start.AddSeconds(30), next);
        Assert.Equal([A], delayed.Take(Start.AddSeconds(30), out _, out _));
    }

    [Fact]
    public void Whatever_is_asked_for_while_it_is_done_is_done_once_more()
    {
        var random = new Random(20260314);
        Work[] works = [.. Enumerable.Range(0, 5).Select(i => Flush($"g{i}"))];
        var done = new Dictionary<Work, int>();
        var asked = new Dictionary<Work, int>();
        var running = new List<Work>();
        for (var step = 0; step < 5000; step++)
        {
            var now = Start.AddMilliseconds(step);
            switch (random.Next(3))
            {
                case 0:
                    var work = works[random.Next(works.Length)];
                    agenda.Add([new(work, now.AddMilliseconds(random.Next(20)))]);
                    asked[work] = step;
                    break;
                case 1:
                    foreach (var taken in agenda.Take(now, out _, out _))
                    {
                        Assert.DoesNotContain(taken, running);
                        running.Add(taken);
                        done[taken] = step;
                    }

                    break;
                default:
                    if (running.Count > 0)
                    {
                        var ended = running[random.Next(running.Count)];
                        running.Remove(ended);
                        agenda.Done(ended, [], now);
                    }

                    break;
            }
        }

        var end = Start.AddSeconds(10);
        foreach (var work in running)
        {
            agenda.Done(work, [], end);
        }

        foreach (var taken in agenda.Take(end, out _, out _))
        {
            done[taken] = 5000;
        }

        // Nothing that was asked for was begun for the last time before that.
        Assert.All(asked, one => Assert.True(done[one.Key] >= one.Value, $"{one.Key}"));
    }

    private IReadOnlyList<Work> Take(int seconds) => agenda.Take(Start.AddSeconds(seconds), out _, out _);

    private static Work.Flush Flush(string name) =>
        new(
            new()
            {
                RouteKey = "{}",
                Labels = Labels.Of(new Label("alertname", name)),
                Receiver = "r",
            }
        );
}
