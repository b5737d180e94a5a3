using System.Text;
using System.Text.Json;
using FlowLogs.Encoding;
using FlowLogs.Records;

namespace AlertHub.Tests.FlowLogs;

/// <summary>Events one after another, and what they are filed under.</summary>
public sealed class EncodingEvents
{
    private const string Line =
        "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";

    [Fact]
    public void Each_event_can_be_cut_out_and_knows_its_record()
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(FlowFormat.Default, new());
        for (var round = 0; round < 2; round++)
        {
            events.Clear();
            for (var i = 0; i < 3000; i++)
            {
                encoder.Append(
                    events,
                    new(i / 7, i),
                    Encoding.UTF8.GetBytes($"id-{i}"),
                    i,
                    Encoding.UTF8.GetBytes(Line)
                );
            }

            Assert.Equal(3000, events.Count);
            for (var i = 0; i < 3000; i += 111)
            {
                Assert.Equal(new(i / 7, i), events.Origin(i));
                using var json = JsonDocument.Parse(events.Text(i, i + 1));
                Assert.Equal($"id-{i}", json.RootElement.GetProperty("fields").GetProperty("cwl_id").GetString());
            }

            Assert.Equal(events.LengthBytes, events.Text(0, 3000).Length);
            Assert.True(events.Text(5, 5).IsEmpty);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => events.Origin(3000));
        Assert.Throws<ArgumentOutOfRangeException>(() => events.Text(0, 3001));
    }

    [Fact]
    public void An_event_is_filed_under_what_the_templates_say()
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(
            FlowFormat.Default,
            new()
            {
                Host = "{interface_id}",
                Source = "{log_group}/{account}/{region}",
                Sourcetype = "t",
                Index = "flows_{account}",
            }
        );
        encoder.Begin(new("a\"b", "eni-9-all", "42") { Region = "eu-west-1" });
        encoder.Append(events, default, [], 0, Encoding.UTF8.GetBytes(Line));
        encoder.Append(events, default, [], 0, Encoding.UTF8.GetBytes("broken"));

        Assert.StartsWith(
            """{"time":0.000,"host":"eni-1","source":"a\"b/42/eu-west-1","sourcetype":"t","index":"flows_42","event":"2 """,
            Encoding.UTF8.GetString(events.Text(0, 1).Span),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            """{"time":0.000,"host":"eni-9-all",""",
            Encoding.UTF8.GetString(events.Text(1, 2).Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Templates_that_cannot_be_filled_are_all_told()
    {
        var error = Assert.Throws<FormatException>(() =>
            new HecMetadata
            {
                Host = "{vpc}",
                Source = " ",
                Index = "a{b",
            }.Checked()
        );

        Assert.Contains("host \"{vpc}\": \"{vpc}\" at position 1 is none of", error.Message, StringComparison.Ordinal);
        Assert.Contains("source \" \": is empty", error.Message, StringComparison.Ordinal);
        Assert.Contains("index \"a{b\": the brace at position 2", error.Message, StringComparison.Ordinal);
    }
}
