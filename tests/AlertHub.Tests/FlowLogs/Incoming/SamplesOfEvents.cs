using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Encoding;
using FlowLogs.Incoming;
using FlowLogs.Records;

namespace AlertHub.Tests.FlowLogs.Incoming;

/// <summary>The events for the Lambda console that are for the stream's function.</summary>
public sealed class SamplesOfEvents
{
    public static TheoryData<string> Streams { get; } =
    [.. Samples.Names.Where(static name => name.StartsWith("kinesis/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_record_is_read_and_every_line_is_one_of_the_default_format(string sample)
    {
        var records = KinesisEvent.Read(Samples.Bytes(sample))!;

        using var events = new HecEvents();
        var encoder = new HecEncoder(FlowFormat.Default, new(), EventFields.Enriched);
        List<string> statuses = [];
        foreach (var record in records)
        {
            LogRecords.Read(
                record,
                LogRecords.MostBytes,
                (source, id, timestamp, message) =>
                {
                    Assert.True(encoder.Append(events, default, id, timestamp, message, escaped: true).IsNone);
                    statuses.Add(Encoding.UTF8.GetString(message).Split(' ')[^1]);
                },
                static (_, problem) => Assert.Null(problem)
            );
            Assert.NotNull(record.Arrived);
            Assert.Equal("eu-west-1", record.Region);
        }

        Assert.Equal(["NODATA", "OK", "SKIPDATA"], statuses.Distinct().Order());
        Assert.Equal(events.Count, statuses.Count);
    }
}
