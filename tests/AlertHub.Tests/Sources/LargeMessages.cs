using System.Text;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>
/// Messages as large as a host takes them. What they cost is bounded by the memory they may take: what grows by the square
/// or by the depth would take gigabytes.
/// </summary>
public sealed class LargeMessages
{
    private const int Size = 6 * 1024 * 1024;

    public static TheoryData<string> Shapes { get; } =
    ["numbers", "deep numbers", "text", "one string", "many members", "alerts", "labels"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_large_message_takes_memory_in_proportion(string shape)
    {
        var bytes = Encoding.UTF8.GetBytes(Message(shape));
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var message in Envelope.Open(bytes, Some.Now))
        {
            var notification = Source.Tell(message);
            Assert.Equal([], SlackRules.BrokenBy(SlackMessage.Render(notification)));
            SlackMessage.RenderPlain(notification);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * bytes.Length);
    }

    [Fact]
    public void What_is_not_shown_of_a_long_message_is_counted()
    {
        var notification = Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(Message("deep numbers"))));

        var raw = Assert.Single(notification.Alerts).Annotations[Annotation.Raw]!;
        Assert.InRange(raw.Length, 16 * 1024, 17 * 1024);
        Assert.EndsWith($"\n... of {Size + 121} bytes", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_message_is_not_cut_within_a_character()
    {
        var fires = string.Concat(Enumerable.Repeat("🔥", 16 * 1024));

        var notification = Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes($"\"x{fires}\"")));

        var raw = Assert.Single(notification.Alerts).Annotations[Annotation.Raw]!;
        Assert.StartsWith("x🔥", raw, StringComparison.Ordinal);
        Assert.EndsWith("🔥\n... of 65539 bytes", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_with_many_labels_are_compared_in_one_pass()
    {
        var labels = string.Join(",", Enumerable.Range(0, 40_000).Select(i => $"\"l{i}\":\"v{i}\""));
        var alert = "{\"status\":\"firing\",\"labels\":{" + labels + "},\"annotations\":{" + labels + "}}";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var notification = Assert.Single(
            Some.NotificationsOf(Encoding.UTF8.GetBytes($$"""{"alerts":[{{alert}},{{alert}}]}"""))
        );
        var message = SlackMessage.Render(notification);

        Assert.Equal(40_000, notification.CommonLabels.Count);
        Assert.Equal([], SlackRules.BrokenBy(message));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000_000);
    }

    private static string Message(string shape) =>
        shape switch
        {
            "numbers" => $"[{Repeat("1,")}1]",
            "deep numbers" => $"{new string('[', 60)}{Repeat("1,")}1{new string(']', 60)}",
            "text" => Repeat("disk full\n"),
            "one string" => $"\"{Repeat("x")}\"",
            "many members" => $"{{{string.Join(',', Enumerable.Range(0, Size / 16).Select(i => $"\"m{i}\":{i}"))}}}",
            "alerts" =>
                $$"""{"alerts":[{{Repeat("""{"status":"firing","labels":{"alertname":"a","i":"1"}},""")}}{}]}""",
            _ => "{\"alerts\":[{\"labels\":{"
                + string.Join(',', Enumerable.Range(0, Size / 20).Select(i => $"\"l{i}\":\"{i}\""))
                + "}}]}",
        };

    private static string Repeat(string text) => new StringBuilder().Insert(0, text, Size / text.Length).ToString();
}
