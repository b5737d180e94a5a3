using System.Text;
using FlowLogs.Incoming;

namespace AlertHub.Tests.FlowLogs.Incoming;

/// <summary>Events in their usual form are read faster, and never otherwise than the reader of any JSON reads them.</summary>
public sealed class UsualEventsRead
{
    /// <summary>The first ones are usual, each of the others departs from it in one way.</summary>
    private static readonly string[] Forms =
    [
        """{"id":"31953106606966983378809025079804211143289615424298221568","timestamp":1432826855000,"message":"2 1 eni-1 OK"}""",
        """{"id":"","timestamp":0,"message":""}""",
        """{"id":"1","timestamp":999999999999999999,"message":"[],{}:"}""",
        """{"id":"1","timestamp":9223372036854775807,"message":"a"}""",
        """{"id":"1","timestamp":92233720368547758070,"message":"a"}""",
        """{"id":"1","timestamp":-5,"message":"a"}""",
        """{"id":"1","timestamp":1.5,"message":"a"}""",
        """{"id":"1","timestamp":1e3,"message":"a"}""",
        """{"id":"1","timestamp":12,"message":"a\"b"}""",
        """{"id":"1","timestamp":12,"message":"\u00e4"}""",
        """{"id":"1","timestamp":12,"message":"ä"}""",
        """{"id":"1\/2","timestamp":12,"message":"a"}""",
        """{"id":"1","timestamp":12,"message":"a","extractedFields":{"a":"b"}}""",
        """{"id":"1","timestamp":12,"message":"a","message":"b"}""",
        """{"timestamp":12,"id":"1","message":"a"}""",
        """{"id":"1","timestamp":"12","message":"a"}""",
        """{"id":"1","timestamp":12,"message":null}""",
        """{"id":"1","timestamp":012,"message":"a"}""",
        """{"id":"1","timestamp":,"message":"a"}""",
        """{ "id":"1","timestamp":12,"message":"a"}""",
        """{"id":"1","timestamp":12,"message":"a"} """,
        """{"id":"1","timestamp":12,"message":"a""",
        """{"id":"1","timestamp":12""",
        "{\"id\":\"1\",\"timestamp\":12,\"message\":\"a\tb\"}",
        "7",
        "",
    ];

    [Fact]
    public void A_list_is_read_as_it_is_with_a_space_at_its_beginning()
    {
        string[] ends = ["]}", "],\"more\":1}", "]} ", "]}\n{\"messageType\":\"CONTROL_MESSAGE\"}", "]", "", ",]}"];
        foreach (var other in Forms)
        {
            foreach (
                var list in (string[][])
                    [
                        [other],
                        [Forms[0], other],
                        [Forms[1], other, Forms[2]],
                        [other, other],
                    ]
            )
            {
                foreach (var end in ends)
                {
                    var events = string.Join(',', list);
                    var usual = Read(
                        $$"""{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{{events}}{{end}}"""
                    );
                    // That is enough to be unusual.
                    var any = Read(
                        $$"""{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[ {{events}}{{end}}"""
                    );
                    Assert.Equal(any.Events, usual.Events);
                    Assert.Equal(any.Problem is null, usual.Problem is null);
                }
            }
        }
    }

    private static (string? Problem, List<string> Events) Read(string text)
    {
        List<string> events = [];
        var problem = LogMessages.Read(
            Encoding.UTF8.GetBytes(text),
            (source, id, timestamp, message) =>
                events.Add($"{source} {Encoding.UTF8.GetString(id)} {timestamp} {Encoding.UTF8.GetString(message)}")
        );
        return (problem, events);
    }
}
