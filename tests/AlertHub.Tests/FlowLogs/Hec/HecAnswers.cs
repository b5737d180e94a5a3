using System.Globalization;
using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Hec;

namespace AlertHub.Tests.FlowLogs.Hec;

public sealed class HecAnswers
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("hec-answers.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void An_answer_is_read_by_its_code_and_then_by_its_status(string[] row)
    {
        var status = int.Parse(row[0], CultureInfo.InvariantCulture);
        TimeSpan? after = row[2] is { Length: > 0 } s
            ? TimeSpan.FromSeconds(int.Parse(s, CultureInfo.InvariantCulture))
            : null;

        Assert.Equal(row[3], Show(HecAnswer.Read(status, Encoding.UTF8.GetBytes(row[1]), after)));
    }

    [Theory]
    [InlineData(200, """{"acks":{"0":true,"1":false,"12":true}}""", "acks 0 12")]
    [InlineData(200, """{"acks":{}}""", "acks")]
    [InlineData(200, """{"acks":{"x":true,"3":1}}""", "acks")]
    [InlineData(200, """{"acks":[0]}""", "again: HTTP 200, but not an answer of HEC's")]
    [InlineData(200, """{"acks":{"0":true""", "again: HTTP 200, but not an answer of HEC's")]
    [InlineData(200, """{"text":"Success","code":0}""", "again: HTTP 200, but not an answer of HEC's")]
    [InlineData(400, """{"text":"ACK is disabled","code":14}""", "no acknowledgement")]
    [InlineData(200, """{"text":"ACK is disabled","code":14}""", "no acknowledgement")]
    [InlineData(502, "<html>", "again: HTTP 502")]
    public void Acknowledged_is_what_HEC_says_true_of(int status, string body, string read) =>
        Assert.Equal(read, Show(HecAnswer.ReadAcks(status, Encoding.UTF8.GetBytes(body))));

    [Fact]
    public void No_reason_repeats_what_was_answered() =>
        Assert.DoesNotContain(
            "secret",
            $"{HecAnswer.Read(502, "<html>Authorization: Splunk secret"u8.ToArray())} {HecAnswer.Read(403, """{"text":"secret","code":4}"""u8.ToArray())}",
            StringComparison.Ordinal
        );

    private static string Show(HecAnswer answer) =>
        answer switch
        {
            HecAnswer.Accepted a =>
                $"accepted{(a.Ack is { } ack ? $", ack {ack}" : "")}{(a.SlowDown ? ", slow down" : "")}",
            HecAnswer.Stopped s =>
                $"stopped {(s.At is { } at ? $"at {at}" : "somewhere")}, {Lower(s.Then)}: {s.Reason}",
            HecAnswer.TryAgain t =>
                $"again{(t.At is { } from ? $" from {from}" : "")}{(t.After is { } after ? $" after {after.TotalSeconds} s" : "")}: {t.Reason}",
            HecAnswer.Refused r =>
                $"refused for its {Lower(r.Kind)}{(r.At is { } from ? $" from {from}" : "")}: {r.Reason}",
            HecAnswer.TooLarge => "too large",
            HecAnswer.AckDisabled => "no acknowledgement",
            HecAnswer.Acks acks => string.Join(' ', (string[])["acks", .. acks.Done.Select(static id => $"{id}")]),
            _ => "?",
        };

    private static string Lower(Enum value) => $"{value}".ToLowerInvariant();
}
