using FlowLogs.Delivery;
using FlowLogs.Functions;
using FlowLogs.Hec;
using FlowLogs.Incoming;

namespace AlertHub.Tests.FlowLogs.Functions;

/// <summary>Of records that Lambda hands over again.</summary>
public sealed class WhatIsRemembered
{
    private static readonly Fate Busy = new Fate.Undelivered("busy");

    [Fact]
    public void A_record_that_is_new_is_due_as_a_whole() => Assert.Null(new Remembered().Due(Record("1")).Only);

    [Fact]
    public void What_is_accepted_behind_the_checkpoint_is_not_due_again()
    {
        var remembered = new Remembered();
        DueRecord[] due = [.. new[] { "1", "2", "3", "4" }.Select(number => new DueRecord(Record(number)))];
        remembered.Keep(due, [Left(), Left(2, 5), Left(), new() { NotTried = "time is up" }], checkpoint: 1);

        Assert.Null(remembered.Due(Record("1")).Only);
        Assert.Equal([2, 5], remembered.Due(Record("2")).Only);
        Assert.Equal([], remembered.Due(Record("3")).Only);
        Assert.Null(remembered.Due(Record("4")).Only);
    }

    [Fact]
    public void It_is_the_record_of_one_shard_of_one_stream()
    {
        var remembered = new Remembered();
        remembered.Keep([new(Record("1"))], [Left(0)], checkpoint: 0);

        Assert.Null(remembered.Due(Record("1") with { Shard = "another" }).Only);
        Assert.Null(remembered.Due(Record("1") with { Stream = "another" }).Only);
        Assert.Equal([0], remembered.Due(Record("1")).Only);
    }

    [Fact]
    public void What_is_left_gets_less_and_is_forgotten_once_it_is_settled()
    {
        var remembered = new Remembered();
        remembered.Keep([new(Record("1"))], [Left(1, 2, 3)], checkpoint: 0);
        remembered.Keep([remembered.Due(Record("1"))], [Left(3)], checkpoint: 0);
        Assert.Equal([3], remembered.Due(Record("1")).Only);

        // Not tried this time: what was left is left yet.
        remembered.Keep([remembered.Due(Record("1"))], [new() { NotTried = "no token" }], checkpoint: 0);
        Assert.Equal([3], remembered.Due(Record("1")).Only);

        remembered.Keep([remembered.Due(Record("1"))], [Left()], checkpoint: 1);
        Assert.Null(remembered.Due(Record("1")).Only);
    }

    [Fact]
    public void Of_very_many_nothing_is_remembered()
    {
        var remembered = new Remembered();
        DueRecord[] due = [.. Enumerable.Range(0, 20_001).Select(static i => new DueRecord(Record($"{i}")))];

        remembered.Keep(due[..20_000], [.. due[..20_000].Select(static _ => Left())], checkpoint: 0);
        Assert.NotNull(remembered.Due(Record("0")).Only);
        remembered.Keep(due[20_000..], [Left()], checkpoint: 0);
        Assert.Null(remembered.Due(Record("0")).Only);
        Assert.Null(remembered.Due(Record("20000")).Only);
    }

    private static StreamRecord Record(string number) =>
        new()
        {
            SequenceNumber = number,
            Shard = "shardId-1",
            Stream = "arn:s",
        };

    private static Outcome Left(params int[] ordinals)
    {
        var outcome = new Outcome { Encoded = 10 };
        outcome.Left.AddRange(ordinals.Select(static ordinal => (ordinal, Busy)));
        return outcome;
    }
}
