using System.Text;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace AlertHub.Tests.FlowLogs.Selection;

public sealed class Filtering
{
    private const string Rejected =
        "2 123456789010 eni-1 10.0.0.1 10.0.0.2 20641 443 6 20 4249 1418530010 1418530070 REJECT OK";

    private const string Silent = "2 123456789010 eni-1 - - - - - - - 1418530010 1418530070 - NODATA";

    [Theory]
    [InlineData("", true)]
    [InlineData(" \t ", true)]
    [InlineData("action=REJECT", true)]
    [InlineData("action=ACCEPT", false)]
    [InlineData("action=reject", false)]
    [InlineData("action!=REJECT", false)]
    [InlineData("action!=ACCEPT", true)]
    [InlineData("action=ACCEPT|REJECT", true)]
    [InlineData("action!=ACCEPT|REJECT", false)]
    [InlineData("dstport=80|443", true)]
    [InlineData("dstport!=80|443", false)]
    [InlineData("dstport=44", false)]
    [InlineData("dstport=4430", false)]
    [InlineData("action=REJECT dstport!=443|80", false)]
    [InlineData("action=REJECT\n dstport!=22", true)]
    [InlineData("dstport=443 dstport=80", false)]
    [InlineData("srcaddr=-", false)]
    [InlineData("log-status=OK interface-id=eni-1 version=2", true)]
    public void A_record_is_kept_where_all_conditions_hold(string filter, bool isKept) =>
        Assert.Equal(isKept, Keeps(filter, Rejected));

    [Theory]
    [InlineData("action=-", true)]
    [InlineData("action!=-", false)]
    [InlineData("action=REJECT|-", true)]
    [InlineData("action!=ACCEPT", true)]
    [InlineData("log-status=NODATA", true)]
    public void What_is_absent_is_a_dash(string filter, bool isKept) => Assert.Equal(isKept, Keeps(filter, Silent));

    [Theory]
    [InlineData("action", "\"action\" is no condition; write for example action=REJECT or dstport!=443|80")]
    [InlineData("action=", "\"action=\" is no condition; write for example action=REJECT or dstport!=443|80")]
    [InlineData("action!=", "\"action!=\" is no condition; write for example action=REJECT or dstport!=443|80")]
    [InlineData("=REJECT", "\"=REJECT\" is no condition; write for example action=REJECT or dstport!=443|80")]
    [InlineData("vpc-id=vpc-1", "\"vpc-id=vpc-1\": the format has no field \"vpc-id\"")]
    [InlineData("Action=REJECT", "\"Action=REJECT\": the format has no field \"Action\"")]
    [InlineData("dstport=80||443", "\"dstport=80||443\" has an empty value; what is absent in a record is written -")]
    [InlineData("dstport=|", "\"dstport=|\" has an empty value; what is absent in a record is written -")]
    [InlineData(
        "action=REJECT port=1 x",
        "\"port=1\": the format has no field \"port\"; \"x\" is no condition; write for example action=REJECT or dstport!=443|80"
    )]
    public void What_cannot_be_used_is_told_of_each_condition(string filter, string problem) =>
        Assert.Equal(
            $"The filter cannot be used: {problem}.",
            Assert.Throws<FormatException>(() => FlowFilter.Parse(filter, FlowFormat.Default)).Message
        );

    [Fact]
    public void A_value_may_have_the_signs_of_a_condition()
    {
        var format = FlowFormat.Parse("interface-tag action");
        var record = new FlowRecord(format);
        var line = "a=b ACCEPT"u8;
        Assert.True(record.Read(line).IsNone);

        Assert.True(FlowFilter.Parse("interface-tag=a=b", format).Keeps(record, line));
        Assert.False(FlowFilter.Parse("interface-tag!=a=b", format).Keeps(record, line));
    }

    private static bool Keeps(string filter, string text)
    {
        var record = new FlowRecord(FlowFormat.Default);
        var line = Encoding.UTF8.GetBytes(text);
        Assert.True(record.Read(line).IsNone);
        return FlowFilter.Parse(filter, FlowFormat.Default).Keeps(record, line);
    }
}
