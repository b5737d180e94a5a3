using System.Text;
using System.Text.Json;
using AlertHub.Tests.Support;
using FlowLogs.Encoding;
using FlowLogs.Records;

namespace AlertHub.Tests.FlowLogs;

/// <summary>What AWS documents, of every version.</summary>
public sealed class RecordsDocumented
{
    public static TheoryData<string[]> Records { get; } = [.. Repository.Cases("flow-records.txt")];

    public static TheoryData<string[]> Problems { get; } = [.. Repository.Cases("flow-problems.txt")];

    public static TheoryData<string[]> Formats { get; } = [.. Repository.Cases("flow-formats.txt", '¦')];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_documented_record_becomes_an_event_with_typed_fields(string[] row)
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(Format(row[1]), new());
        encoder.Begin(new("group", "stream", ""));

        Assert.True(encoder.Append(events, default, "id-1"u8, 1418530010123, Encoding.UTF8.GetBytes(row[2])).IsNone);

        using var json = JsonDocument.Parse(events.Text(0, 1));
        using var expected = JsonDocument.Parse(row[3]);
        Assert.Equal(row[2], json.RootElement.GetProperty("event").GetString());
        Assert.Equal("1418530010.123", json.RootElement.GetProperty("time").GetRawText());
        var fields = json.RootElement.GetProperty("fields");
        Assert.Equal("id-1", fields.GetProperty("cwl_id").GetString());
        Assert.False(fields.TryGetProperty("parse_error", out _));
        Assert.Distinct(fields.EnumerateObject().Select(static member => member.Name));
        foreach (var member in expected.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                Assert.False(fields.TryGetProperty(member.Name, out _), member.Name);
            }
            else
            {
                Assert.True(JsonElement.DeepEquals(member.Value, fields.GetProperty(member.Name)), member.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void What_is_no_record_says_which_field_and_why(string[] row)
    {
        var format = Format(row[0]);

        Assert.Equal(row[2], new FlowRecord(format).Read(Encoding.UTF8.GetBytes(row[1])).Tell(format));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_is_read_or_says_everything_that_is_wrong_with_it(string[] row)
    {
        string said;
        try
        {
            var format = FlowFormat.Parse(row[0]);
            Assert.True(format.Fields.SequenceEqual(FlowFormat.Parse(format.ToString()).Fields));
            said = string.Join(' ', format.Fields.Select(static field => field.Name));
        }
        catch (FormatException e)
        {
            said = e.Message;
        }

        Assert.Equal(row[1], said);
    }

    [Theory]
    [InlineData("OK", nameof(FlowStatus.Ok))]
    [InlineData("NODATA", nameof(FlowStatus.NoData))]
    [InlineData("SKIPDATA", nameof(FlowStatus.SkipData))]
    [InlineData("-", nameof(FlowStatus.Unknown))]
    public void A_record_tells_whether_anything_was_recorded(string word, string status)
    {
        var line = Encoding.UTF8.GetBytes("1 " + word);
        var record = new FlowRecord(FlowFormat.Parse("start log-status"));

        Assert.True(record.Read(line).IsNone);
        Assert.Equal(status, record.Status(line).ToString());
    }

    /// <summary>54 of VPC in version 11, and those that only a transit gateway has.</summary>
    [Fact]
    public void Every_field_of_AWS_is_in_the_catalogue()
    {
        Assert.Equal(54, FlowField.Catalogue.Count(static field => field.Version != 6));
        Assert.Equal(18, FlowField.Catalogue.Count(static field => field.Version == 6));
    }

    private static FlowFormat Format(string text) => text == "v2" ? FlowFormat.Default : FlowFormat.Parse(text);
}
