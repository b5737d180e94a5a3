using System.Text;
using FlowLogs.Incoming;

namespace AlertHub.Tests.FlowLogs.Incoming;

public sealed class LogMessagesRead
{
    private const string Events =
        """[{"id":"1","timestamp":1700000000123,"message":"2 a\tb"},{"extractedFields":{"a":[1]},"message":"x","timestamp":2,"id":"2"}]""";

    [Fact]
    public void Events_come_with_whose_they_are_and_as_they_stand_in_the_text()
    {
        var (problem, events) = Read(Message("DATA_MESSAGE", Events));

        Assert.Null(problem);
        Assert.Equal([@"111122223333 /vpc eni-1: 1 1700000000123 2 a\tb", "111122223333 /vpc eni-1: 2 2 x"], events);
    }

    [Fact]
    public void It_makes_no_difference_where_in_the_message_they_stand() =>
        Assert.Equal(
            Read(Message("DATA_MESSAGE", Events)).Events,
            Read(
                $$"""{"logEvents":{{Events}},"more":{"a":1},"messageType":"DATA_MESSAGE","logStream":"eni-1","logGroup":"/vpc","owner":"111122223333"}"""
            ).Events
        );

    [Fact]
    public void Several_messages_in_one_record_are_all_read()
    {
        var (problem, events) = Read(Message("DATA_MESSAGE", Events) + "\n" + Message("DATA_MESSAGE", Events));

        Assert.Null(problem);
        Assert.Equal(4, events.Count);
    }

    [Fact]
    public void A_control_message_is_no_event()
    {
        var (problem, events) = Read(
            Message(
                "CONTROL_MESSAGE",
                """[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]"""
            )
        );

        Assert.Null(problem);
        Assert.Empty(events);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("  ", "it is empty")]
    [InlineData("[]", "it is JSON and no message of CloudWatch Logs")]
    [InlineData("2 123456789012 eni-1", "it is JSON and no message of CloudWatch Logs")]
    [InlineData("{}", "it has no messageType, as a message of CloudWatch Logs has")]
    [InlineData("""{"messageType":"NEWS"}""", "its messageType is \"NEWS\", neither DATA_MESSAGE nor CONTROL_MESSAGE")]
    [InlineData("""{"messageType":"DATA_MESSAGE"}""", "it has no logEvents")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":{}}""", "its logEvents are no list")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[1]}""", "logEvents[0] is no event")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[{"message":1}]}""", "logEvents[0] has no message")]
    [InlineData(
        """{"messageType":"DATA_MESSAGE",""",
        "it is not JSON, as a message of CloudWatch Logs is: line 1, byte 29"
    )]
    public void What_cannot_be_read_is_said(string text, string problem) => Assert.Equal(problem, Read(text).Problem);

    [Fact]
    public void Whatever_is_missing_or_of_another_kind_is_a_sentence_and_no_fault()
    {
        var message = Message("DATA_MESSAGE", Events);
        for (var i = 0; i < message.Length; i++)
        {
            foreach (var other in "{}[]\":,1x\u00ff")
            {
                Read(message[..i] + other + message[(i + 1)..]);
                Read(message[..i]);
                Read(message.Insert(i, $"{other}"));
            }
        }
    }

    private static string Message(string type, string events) =>
        $$"""{"messageType":"{{type}}","owner":"111122223333","logGroup":"/vpc","logStream":"eni-1","subscriptionFilters":["all"],"logEvents":{{events}}}""";

    private static (string? Problem, List<string> Events) Read(string text)
    {
        List<string> events = [];
        var problem = LogMessages.Read(
            Encoding.UTF8.GetBytes(text),
            (source, id, timestamp, message) =>
                events.Add(
                    $"{source.Owner} {source.LogGroup} {source.LogStream}: {Encoding.UTF8.GetString(id)} {timestamp} {Encoding.UTF8.GetString(message)}"
                )
        );
        return (problem, events);
    }
}
