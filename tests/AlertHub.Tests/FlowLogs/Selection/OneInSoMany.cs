using System.Globalization;
using System.Text;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace AlertHub.Tests.FlowLogs.Selection;

public sealed class OneInSoMany
{
    private static readonly FlowFormat Format = FlowFormat.Parse("interface-id action");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    public void About_so_many_of_neighbouring_ids_are_kept(int rate)
    {
        const int Ids = 200_000;
        var kept = Enumerable.Range(0, Ids).Count(i => Sampling.Keeps(rate, Id(i)));

        var expected = (double)Ids / rate;
        Assert.InRange(kept, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
    }

    [Fact]
    public void An_id_that_comes_again_fares_as_before()
    {
        bool[] first = [.. Enumerable.Range(0, 1000).Select(i => Sampling.Keeps(10, Id(i)))];

        Assert.Equal(first, Enumerable.Range(0, 1000).Select(i => Sampling.Keeps(10, Id(i))));
        // Of another process, too: these were kept when the test was written.
        Assert.Equal([2, 11, 13, 14, 33], Enumerable.Range(0, 1000).Where(i => first[i]).Take(5));
    }

    [Theory]
    [InlineData("eni-1 ACCEPT", 10)]
    [InlineData("eni-1 REJECT", 1)]
    [InlineData("eni-1 -", 1)]
    [InlineData("eni-1 accept", 1)]
    public void Only_accepted_traffic_is_thinned(string text, int rate)
    {
        var (record, line) = Read(text);

        Assert.Equal(rate, new Sampling(10, Format).Rate(record, line));
        Assert.Equal(1, new Sampling(1, Format).Rate(record, line));
    }

    [Fact]
    public void A_format_without_action_is_not_thinned()
    {
        var format = FlowFormat.Parse("interface-id");
        var record = new FlowRecord(format);
        Assert.True(record.Read("eni-1"u8).IsNone);

        Assert.Equal(1, new Sampling(10, format).Rate(record, "eni-1"u8));
    }

    [Fact]
    public void Each_choice_tells_of_how_many_records_one_is_left()
    {
        var (accepted, yes) = Read("eni-1 ACCEPT");
        var (rejected, no) = Read("eni-1 REJECT");
        var choice = new Choice(FlowFilter.Parse("interface-id=eni-1", Format), new(10, Format));

        int[] rates = [.. Enumerable.Range(0, 1000).Select(i => choice.Rate(accepted, yes, Id(i)))];

        Assert.Equal([0, 10], rates.Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => Sampling.Keeps(10, Id(i)) ? 10 : 0), rates);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(1, choice.Rate(rejected, no, Id(i))));
    }

    [Fact]
    public void What_the_filter_leaves_out_is_left_out_whatever_its_id()
    {
        var (record, line) = Read("eni-2 REJECT");
        var choice = new Choice(FlowFilter.Parse("interface-id=eni-1", Format), new(10, Format));

        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(0, choice.Rate(record, line, Id(i))));
    }

    [Fact]
    public void Without_ids_the_lines_decide()
    {
        var choice = new Choice(FlowFilter.Parse("", Format), new(10, Format));
        var kept = Enumerable
            .Range(0, 10_000)
            .Count(i =>
            {
                var (record, line) = Read($"eni-{i} ACCEPT");
                return choice.Rate(record, line, []) > 0;
            });

        Assert.InRange(kept, 850, 1150);
    }

    private static byte[] Id(int number) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"30000000001{number:D45}"));

    private static (FlowRecord Record, byte[] Line) Read(string text)
    {
        var (record, line) = (new FlowRecord(Format), Encoding.UTF8.GetBytes(text));
        Assert.True(record.Read(line).IsNone);
        return (record, line);
    }
}
