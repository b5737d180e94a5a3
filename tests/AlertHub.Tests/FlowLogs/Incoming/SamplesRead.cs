using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Incoming;
using FlowLogs.Records;

namespace AlertHub.Tests.FlowLogs.Incoming;

/// <summary>The samples that tests are fed with are what they claim to be.</summary>
public sealed class SamplesRead
{
    [Fact]
    public void What_can_be_read_has_the_ids_that_it_is_said_to_have_and_the_rest_has_a_problem()
    {
        var samples = new FlowLogSamples(seed: 7);
        foreach (var sample in samples.Mix(300))
        {
            var (ids, isReadable) = Read(sample.Data);

            Assert.Equal(sample.Ids, ids);
            Assert.Equal(sample.IsPoison, !isReadable);
        }
    }

    [Fact]
    public void Each_kind_of_poison_cannot_be_read()
    {
        var samples = new FlowLogSamples();
        for (var kind = 0; kind < FlowLogSamples.PoisonKinds; kind++)
        {
            var (ids, isReadable) = Read(samples.Poison(kind).Data);
            Assert.False(isReadable, $"kind {kind}");
            Assert.Empty(ids);
        }
    }

    [Fact]
    public void Ids_are_56_digits_each_given_once_and_the_same_seed_gives_the_same()
    {
        FlowLogSample[] samples = [.. new FlowLogSamples(seed: 3).Mix(200)];
        string[] ids = [.. samples.SelectMany(static sample => sample.Ids)];

        Assert.All(ids, static id => Assert.True(id.Length == 56 && id.All(char.IsAsciiDigit), id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(
            samples.Select(static s => s.Data),
            new FlowLogSamples(seed: 3).Mix(200).Select(static s => s.Data)
        );
        Assert.Empty(ids.Intersect(new FlowLogSamples(seed: 4).Mix(200).SelectMany(static s => s.Ids)));
    }

    private static (List<string> Ids, bool IsReadable) Read(byte[] data)
    {
        List<string> ids = [];
        var isReadable = true;
        foreach (var part in Aggregate.Open(data))
        {
            using var inflated = Inflated.Open(part, 10_000_000, out _);
            isReadable &=
                inflated is not null
                && LogMessages.Read(
                    inflated.Bytes.Span,
                    (source, id, timestamp, message) =>
                    {
                        Assert.Equal((FlowLogSamples.Owner, FlowLogSamples.LogGroup), (source.Owner, source.LogGroup));
                        Assert.True(new FlowRecord(FlowFormat.Default).Read(message).IsNone);
                        ids.Add(Encoding.UTF8.GetString(id));
                    }
                )
                    is null;
        }

        return (ids, isReadable);
    }
}
