using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>
/// What holds whatever a function answers: it gets every record; what it gets is without a gap; and it begins where the last
/// answer left off.
/// </summary>
public sealed class RandomAnswers
{
    [Fact]
    public void Every_record_is_handed_over_and_none_before_those_ahead_of_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Try));

    private static void Try(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 60);
        var settings = new MappingSettings
        {
            BatchSize = random.Next(1, 12),
            BisectBatchOnFunctionError = random.Next(2) == 0,
            MaximumRetryAttempts = random.Next(3) == 0 ? random.Next(4) : -1,
        };
        var function = new PlayedFunction();
        var troubles = random.Next(80);
        function.OnInvoked = () =>
            function.Answers(troubles-- > 0 ? Answer(random, Numbers(function.Invocations[^1])) : "");
        var mapping = new EventSourceMapping(settings, function.InvokeAsync, TimeProvider.System);
        foreach (var part in PlayedFunction.Records(count).Chunk(random.Next(1, count + 1)))
        {
            mapping.Add(part);
            Task.Run(() => mapping.StepAsync()).GetAwaiter().GetResult();
        }

        Task.Run(() => mapping.DrainAsync()).GetAwaiter().GetResult();

        var checkpoint = 1;
        var handed = new HashSet<int>();
        foreach (var batch in mapping.Batches)
        {
            int[] numbers = [.. batch.SequenceNumbers.Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
            Assert.Equal(Enumerable.Range(checkpoint, numbers.Length), numbers);
            Assert.True(settings.MaximumRetryAttempts < 0 || batch.Retries <= settings.MaximumRetryAttempts);
            checkpoint += batch.Done;
            if (batch.Discarded is null)
            {
                handed.UnionWith(numbers);
            }
        }

        Assert.Equal(count + 1, checkpoint);
        Assert.Equal(count, handed.Count);
        Assert.True(settings.MaximumRetryAttempts >= 0 || mapping.Batches.All(static batch => batch.Discarded is null));
    }

    private static string Answer(Random random, string[] numbers) =>
        random.Next(6) switch
        {
            0 => PlayedFunction.Fails,
            1 => "not JSON",
            2 => "",
            3 => PlayedFunction.Failed("", random.GetItems(numbers, 1)[0]),
            _ => PlayedFunction.Failed(random.GetItems(numbers, random.Next(1, 4))),
        };

    private static string[] Numbers(string invocation) => invocation.Split(' ');
}
