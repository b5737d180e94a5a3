using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
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
                    Assert.Equal(all, Aggregate.Open(Packed(all)).Select(static record => record.ToArray()));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_damaged_or_only_begins_like_one_is_a_record_like_any_other()
    {
        var packed = Packed("a"u8.ToArray(), "bc"u8.ToArray());
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
                static message => Assert.NotNull(Aggregate.Open(Hashed(message ?? [])))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Gzip_of_one_member_or_several_and_plain_text_are_the_same()
    {
        Assert.Equal("abc", Opened(Encoding.UTF8.GetBytes("abc"), 100).Text);
        Assert.Equal("abc", Opened(Zipped("abc"), 100).Text);
        Assert.Equal("abcdef", Opened([.. Zipped("abc"), .. Zipped("def")], 100).Text);
        var text = string.Concat(Enumerable.Range(0, 20_000));
        Assert.Equal(text, Opened(Zipped(text), 1_000_000).Text);
    }

    [Theory]
    [InlineData(99, "it inflates to more than 99 bytes")]
    [InlineData(100, "")]
    public void What_inflates_to_more_than_the_bound_is_refused(int mostBytes, string problem) =>
        Assert.Equal(problem, Opened(Zipped(new('a', 100)), mostBytes).Problem);

    [Fact]
    public void A_bomb_is_refused_before_it_is_inflated() =>
        Assert.Equal("it inflates to more than 1000000 bytes", Opened(Zipped(new('a', 10_000_000)), 1_000_000).Problem);

    [Fact]
    public void Damaged_gzip_is_said_to_be()
    {
        var zipped = Zipped("2 123456789012 eni-1");
        zipped[12] ^= 0xFF;
        Assert.Equal("it begins as gzip and is damaged", Opened(zipped, 1000).Problem);
    }

    private static (string? Text, string Problem) Opened(byte[] data, int mostBytes)
    {
        using var inflated = Inflated.Open(data, mostBytes, out var problem);
        return (inflated is null ? null : Encoding.UTF8.GetString(inflated.Bytes.Span), problem);
    }

    private static byte[] Zipped(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>As the Kinesis Producer Library does it: a table with one partition key, and records that refer to it.</summary>
    private static byte[] Packed(params byte[][] records)
    {
        var message = new MemoryStream();
        Field(message, 1, "key"u8);
        foreach (var record in records)
        {
            var inner = new MemoryStream();
            inner.Write([1 << 3, 0]);
            Field(inner, 3, record);
            Field(message, 3, inner.ToArray());
        }

        return Hashed(message.ToArray());
    }

    private static byte[] Hashed(byte[] message) => [0xF3, 0x89, 0x9A, 0xC2, .. message, .. Md5(message)];

#pragma warning disable CA5351 // It is the format's.
    private static byte[] Md5(byte[] message) => MD5.HashData(message);
#pragma warning restore CA5351

    private static void Field(MemoryStream message, int number, ReadOnlySpan<byte> bytes)
    {
        message.WriteByte((byte)((number << 3) | 2));
        var length = (uint)bytes.Length;
        for (; length >= 0x80; length >>= 7)
        {
            message.WriteByte((byte)(length | 0x80));
        }

        message.WriteByte((byte)length);
        message.Write(bytes);
    }
}
