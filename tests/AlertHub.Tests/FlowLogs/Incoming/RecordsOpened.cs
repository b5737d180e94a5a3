using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Incoming;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs.Incoming;

/// <summary>What is around the messages: aggregates and gzip.</summary>
public sealed class RecordsOpened
{
    [Fact]
    public void Aggregates_hold_what_was_put_in() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[][]>(),
                static records =>
                {
                    byte[][] all = [.. records.Where(static record => record is not null)];
                    Assert.Equal(
                        all,
                        Aggregate.Open(FlowLogSamples.Packed(all)).Select(static record => record.ToArray())
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_damaged_or_only_begins_like_one_is_a_record_like_any_other()
    {
        var packed = FlowLogSamples.Packed("a"u8.ToArray(), "bc"u8.ToArray());
        for (var i = 0; i < packed.Length; i++)
        {
            var damaged = (byte[])packed.Clone();
            damaged[i] ^= 0x40;
            Assert.Equal(damaged, Assert.Single(Aggregate.Open(damaged)).ToArray());
            Assert.Equal(packed[..i], Assert.Single(Aggregate.Open(packed.AsMemory(0, i))).ToArray());
        }
    }

    [Fact]
    public void Whatever_a_message_of_the_right_hash_holds_opens_without_a_fault() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                static message => Assert.NotNull(Aggregate.Open(FlowLogSamples.Hashed(message ?? [])))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Gzip_of_one_member_or_several_and_plain_text_are_the_same()
    {
        Assert.Equal("abc", Opened(Encoding.UTF8.GetBytes("abc"), 100).Text);
        Assert.Equal("abc", Opened(FlowLogSamples.Zipped("abc"), 100).Text);
        Assert.Equal("abcdef", Opened([.. FlowLogSamples.Zipped("abc"), .. FlowLogSamples.Zipped("def")], 100).Text);
        var text = string.Concat(Enumerable.Range(0, 20_000));
        Assert.Equal(text, Opened(FlowLogSamples.Zipped(text), 1_000_000).Text);
    }

    [Theory]
    [InlineData(99, "it inflates to more than 99 bytes")]
    [InlineData(100, "")]
    public void What_inflates_to_more_than_the_bound_is_refused(int mostBytes, string problem) =>
        Assert.Equal(problem, Opened(FlowLogSamples.Zipped(new('a', 100)), mostBytes).Problem);

    [Fact]
    public void A_bomb_is_refused_before_it_is_inflated() =>
        Assert.Equal(
            "it inflates to more than 1000000 bytes",
            Opened(FlowLogSamples.Zipped(new('a', 10_000_000)), 1_000_000).Problem
        );

    [Fact]
    public void Damaged_gzip_is_said_to_be()
    {
        var zipped = FlowLogSamples.Zipped("2 123456789012 eni-1");
        zipped[12] ^= 0xFF;
        Assert.Equal("it begins as gzip and is damaged", Opened(zipped, 1000).Problem);
    }

    private static (string? Text, string Problem) Opened(byte[] data, int mostBytes)
    {
        using var inflated = Inflated.Open(data, mostBytes, out var problem);
        return (inflated is null ? null : Encoding.UTF8.GetString(inflated.Bytes.Span), problem);
    }
}
