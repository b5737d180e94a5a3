using System.Text;
using System.Text.Json;
using AlertHub.Tests.Support;
using FlowLogs.Encoding;
using FlowLogs.Records;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs;

/// <summary>Whatever a line holds, its event is JSON and says the line again.</summary>
public sealed class EncodingEscapes
{
    private static readonly FlowFormat Tagged = FlowFormat.Parse("version region instance-tag");

    [Fact]
    public void Any_text_comes_back_from_its_event() =>
        Properties.ForAll(
            Properties.Text,
            static text =>
            {
                var line = Encoding.UTF8.GetBytes($"2 {text} {text}");
                var expected = Encoding.UTF8.GetString(line);

                Assert.Equal(expected, Event(line, escaped: false).GetProperty("event").GetString());
                var inside = JsonEncodedText.Encode(expected).EncodedUtf8Bytes;
                Assert.Equal(expected, Event(inside, escaped: true).GetProperty("event").GetString());
            },
            tests: 2000
        );

    [Fact]
    public void An_escaped_line_gives_the_fields_of_the_line_itself() =>
        Properties.ForAll(
            Properties.Text,
            static text =>
            {
                var line = Encoding.UTF8.GetBytes($"2 {text} {text}");
                var inside = JsonEncodedText.Encode(Encoding.UTF8.GetString(line)).EncodedUtf8Bytes;

                Assert.True(
                    JsonElement.DeepEquals(
                        Event(line, escaped: false).GetProperty("fields"),
                        Event(inside, escaped: true).GetProperty("fields")
                    )
                );
            },
            tests: 1000
        );

    [Fact]
    public void Any_bytes_become_JSON_with_what_is_no_UTF_8_replaced() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                var line = new byte[random.Next(120)];
                random.NextBytes(line);

                Assert.Equal(
                    Encoding.UTF8.GetString(line),
                    Event(line, escaped: false).GetProperty("event").GetString()
                );
            },
            tests: 2000
        );

    [Fact]
    public void Percent_encoded_controls_of_a_tag_are_escaped() =>
        Assert.Equal(
            new string('\u0001', 500),
            Event(Encoding.UTF8.GetBytes("11 r " + string.Concat(Enumerable.Repeat("%01", 500))), escaped: false)
                .GetProperty("fields")
                .GetProperty("instance_tag")
                .GetString()
        );

    [Fact]
    public void Half_of_a_surrogate_pair_is_told_and_not_thrown() =>
        Assert.Contains("parse_error", Raw("2 \\ud83d x"u8, escaped: true), StringComparison.Ordinal);

    [Fact]
    public void A_line_that_is_no_record_is_an_event_with_its_reason()
    {
        var json = Event("2 eu"u8, escaped: false);

        Assert.Equal("2 eu", json.GetProperty("event").GetString());
        Assert.Equal(
            "ends before \"instance-tag\", field 3 of 3",
            json.GetProperty("fields").GetProperty("parse_error").GetString()
        );
        Assert.Equal("i\"d", json.GetProperty("fields").GetProperty("cwl_id").GetString());
    }

    private static JsonElement Event(ReadOnlySpan<byte> line, bool escaped) => JsonElement.Parse(Raw(line, escaped));

    private static string Raw(ReadOnlySpan<byte> line, bool escaped)
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(Tagged, new());
        encoder.Begin(new("g", "s", "1"));
        encoder.Append(events, default, "i\"d"u8, 1, line, escaped);
        return Encoding.UTF8.GetString(events.Text(0, 1).Span);
    }
}
