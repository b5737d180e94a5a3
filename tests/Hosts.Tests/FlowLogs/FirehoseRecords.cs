using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using FlowLogs.Encoding;
using FlowLogs.Functions;
using FlowLogs.Records;
using FlowLogs.Selection;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs;

/// <summary>Firehose's contract of a transformation.</summary>
public sealed class FirehoseRecords
{
    private readonly FlowLogSamples samples = new();
    private readonly RecordedLog<TransformFunction> log = new();

    [Fact]
    public async Task Every_record_comes_back_in_its_order_with_what_became_of_it()
    {
        FlowLogSample[] all =
        [
            samples.Message(3, "ACCEPT"),
            FlowLogSamples.Control(),
            samples.Poison(0),
            samples.Message(2, "REJECT"),
            FlowLogSamples.Aggregate(samples.Message(1), FlowLogSamples.Control(), samples.Message(1)),
            FlowLogSamples.Aggregate(samples.Message(1), samples.Poison(3)),
            samples.Message(0),
        ];

        var answer = await TransformAsync([.. all.Select(static sample => sample.Data)]);

        Assert.Equal(Enumerable.Range(0, all.Length).Select(Id), answer.Select(static a => a.Id));
        Assert.Equal(
            ["Ok", "Dropped", "ProcessingFailed", "Ok", "Ok", "ProcessingFailed", "Dropped"],
            answer.Select(static a => a.Result)
        );
        Assert.All(
            answer.Zip(all),
            static pair =>
            {
                if (pair.First.Result == "Ok")
                {
                    Assert.Equal(pair.Second.Ids, HecBody.Ids(pair.First.Data));
                }
                else
                {
                    Assert.True(pair.First.Data.IsEmpty);
                }
            }
        );
        Assert.Equal(
            $"Warning: The record {Id(2)} goes to Firehose's bucket: it begins as gzip and is damaged",
            log.Lines.First()
        );
    }

    [Fact]
    public async Task The_sample_event_is_transformed()
    {
        var (_, answer) = await AnswerAsync(Encoding.UTF8.GetString(SampleEvents.Read("firehose/flow-logs.json")));

        Assert.Equal(["Dropped", "Ok"], answer.Select(static a => a.Result));
        Assert.Equal(6, HecBody.Ids(answer[1].Data).Count);
    }

    [Fact]
    public async Task The_data_are_events_as_HEC_takes_them()
    {
        var answer = Assert.Single(await TransformAsync([samples.Message(5).Data]));

        var (ids, code) = HecBody.Read(answer.Data, static _ => true);
        Assert.Equal((5, 0), (ids.Count, code));
        var reader = new Utf8JsonReader(answer.Data.Span, new JsonReaderOptions { AllowMultipleValues = true });
        Assert.True(reader.Read());
        using var first = JsonDocument.ParseValue(ref reader);
        Assert.Equal("aws:cloudwatchlogs:vpcflow", first.RootElement.GetProperty("sourcetype").GetString());
        Assert.Equal("eu-west-1", first.RootElement.GetProperty("fields").GetProperty("vendor_region").GetString());
    }

    [Fact]
    public async Task A_record_of_which_the_filter_leaves_nothing_is_dropped()
    {
        var answer = await TransformAsync(
            [samples.Message(3, "ACCEPT").Data, samples.Message(1, "REJECT").Data],
            "action=REJECT"
        );

        Assert.Equal(["Dropped", "Ok"], answer.Select(static a => a.Result));
    }

    [Fact]
    public async Task The_answer_stays_below_6_MB_and_what_has_no_room_fails()
    {
        // Random records hardly compress, and their events are several times as long.
        byte[][] records = [.. Enumerable.Range(0, 12).Select(_ => samples.Message(1500).Data), .. Small(3000)];

        var (text, answer) = await AnswerAsync(Event(records));

        Assert.InRange(text.Length, 5_000_000, 6_000_000);
        Assert.Equal(records.Length, answer.Count);
        var results = answer.Select(static a => a.Result).ToList();
        Assert.Equal("Ok", results[0]);
        Assert.Contains("ProcessingFailed", results);
        Assert.DoesNotContain("Dropped", results);
        Assert.Contains(log.Lines, static line => line.Contains("larger than Lambda's 6 MB", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "the event is not JSON: byte 0")]
    [InlineData("{", "the event is not JSON: byte 1")]
    [InlineData("[]", "the event has no records, as that of Firehose has")]
    [InlineData("{}", "the event has no records, as that of Firehose has")]
    [InlineData("""{"records":{}}""", "the event has no records, as that of Firehose has")]
    [InlineData("""{"records":[1]}""", "records[0] has no recordId, as a record of Firehose has")]
    [InlineData(
        """{"records":[{"recordId":"1","data":""},{"data":""}]}""",
        "records[1] has no recordId, as a record of Firehose has"
    )]
    public async Task Another_event_is_refused_with_a_sentence(string text, string problem) =>
        Assert.Equal(problem, (await Assert.ThrowsAsync<FlowLogException>(() => AnswerAsync(text))).Message);

    [Theory]
    [InlineData("""{"recordId":"1"}""", "its data are not base64")]
    [InlineData("""{"recordId":"1","data":"*"}""", "its data are not base64")]
    [InlineData("""{"recordId":"1","data":1}""", "its data are not base64")]
    [InlineData("""{"recordId":"1","data":""}""", "it is empty")]
    public async Task A_record_without_data_fails_alone(string record, string problem)
    {
        var (_, answer) = await AnswerAsync($$"""{"region":"eu-west-1","records":[{{record}}]}""");

        Assert.Equal(("1", "ProcessingFailed"), (answer[0].Id, answer[0].Result));
        Assert.Equal($"Warning: The record 1 goes to Firehose's bucket: {problem}", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task No_records_are_none() => Assert.Empty(await TransformAsync([]));

    private IEnumerable<byte[]> Small(int count) => Enumerable.Range(0, count).Select(_ => samples.Message(1).Data);

    private static string Id(int index) => $"{index:D56}";

    private static string Event(byte[][] records) =>
        new JsonObject
        {
            ["invocationId"] = "00000000-0000-4000-8000-000000000001",
            ["deliveryStreamArn"] = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/flow-logs",
            ["region"] = "eu-west-1",
            ["records"] = new JsonArray([
                .. records.Select(
                    static (data, index) =>
                        new JsonObject
                        {
                            ["recordId"] = Id(index),
                            ["approximateArrivalTimestamp"] = 1764417600500,
                            ["data"] = Convert.ToBase64String(data),
                        }
                ),
            ]),
        }.ToJsonString();

    private async Task<List<(string Id, string Result, ReadOnlyMemory<byte> Data)>> TransformAsync(
        byte[][] records,
        string filter = ""
    ) => (await AnswerAsync(Event(records), filter)).Records;

    private async Task<(string Text, List<(string Id, string Result, ReadOnlyMemory<byte> Data)> Records)> AnswerAsync(
        string text,
        string filter = ""
    )
    {
        var function = new TransformFunction(
            FlowFormat.Default,
            new(),
            EventFields.Enriched,
            new(FlowFilter.Parse(filter, FlowFormat.Default), new(1, FlowFormat.Default)),
            log
        );
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var answer = new StreamReader(await function.HandleAsync(input, new InvocationContext()));
        var said = await answer.ReadToEndAsync();
        using var json = JsonDocument.Parse(said);
        return (said, [.. json.RootElement.GetProperty("records").EnumerateArray().Select(Record)]);
    }

    private static (string, string, ReadOnlyMemory<byte>) Record(JsonElement record) =>
        (
            record.GetProperty("recordId").GetString()!,
            record.GetProperty("result").GetString()!,
            record.TryGetProperty("data", out var data) ? data.GetBytesFromBase64() : default
        );
}
