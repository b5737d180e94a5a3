using System.Text;
using AlertHub.Lambda.Queues;

namespace Hosts.Tests.Queues;

/// <summary>
/// Messages of the hub's queues as they are written, and as the functions' README shows them: a new program meets those that
/// the one before it has sent.
/// </summary>
public sealed class WorkMessages
{
    private const string Group = "group:c9c3db9bc867642c76f55bbdde3f549a";

    [Fact]
    public void A_group_that_is_to_be_flushed() =>
        IsWritten(
            """{"group":"group:c9c3db9bc867642c76f55bbdde3f549a","due":1773457530000}""",
            new() { Group = Group, Due = 1773457530000 }
        );

    [Fact]
    public void A_notification_that_is_to_be_delivered() =>
        IsWritten(
            """{"group":"group:c9c3db9bc867642c76f55bbdde3f549a","integration":{"kind":"slack"},"due":1773457230000}""",
            new()
            {
                Group = Group,
                Integration = new("slack", 0),
                Due = 1773457230000,
            }
        );

    [Fact]
    public void Of_the_second_of_its_kind_and_sent_on_before() =>
        IsWritten(
            """{"group":"group:c9c3db9bc867642c76f55bbdde3f549a","integration":{"kind":"slack","index":1},"due":1773457230000,"hop":3}""",
            new()
            {
                Group = Group,
                Integration = new("slack", 1),
                Due = 1773457230000,
                Hop = 3,
            }
        );

    private static void IsWritten(string text, WorkMessage message)
    {
        Assert.Equal(text, message.Write());
        Assert.Equal(message, WorkMessage.Read(Encoding.UTF8.GetBytes(text), out _));
    }
}
