using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>How often a mapping tries, what it splits and what it gives up.</summary>
public sealed class RetriesAndHalves
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly PlayedFunction function = new();
    private readonly ManualClock clock = new(Noon);
    private readonly List<string> aside = [];

    [Fact]
    public async Task Without_a_quota_it_tries_until_it_works()
    {
        function.Answers(Enumerable.Repeat(PlayedFunction.Fails, 50));

        var mapping = await DrainAsync(new(), 2);

        Assert.Equal(Enumerable.Repeat("1 2", 51), function.Invocations);
        Assert.Empty(aside);
        Assert.Equal(50, mapping.Batches[^1].Retries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_quota_counts_what_comes_after_the_first_time(int retries)
    {
        function.Answers(Enumerable.Repeat(PlayedFunction.Fails, retries + 1));

        await DrainAsync(new() { MaximumRetryAttempts = retries, BatchSize = 2 }, 4);

        Assert.Equal([.. Enumerable.Repeat("1 2", retries + 1), "3 4"], function.Invocations);
        Assert.Equal(["RetryAttemptsExhausted: 1 2"], aside);
    }

    [Fact]
    public async Task What_is_left_behind_the_checkpoint_has_the_retries_that_are_left()
    {
        function.Answers(PlayedFunction.Failed("2"), PlayedFunction.Failed("3"), PlayedFunction.Failed("3"));

        await DrainAsync(new() { MaximumRetryAttempts = 2, BatchSize = 4 }, 6);

        Assert.Equal(["1 2 3 4", "2 3 4", "3 4", "5 6"], function.Invocations);
        Assert.Equal(["RetryAttemptsExhausted: 3 4"], aside);
    }

    [Fact]
    public async Task A_batch_that_fails_is_halved_until_the_bad_record_is_alone_and_that_costs_no_retry()
    {
        function.OnInvoked = () => function.Answers(Has(function.Invocations[^1], "3") ? PlayedFunction.Fails : "");

        await DrainAsync(new() { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 2 }, 8);

        Assert.Equal(["1 2 3 4 5 6 7 8", "1 2 3 4", "1 2", "3 4", "3", "3", "3", "4", "5 6 7 8"], function.Invocations);
        Assert.Equal(["RetryAttemptsExhausted: 3"], aside);
    }

    [Fact]
    public async Task A_batch_that_fails_in_part_is_split_at_its_checkpoint_and_that_costs_no_retry()
    {
        function.Answers(PlayedFunction.Failed("2"), PlayedFunction.Failed("4", "5"));

        await DrainAsync(new() { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 0 }, 6);

        Assert.Equal(["1 2 3 4 5 6", "2 3 4 5 6", "4 5 6"], function.Invocations);
        Assert.Empty(aside);
    }

    [Fact]
    public async Task A_checkpoint_at_the_first_record_halves_the_batch()
    {
        function.Answers(PlayedFunction.Failed("1"), PlayedFunction.Failed("1"));

        await DrainAsync(new() { BisectBatchOnFunctionError = true, MaximumRetryAttempts = 0 }, 3);

        Assert.Equal(["1 2 3", "1 2", "1", "2", "3"], function.Invocations);
        Assert.Empty(aside);
    }

    [Fact]
    public async Task Records_that_got_too_old_are_given_up_and_those_behind_them_go_on()
    {
        function.Answers(Enumerable.Repeat(PlayedFunction.Fails, 3));
        function.OnInvoked = () => clock.Advance(TimeSpan.FromSeconds(40));

        await DrainAsync(
            new() { MaximumRecordAge = TimeSpan.FromSeconds(80) },
            PlayedFunction
                .Records(4)
                .Select(static (record, place) => record with { Arrived = Noon.AddSeconds(place / 2 * 60) })
        );

        Assert.Equal(["1 2 3 4", "1 2 3 4", "1 2 3 4", "3 4"], function.Invocations);
        Assert.Equal(["RecordAgeExceeded: 1 2"], aside);
    }

    [Fact]
    public async Task Records_that_are_too_old_when_they_come_are_handed_to_nobody()
    {
        clock.Advance(TimeSpan.FromHours(2));

        await DrainAsync(new() { MaximumRecordAge = TimeSpan.FromHours(1), MaximumRetryAttempts = 3 }, 3);

        Assert.Empty(function.Invocations);
        Assert.Equal(["RecordAgeExceeded: 1 2 3"], aside);
    }

    private static bool Has(string invocation, string sequenceNumber) => invocation.Split(' ').Contains(sequenceNumber);

    private Task<EventSourceMapping> DrainAsync(MappingSettings settings, int records) =>
        DrainAsync(settings, PlayedFunction.Records(records));

    private async Task<EventSourceMapping> DrainAsync(MappingSettings settings, IEnumerable<StreamedRecord> records)
    {
        var mapping = new EventSourceMapping(settings, function.InvokeAsync, clock)
        {
            OnFailure = (_, _, _) => Task.CompletedTask,
        };
        mapping.Add(records);
        await mapping.DrainAsync();
        aside.AddRange(
            mapping
                .Batches.Where(static batch => batch.Discarded is not null)
                .Select(static batch => $"{batch.Discarded}: {string.Join(' ', batch.SequenceNumbers)}")
        );
        return mapping;
    }
}
